import { redirect } from 'next/navigation';
import { pageContext } from './page-context.ts';

export default async function Page() {
  redirect((await pageContext()).auth ? '/mail/INBOX' : '/login');
}
