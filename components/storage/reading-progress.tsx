import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import type { StorageReport } from '#lib/mail/storage.ts';

const names = {
  sizes: 'readingSizes',
  attachments: 'readingAttachments',
  senders: 'readingSenders',
  done: 'readingSenders',
} as const;

/** How far the reading is, with the means to stop it and to begin anew. */
export function ReadingProgress({
  report,
  status,
  onStop,
  onRead,
}: {
  report: Partial<StorageReport>;
  status: 'reading' | 'stopped' | 'done' | 'failed';
  onStop: () => void;
  onRead: () => void;
}) {
  const t = useTranslations('storage');
  const { phase = 'sizes', looked = 0, of = 0 } = report;
  const text = t(names[phase]);
  return (
    <>
      {status === 'reading' ? (
        <>
          <div className="min-w-40 flex-1">
            <div
              role="progressbar"
              aria-label={text}
              aria-valuemin={0}
              aria-valuemax={of}
              aria-valuenow={Math.min(looked, of)}
              aria-valuetext={t('looked', { looked, of })}
              className="h-1.5 overflow-hidden rounded-full bg-pressed forced-colors:border"
            >
              <div
                className="h-full rounded-full bg-accent forced-colors:bg-[Highlight]"
                style={{ width: `${of > 0 ? Math.min(100, (looked / of) * 100) : 0}%` }}
              />
            </div>
            <p className="mt-1 text-small text-muted tabular-nums">
              {text} {t('looked', { looked, of })}
            </p>
          </div>
          <Button onClick={onStop}>{t('stop')}</Button>
        </>
      ) : (
        <Button onClick={onRead}>{t('readAgain')}</Button>
      )}
      <p role="status" className={status === 'stopped' ? 'text-meta text-muted' : 'sr-only'}>
        {status === 'stopped' ? t('stopped') : status === 'done' ? t('allRead') : ''}
      </p>
    </>
  );
}
