import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { openComposer } from '#lib/client/compose/composers.ts';
import type { DraftSession } from '#lib/client/compose/draft-session.ts';
import { useSelected } from '#lib/client/external-store.ts';
import { formatTime } from '#lib/format/dates.ts';
import { useFormat } from '#lib/format/use-format.tsx';

/**
 * Says that this draft was written elsewhere too. Nothing is overwritten before the person has chosen; the other
 * version can be looked at.
 */
export function ConflictBanner({ session }: { session: DraftSession }) {
  const t = useTranslations('compose');
  const format = useFormat();
  const conflict = useSelected(session, (state) => state.conflict);
  const baseWasGone = useSelected(session, (state) => state.baseWasGone);
  if (conflict) {
    return (
      <div
        role="alert"
        className="flex flex-wrap items-center gap-2 border-b border-line bg-hover px-4 py-2 text-meta leading-normal"
      >
        <p className="min-w-0 flex-1 basis-64">{t('conflict', { time: formatTime(conflict.savedAt, format) })}</p>
        <Button onClick={() => openComposer({ type: 'draft', message: conflict.version })}>{t('openOther')}</Button>
        <Button onClick={session.replaceOther}>{t('keepMine')}</Button>
      </div>
    );
  }
  if (!baseWasGone) return null;
  return (
    <p role="status" className="border-b border-line bg-hover px-4 py-2 text-meta leading-normal">
      {t('baseWasGone')}
    </p>
  );
}
