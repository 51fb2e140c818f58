import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorText } from '#components/errors/error-notice.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { settleRenewal, useRenewalNeeded } from '#lib/client/renewal.ts';
import { signOut } from '#lib/client/sign-out.ts';
import type { MailErrorValue } from '#lib/errors.ts';
import { renewPassword } from '#server/actions/renew-password.ts';

/** Asks for the new password when the old one was changed elsewhere. The page stays as it is; what waits goes on. */
export function RenewalDialog({ address }: { address: string }) {
  const isNeeded = useRenewalNeeded();
  const [isPutOff, setPutOff] = useState(false);
  const t = useTranslations('login');
  const common = useTranslations('common');
  if (!isNeeded) {
    if (isPutOff) setPutOff(false);
    return null;
  }
  if (isPutOff) {
    return (
      <div className="no-print flex flex-wrap items-center justify-center gap-3 border-b border-line bg-raised px-4 py-2 text-meta">
        <span role="status">{t('renewText')}</span>
        <Button onClick={() => setPutOff(false)}>{t('renewTitle')}</Button>
      </div>
    );
  }
  return (
    <Dialog title={t('renewTitle')} closeLabel={common('close')} onClose={() => setPutOff(true)}>
      <RenewalForm address={address} />
    </Dialog>
  );
}

function RenewalForm({ address }: { address: string }) {
  const t = useTranslations('login');
  const shell = useTranslations('shell');
  const errorText = useErrorText();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<MailErrorValue | null>(null);

  async function onSubmit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (busy) return;
    const password = new FormData(event.currentTarget).get('password');
    setBusy(true);
    setError(null);
    const result = await renewPassword(typeof password === 'string' ? password : '').catch(() => null);
    setBusy(false);
    if (!result?.ok) return setError(result?.error ?? { code: 'server-unreachable', retryable: true });
    settleRenewal();
    // What failed for want of a password is asked for again.
    void client.refetchQueries({ predicate: ({ state }) => state.status === 'error' });
  }

  return (
    <form method="post" onSubmit={(event) => void onSubmit(event)}>
      <p className="mb-4 text-meta leading-normal text-muted">{t('renewText')}</p>
      <input type="hidden" name="username" autoComplete="username" value={address} readOnly />
      <label className="block text-meta font-medium">
        {t('passwordOf', { address })}
        <input
          className="mt-1.5 block h-10 w-full rounded-md border border-line-strong bg-surface px-3 text-read text-ink pointer-coarse:h-11"
          name="password"
          type="password"
          autoComplete="current-password"
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
        <Button onClick={() => void signOut().catch(() => {})}>{shell('signOut')}</Button>
      </div>
    </form>
  );
}
