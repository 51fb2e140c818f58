import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { formatFullDate } from '#lib/format/dates.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { toLocalField } from './local-field.ts';

interface Props {
  /** Times people often mean, ISO 8601. */
  choices: readonly { id: string; label: string; at: string }[];
  /** What the button says that takes the time in the field. */
  submit: string;
  /** The latest time that can be chosen, Unix milliseconds. */
  latest?: number;
  onChoose: (at: string) => void;
}

/** A time to come: one that people often mean, or any. Tells one that is past instead of taking it. */
export function TimeChoice({ choices, submit, latest = Infinity, onChoose }: Props) {
  const t = useTranslations('time');
  const format = useFormat();
  const [own, setOwn] = useState(() => toLocalField(new Date(choices.at(-1)?.at ?? Date.now())));
  const [why, setWhy] = useState<'pastTime' | 'farTime' | null>(null);

  function onSubmit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    event.stopPropagation();
    const at = new Date(own);
    if (Number.isNaN(at.getTime()) || at.getTime() < Date.now()) return setWhy('pastTime');
    if (at.getTime() > latest) return setWhy('farTime');
    onChoose(at.toISOString());
  }

  return (
    <>
      <ul className="mb-4">
        {choices.map(({ id, label, at }, index) => (
          <li key={id}>
            <button
              type="button"
              autoFocus={index === 0}
              className="flex min-h-10 w-full flex-wrap items-center justify-between gap-x-4 rounded-md px-3 text-start text-list hover:bg-hover pointer-coarse:min-h-11"
              onClick={() => onChoose(at)}
            >
              <span>{label}</span>
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
            autoComplete="off"
            required
            className="mt-1.5 block h-10 w-full rounded-md border border-line-strong bg-surface px-3 text-list text-ink pointer-coarse:h-11"
            value={own}
            min={toLocalField(new Date())}
            onChange={({ target }) => setOwn(target.value)}
          />
        </label>
        <Button type="submit" look="primary" className="h-10">
          {submit}
        </Button>
      </form>
      {why ? (
        <p role="alert" className="mt-2 text-meta text-danger">
          {t(why)}
        </p>
      ) : null}
    </>
  );
}
