import { redirect } from 'next/navigation';
import { LoginPage } from '#components/login/login-page.tsx';
import { pageContext } from '../page-context.ts';

export default async function Page({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  if ((await pageContext()).auth) redirect('/mail/INBOX');
  const { next } = await searchParams;
  return <LoginPage next={ownPath(typeof next === 'string' ? next : '')} />;
}

/** Only a mail or settings page of our own; anything else leads to the inbox. */
function ownPath(next: string): string {
  return /^\/(mail|settings)\/[^\\]*$/.test(next) ? next : '/mail/INBOX';
}
