import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { formatFullDate } from '#lib/format/dates.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { scheduleChoices, toLocalField } from './schedule-choices.ts';

/** When it should go: times people often mean, or any. Says what it costs to have it sent while one is away. */
export function ScheduleDialog({ onClose, onChoose }: { onClose: () => void; onChoose: (at: string) => void }) {
  const t = useTranslations('compose');
  const common = useTranslations('common');
  const format = useFormat();
  const [choices] = useState(() => scheduleChoices(new Date()));
  const [own, setOwn] = useState(() => toLocalField(new Date(choices.at(-1)?.at ?? Date.now())));
  const [isPast, setPast] = useState(false);

  function onSubmit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    event.stopPropagation();
    const at = new Date(own);
    if (Number.isNaN(at.getTime()) || at.getTime() < Date.now()) return setPast(true);
    onChoose(at.toISOString());
  }

  return (
    <Dialog title={t('scheduleSend')} closeLabel={common('close')} onClose={onClose}>
      <ul className="mb-4">
        {choices.map(({ id, at }) => (
          <li key={id}>
            <button
              type="button"
              className="flex min-h-10 w-full flex-wrap items-center justify-between gap-x-4 rounded-md px-3 text-start text-list hover:bg-hover pointer-coarse:min-h-11"
              onClick={() => onChoose(at)}
            >
              <span>{t(id)}</span>
              <span className="text-meta text-muted tabular-nums">{formatFullDate(at, format)}</span>
            </button>
          </li>
        ))}
      </ul>
      <form className="flex flex-wrap items-end gap-3 border-t border-line pt-4" onSubmit={onSubmit}>
        <label className="min-w-0 flex-1 basis-56 text-meta font-medium">
          {t('chooseTime', { zone: format.timeZone.replaceAll('_', ' ') })}
          <input
            type="datetime-local"
            required
            className="mt-1.5 block h-10 w-full rounded-md border border-line-strong bg-surface px-3 text-list text-ink pointer-coarse:h-11"
            value={own}
            min={toLocalField(new Date())}
            onChange={({ target }) => setOwn(target.value)}
          />
        </label>
        <Button type="submit" look="primary" className="h-10">
          {t('schedule')}
        </Button>
      </form>
      {isPast ? (
        <p role="alert" className="mt-2 text-meta text-danger">
          {t('pastTime')}
        </p>
      ) : null}
      <p className="mt-4 text-meta leading-normal text-muted">{t('scheduleRisk')}</p>
    </Dialog>
  );
}
