import { useTranslations } from 'use-intl';
import { useErrorText } from '#components/errors/error-notice.tsx';
import { MakeRoom } from '#components/errors/make-room.tsx';
import type { DraftSession } from '#lib/client/compose/draft-session.ts';
import { useSelected } from '#lib/client/external-store.ts';
import { formatTime } from '#lib/format/dates.ts';
import { useFormat } from '#lib/format/use-format.tsx';

/** Whether every word is safe. Read out only when it is not: "Saving" at every pause would talk into the writing. */
export function SavingStatus({ session }: { session: DraftSession }) {
  const saving = useSelected(session, (state) => state.saving);
  const hasConflict = useSelected(session, ({ conflict }) => conflict !== null);
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
      // On a phone it has a line of its own, and there a reason is never cut off.
      className={`min-w-0 flex-1 truncate px-1 text-end text-small tabular-nums max-two:order-first max-two:min-h-5 max-two:basis-full max-two:text-start ${isFailed ? 'font-medium text-danger max-two:whitespace-normal' : 'text-muted'}`}
    >
      {text}
      <MakeRoom code={!hasConflict && saving.kind === 'failed' ? saving.error.code : null} isWriting />
    </p>
  );
}
