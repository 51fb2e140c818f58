import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useActState } from '#lib/client/acts/act-store.ts';
import { useOnline } from '#lib/client/use-online.ts';

/** Acts that have waited so long are told of, in milliseconds: the line is gone though the browser does not say so. */
const lateMs = 3_000;

/** Says that the line is gone, and how many changes wait for it. */
export function OfflineBanner() {
  const t = useTranslations('shell');
  const acts = useTranslations('acts');
  const isOnline = useOnline();
  const waiting = useActState().items.length;
  const isLate = useIsLate(waiting > 0);
  if (isOnline && !isLate) return null;
  return (
    <p role="status" className="no-print bg-ink px-4 py-2 text-center text-meta text-canvas">
      {isOnline ? null : t('offline')} {waiting > 0 ? acts('waiting', { count: waiting }) : null}
    </p>
  );
}

function useIsLate(isWaiting: boolean): boolean {
  const [isLate, setLate] = useState(false);
  if (!isWaiting && isLate) setLate(false);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setLate(true), lateMs);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  return isWaiting && isLate;
}
