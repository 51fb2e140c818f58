import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { lazyPart } from '#components/ui/lazy-part.tsx';
import { openTabChannel } from '#lib/client/feed/feed-channel.ts';
import { focusBeforeRenewal, settleRenewal, useRenewalNeeded } from '#lib/client/session/renewal.ts';
import { useBroughtAhead } from '#lib/client/use-brought-ahead.ts';

const RenewalForm = lazyPart(async () => (await import('./renewal-form.tsx')).RenewalForm);

/** Milliseconds after which the form is brought: it is there though the server is another by the time it is wanted. */
const patienceMs = 4_000;

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
  useBroughtAhead(RenewalForm.load, patienceMs);
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
