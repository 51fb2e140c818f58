import { LogOut } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { watchActivity } from '#lib/client/session/activity.ts';
import { leaveForSignIn, setIdle, signOut } from '#lib/client/session/sign-out.ts';
import { useSignOut } from './use-sign-out.ts';

/** The part of the idle time after which the person is warned. */
const warnAt = 0.8;
/** How often the session is told at most that somebody is there: a fraction of the idle time. */
const tellsPerIdleTime = 20;
/** True until the first guard of this page has begun. */
let isJustLoaded = true;

/** A shared computer: the way out is always in sight, and whoever walked away is asked, then signed out. */
export function PublicGuard({ idleSeconds }: { idleSeconds: number }) {
  const t = useTranslations('session');
  const common = useTranslations('common');
  const signOutOrSay = useSignOut();
  const activeAt = useRef(0);
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null);

  useEffect(() => {
    // The server counts from when it was asked for this page: how long that took to load is part of the idle time.
    activeAt.current = Date.now() - (isJustLoaded ? performance.now() : 0);
    isJustLoaded = false;
    const tellEveryMs = (idleSeconds * 1000) / tellsPerIdleTime;
    const stopWatching = watchActivity({ tellEveryMs, onActive: () => (activeAt.current = Date.now()) });
    const clock = setInterval(() => {
      const idle = (Date.now() - activeAt.current) / 1000;
      const isNear = idle >= idleSeconds * warnAt;
      setIdle(isNear);
      setSecondsLeft(isNear ? Math.max(0, Math.ceil(idleSeconds - idle)) : null);
      if (idle >= idleSeconds) void leave();
    }, 1_000);
    return () => {
      stopWatching();
      clearInterval(clock);
    };
  }, [idleSeconds]);

  async function finish(): Promise<void> {
    setIdle(false);
    await signOutOrSay();
  }

  return (
    <>
      <div className="no-print fixed inset-x-0 top-0 z-60 flex h-[var(--public-bar)] items-center justify-between gap-3 border-b border-line bg-raised ps-4 pe-2 text-meta">
        <span className="min-w-0 truncate text-muted">{t('sharedComputer')}</span>
        <Button look="primary" className="h-11 px-5 text-read" onClick={() => void finish()}>
          <Icon of={LogOut} size={16} />
          {t('finished')}
        </Button>
      </div>
      {secondsLeft === null ? null : (
        <Dialog title={t('stillThere')} closeLabel={common('close')} onClose={() => setSecondsLeft(null)}>
          <p className="mb-4 text-read leading-normal" role="timer">
            {t('endsIn', { seconds: secondsLeft })}
          </p>
          <div className="flex flex-wrap gap-3">
            <Button look="primary" onClick={() => setSecondsLeft(null)}>
              {t('stay')}
            </Button>
            <Button onClick={() => void finish()}>{t('finished')}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** Nothing is shown from here on, whether or not the server can be told: it ends the session at the same time by itself. */
async function leave(): Promise<void> {
  document.documentElement.hidden = true;
  await signOut().catch(leaveForSignIn);
}
