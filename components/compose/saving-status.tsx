import { useTranslations } from 'use-intl';
import { useErrorText } from '#components/errors/error-notice.tsx';
import { MakeRoom } from '#components/errors/make-room.tsx';
import type { Saving } from '#lib/client/compose/draft-state.ts';
import { formatTime } from '#lib/format/dates.ts';
import { useFormat } from '#lib/format/use-format.tsx';

/** Whether every word is safe. Read out only when it is not: "Saving" at every pause would talk into the writing. */
export function SavingStatus({ saving, hasConflict }: { saving: Saving; hasConflict: boolean }) {
  const t = useTranslations('compose');
  const errorText = useErrorText();
  const format = useFormat();
  const isFailed = saving.kind === 'failed' || hasConflict;
  const text = hasConflict
    ? t('notSaved', { reason: t('conflictShort') })
    : saving.kind === 'failed'
      ? t('notSaved', { reason: errorText(saving.error) })
      : saving.kind === 'saved'
        ? t('saved', { time: formatTime(saving.at, format) })
        : saving.kind === 'saving'
          ? t('saving')
          : '';
  return (
    <p
      role="status"
      aria-live={isFailed ? 'polite' : 'off'}
      title={text}
      className={`min-w-0 flex-1 truncate px-1 text-end text-small tabular-nums ${isFailed ? 'font-medium text-danger' : 'text-muted'}`}
    >
      {text}
      <MakeRoom code={!hasConflict && saving.kind === 'failed' ? saving.error.code : null} isWriting />
    </p>
  );
}
