import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorText } from '#components/errors/error-notice.tsx';
import { Button } from '#components/ui/button.tsx';
import { LateWords } from '#components/ui/late-words.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { accountOfPage } from '#lib/client/fetch-json.ts';
import { openTabChannel } from '#lib/client/feed/feed-channel.ts';
import { focusBeforeRenewal, settleRenewal, useRenewalNeeded } from '#lib/client/session/renewal.ts';
import type { Renewal } from '#lib/client/session/renewal.ts';
import { useIsPublicComputer } from '#lib/client/session/public-computer.tsx';
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

/**
 * Asks for the password in place: when it was changed elsewhere, or when the session ran out while something was
 * written. The page stays as it is, and what waits goes on; without a session it shows nothing of anybody.
 */
export function RenewalDialog({ address }: { address: string }) {
  const why = useRenewalNeeded();
  const [isPutOff, setPutOff] = useState(false);
  const [isTakenUp, setTakenUp] = useState(false);
  const takeUp = useRef<HTMLButtonElement>(null);
  const isPuttingOff = useRef(false);
  useEffect(() => {
    // The button that opened the dialog stands again: it was gone meanwhile.
    if (isPutOff && isTakenUp) takeUp.current?.focus();
  }, [isPutOff, isTakenUp]);
  const t = useTranslations('login');
  const common = useTranslations('common');
  useEffect(() => {
    const tabs = openTabChannel((message) => {
      if (message.type === 'signed-in' && message.address === address) settleRenewal('session');
    }, null);
    return tabs.close;
  }, [address]);
  if (!why) {
    if (isPutOff) setPutOff(false);
    if (isTakenUp) setTakenUp(false);
    return null;
  }
  if (why !== 'password') {
    return (
      <Dialog
        title={t('renewTitle')}
        closeLabel={common('close')}
        narrow
        covers
        onClose={() => {}}
        focusAfter={focusBeforeRenewal}
      >
        <RenewalForm address={address} why={why} />
      </Dialog>
    );
  }
  if (isPutOff) {
    return (
      <div className="no-print flex flex-wrap items-center justify-center gap-3 border-b border-line bg-raised px-4 py-2 text-meta">
        <span role="status">{t('renewText')}</span>
        <Button
          ref={takeUp}
          onClick={() => {
            isPuttingOff.current = false;
            setTakenUp(true);
            setPutOff(false);
          }}
        >
          {t('renewTitle')}
        </Button>
      </div>
    );
  }
  return (
    <Dialog
      title={t('renewTitle')}
      closeLabel={common('close')}
      onClose={() => {
        isPuttingOff.current = true;
        setPutOff(true);
      }}
      focusAfter={() => (isPuttingOff.current && isTakenUp ? false : focusBeforeRenewal())}
    >
      <RenewalForm address={address} why={why} />
    </Dialog>
  );
}

function RenewalForm({ address, why }: { address: string; why: Renewal }) {
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

/** Throws a MailError, or whatever kept the call from coming through. */
async function renew(
  why: Renewal,
  address: string,
  password: string,
  onStep: (step: SignInStep) => void,
): Promise<void> {
  if (why !== 'password') return signIn({ address, password, publicComputer: false, keep: false }, onStep);
  const result = await renewPassword(password, accountOfPage());
  if (!result.ok) throw fromMailErrorValue(result.error);
}
