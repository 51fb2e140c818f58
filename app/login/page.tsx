import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { LoginPage } from '#components/login/login-page.tsx';
import { isKiosk } from '#server/auth/kiosk.ts';
import { pageContext } from '../page-context.ts';

interface Query {
  next?: string | string[];
  ended?: string | string[];
}

export default async function Page({ searchParams }: { searchParams: Promise<Query> }) {
  if ((await pageContext()).auth) redirect('/mail/INBOX');
  const { next, ended } = await searchParams;
  return (
    <LoginPage
      next={ownPath(typeof next === 'string' ? next : '')}
      isKiosk={isKiosk(await headers())}
      wasIdle={ended === 'idle'}
    />
  );
}

/** Only a mail, settings or compose page of our own; anything else leads to the inbox. */
function ownPath(next: string): string {
  return /^\/(mail|settings)\/[^\\]*$|^\/compose(\?[^\\]*)?$/.test(next) ? next : '/mail/INBOX';
}
