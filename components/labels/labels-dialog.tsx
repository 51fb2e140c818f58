import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { KeyboardEvent, SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import type { CommandContext } from '#components/commands/command.ts';
import { setKeyword } from '#components/commands/set-keyword.ts';
import { Dialog } from '#components/ui/dialog.tsx';
import { fieldLook } from '#components/ui/field-look.ts';
import { keys } from '#lib/client/keys.ts';
import { useLabelActs } from '#lib/client/labels/use-label-acts.ts';
import { useLabels } from '#lib/client/labels/use-labels.ts';
import { isSameKeyword, tidyLabelName, toLabelKeyword } from '#lib/mail/label.ts';
import type { Label } from '#lib/mail/label.ts';
import { LabelChoice } from './label-choice.tsx';

/**
 * The labels of the chosen messages, one checkbox for each label there is; what is checked holds at once. Typing finds, and Enter
 * makes what is not there yet. The messages are those that were chosen when it was opened.
 */
export function LabelsDialog({ context, onClose }: { context: CommandContext; onClose: () => void }) {
  const t = useTranslations('labels');
  const common = useTranslations('common');
  const client = useQueryClient();
  const mailbox = context.target.mailbox;
  const { labels, known } = useLabels(mailbox);
  const { remember } = useLabelActs();
  const [text, setText] = useState('');
  const [isTooLong, setTooLong] = useState(false);
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const id = useId();
  const wanted = tidyLabelName(text).toLocaleLowerCase();
  const shown = labels.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  const exact = labels.find(({ name }) => name.toLocaleLowerCase() === wanted);
  const takesNew = known?.takesNew ?? true;
  const canSet = ({ keyword }: Label) =>
    takesNew || known?.settable.some((one) => isSameKeyword(one, keyword)) === true;

  function stateOf({ keyword }: Label): boolean | 'mixed' {
    const own = chosen.get(keyword.toLowerCase());
    if (own !== undefined) return own;
    const { rows } = context.target;
    const count = rows.filter(({ keywords }) => keywords.some((one) => isSameKeyword(one, keyword))).length;
    return count === 0 ? false : count === rows.length ? true : 'mixed';
  }

  function put(keyword: string, value: boolean): void {
    setChosen(new Map(chosen).set(keyword.toLowerCase(), value));
    setKeyword(context, keyword, value);
  }

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const name = tidyLabelName(text);
    if (name === '') return onClose();
    if (exact) {
      if (canSet(exact)) put(exact.keyword, stateOf(exact) !== true);
      return setText('');
    }
    if (!takesNew) return;
    const keyword = toLabelKeyword(name);
    setTooLong(keyword === null);
    if (keyword === null) return;
    void remember({ undone: [], done: [{ keyword, name: null, colour: null }] }, t('made', { name }));
    put(keyword, true);
    setText('');
    void client.invalidateQueries({ queryKey: keys.labels(mailbox ?? '') });
  }

  /** Arrows go from the field through the boxes and back. */
  function onKeyDown(event: KeyboardEvent<HTMLFormElement>): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input:not(:disabled)')];
    const next = stops[stops.indexOf(event.target as HTMLInputElement) + step]; // Keys are heard by one of them.
    next?.focus();
    event.preventDefault();
  }

  const hint = isTooLong
    ? t('tooLong')
    : !takesNew
      ? t('takesNone')
      : wanted && !exact
        ? t('enterMakes', { name: tidyLabelName(text) })
        : null;
  return (
    <Dialog
      narrow
      title={t('titleFor', { count: context.target.count })}
      closeLabel={common('close')}
      onClose={onClose}
    >
      <form onSubmit={submit} onKeyDown={onKeyDown} className="flex flex-col gap-2">
        <input
          className={fieldLook}
          value={text}
          autoFocus
          autoComplete="off"
          dir="auto"
          aria-label={t('find')}
          placeholder={t('find')}
          aria-invalid={isTooLong}
          aria-describedby={id}
          onChange={(event) => {
            setText(event.target.value);
            setTooLong(false);
          }}
        />
        <p id={id} aria-live="polite" className={`min-h-5 text-meta ${isTooLong ? 'text-danger' : 'text-muted'}`}>
          {hint}
        </p>
        <ul className="-mx-2 max-h-[46dvh] overflow-y-auto">
          {shown.map((label) => (
            <LabelChoice
              key={label.keyword}
              label={label}
              state={stateOf(label)}
              disabled={!canSet(label)}
              onChange={(value) => put(label.keyword, value)}
            />
          ))}
        </ul>
        {labels.length === 0 ? <p className="text-meta text-muted">{t('none')}</p> : null}
      </form>
    </Dialog>
  );
}
