import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorText } from '#components/errors/error-notice.tsx';
import { Button } from '#components/ui/button.tsx';
import { LateWords } from '#components/ui/late-words.tsx';
import { callAction } from '#lib/client/call-action.ts';
import { accountOfPage } from '#lib/client/fetch-json.ts';
import { useIsPublicComputer } from '#lib/client/session/public-computer.tsx';
import { settleRenewal } from '#lib/client/session/renewal.ts';
import type { Renewal } from '#lib/client/session/renewal.ts';
import { signIn } from '#lib/client/session/sign-in.ts';
import type { SignInStep } from '#lib/client/session/sign-in.ts';
import { leaveForSignIn, signOut } from '#lib/client/session/sign-out.ts';
import { fromMailErrorValue, isMailError, toMailErrorValue } from '#lib/errors.ts';
import type { MailErrorValue } from '#lib/errors.ts';
import { renewPassword } from '#server/actions/renew-password.ts';

const texts = {
  password: 'renewText',
  session: 'overText',
  'other-account': 'othersText',
} as const satisfies Record<Renewal, string>;

/** Asks whose page it is for the password, and signs them in again. */
export function RenewalForm({ address, why }: { address: string; why: Renewal }) {
  const t = useTranslations('login');
  const shell = useTranslations('shell');
  const isPublic = useIsPublicComputer();
  const errorText = useErrorText();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [step, setStep] = useState<SignInStep>('asking');
  const [error, setError] = useState<MailErrorValue | null>(null);

  async function onSubmit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (busy) return;
    const password = new FormData(event.currentTarget).get('password');
    setBusy(true);
    setError(null);
    try {
      await renew(why, address, typeof password === 'string' ? password : '', setStep);
    } catch (failure) {
      setError(isMailError(failure) ? toMailErrorValue(failure) : { code: 'server-unreachable', retryable: true });
      return;
    } finally {
      setBusy(false);
    }
    settleRenewal(why);
    // What failed for want of a password is asked for again.
    void client.refetchQueries({ predicate: ({ state }) => state.status === 'error' });
  }

  return (
    <form method="post" onSubmit={(event) => void onSubmit(event)}>
      <p className="mb-4 text-meta leading-normal text-muted">{t(texts[why])}</p>
      <input type="hidden" name="username" autoComplete={isPublic ? 'off' : 'username'} value={address} readOnly />
      <label className="block text-meta font-medium">
        {t('passwordOf', { address })}
        <input
          className="mt-1.5 block h-10 w-full rounded-md border border-line-strong bg-surface px-3 text-read text-ink pointer-coarse:h-11"
          name="password"
          type="password"
          autoComplete={isPublic ? 'off' : 'current-password'}
          required
          autoFocus
          dir="ltr"
        />
      </label>
      {error ? (
        <p role="alert" className="mt-3 text-meta leading-normal text-danger">
          {errorText(error)}
        </p>
      ) : null}
      <div className="mt-5 flex flex-wrap gap-3">
        <Button type="submit" look="primary" aria-disabled={busy}>
          {busy ? t('signingIn') : t('signIn')}
        </Button>
        {why !== 'password' ? (
          <Button onClick={leaveForSignIn}>{t('otherAccount')}</Button>
        ) : (
          <Button onClick={() => void signOut().catch(() => {})}>{shell('signOut')}</Button>
        )}
      </div>
      <LateWords words={t(step)} isWaiting={busy} className="mt-3" />
    </form>
  );
}

/** Throws a MailError. */
async function renew(
  why: Renewal,
  address: string,
  password: string,
  onStep: (step: SignInStep) => void,
): Promise<void> {
  if (why !== 'password') return signIn({ address, password, publicComputer: false, keep: false }, onStep);
  const result = await callAction(renewPassword(password, accountOfPage()));
  if (!result.ok) throw fromMailErrorValue(result.error);
}
