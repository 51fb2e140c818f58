import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { LoginPage } from '#components/login/login-page.tsx';
import { idleLimits } from '#server/auth/auth-session.ts';
import { isKiosk } from '#server/auth/kiosk.ts';
import { pageContext } from '../page-context.ts';

interface Query {
  next?: string | string[];
  ended?: string | string[];
}

export default async function Page({ searchParams }: { searchParams: Promise<Query> }) {
  if ((await pageContext()).auth) redirect('/mail/INBOX');
  const { next, ended } = await searchParams;
  const kiosk = isKiosk(await headers());
  // Where the person before was is no place for the next one.
  if (kiosk && next !== undefined) redirect('/login');
  return (
    <LoginPage
      next={ownPath(typeof next === 'string' ? next : '')}
      isKiosk={kiosk}
      quietMinutes={Math.max(1, Math.round(idleLimits().public / 60_000))}
      wasIdle={ended === 'idle'}
    />
  );
}

/** Only a mail, settings or compose page of our own; anything else leads to the inbox. */
function ownPath(next: string): string {
  return /^\/(mail|settings)\/[^\\]*$|^\/compose(\?[^\\]*)?$/.test(next) ? next : '/mail/INBOX';
}
