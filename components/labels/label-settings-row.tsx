import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { fieldLook } from '#components/ui/field-look.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { useShownValue } from '#components/ui/use-shown-value.ts';
import { useKeepLabel } from '#lib/client/labels/use-keep-label.ts';
import { useLabelActs } from '#lib/client/labels/use-label-acts.ts';
import { isSameKeyword, labelColours, namedMarkOf, tidyLabelName, toLabelKeyword } from '#lib/mail/label.ts';
import type { Label } from '#lib/mail/label.ts';
import { LabelChip } from './label-chip.tsx';

/**
 * One label of the account. Renaming writes another keyword on the messages; a mark that other programs know keeps its keyword,
 * and only its name here is another.
 */
export function LabelSettingsRow({
  label,
  all,
  areMailboxes,
}: {
  label: Label;
  all: readonly Label[];
  /** A label that is removed goes with its folder. */
  areMailboxes: boolean;
}) {
  const t = useTranslations('labels');
  const [open, setOpen] = useState<'rename' | 'remove' | null>(null);
  const { kept } = useKeepLabel();
  const { remember } = useLabelActs();
  const { keyword, name, colour } = label;
  const [shown, choose] = useShownValue(colour, (index: number) => {
    const undone = kept(keyword);
    const done = { keyword, name: null, ...undone[0], colour: index };
    return remember({ undone, done: [done] }, t('coloured', { name }));
  });
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-2 border-b border-line py-1">
      <span className="min-w-24 flex-1">
        <LabelChip label={label} className="inline-block max-w-full align-middle !text-meta !leading-6" />
      </span>
      <span role="radiogroup" aria-label={t('colourOf', { name })} className="flex flex-wrap gap-1">
        {Array.from({ length: labelColours }, (_, index) => (
          <input
            key={index}
            type="radio"
            name={`colour of ${keyword}`}
            aria-label={t('colour', { number: index + 1 })}
            checked={index === shown}
            className={`label label-${index} size-6 appearance-none rounded-full border-2 border-transparent checked:border-current pointer-coarse:size-11`}
            onChange={() => void choose(index)}
          />
        ))}
      </span>
      <IconButton icon={Pencil} label={t('rename', { name })} onClick={() => setOpen('rename')} />
      <IconButton icon={Trash2} label={t('remove', { name })} onClick={() => setOpen('remove')} />
      {open === 'rename' ? (
        <Rename label={label} all={all} isMailbox={areMailboxes} onClose={() => setOpen(null)} />
      ) : null}
      {open === 'remove' ? <Remove label={label} isMailbox={areMailboxes} onClose={() => setOpen(null)} /> : null}
    </li>
  );
}

function Rename({
  label,
  all,
  isMailbox,
  onClose,
}: {
  label: Label;
  all: readonly Label[];
  isMailbox: boolean;
  onClose: () => void;
}) {
  const t = useTranslations('labels');
  const common = useTranslations('common');
  const { kept } = useKeepLabel();
  const acts = useLabelActs();
  const [text, setText] = useState(label.name);
  const [fault, setFault] = useState<'tooLong' | 'exists' | null>(null);

  async function rename(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const name = tidyLabelName(text);
    const to = toLabelKeyword(name);
    const isTaken = all.some((other) => other !== label && other.name.toLocaleLowerCase() === name.toLocaleLowerCase());
    if (isTaken || to === null) return setFault(isTaken ? 'exists' : name === '' ? null : 'tooLong');
    onClose();
    if (name === label.name) return;
    const undone = kept(label.keyword);
    const { keyword, colour } = label;
    if (namedMarkOf(keyword) || isSameKeyword(to, keyword)) {
      const called = to === keyword && !namedMarkOf(keyword) ? null : name;
      return acts.remember(
        { undone, done: [{ keyword, colour, name: called }] },
        t('renamed', { name: label.name, to: name, messages: 0 }),
      );
    }
    const called = { name: label.name, to: name };
    acts.relabel({ from: keyword, to, called, isMailbox }, { undone, done: [{ keyword: to, colour, name: null }] });
  }

  return (
    <Dialog narrow title={t('rename', { name: label.name })} closeLabel={common('close')} onClose={onClose}>
      <form onSubmit={(event) => void rename(event)} className="flex flex-col gap-3">
        <input
          className={fieldLook}
          value={text}
          autoFocus
          dir="auto"
          autoComplete="off"
          aria-label={t('name')}
          aria-invalid={fault !== null}
          onFocus={(event) => event.target.select()}
          onChange={(event) => {
            setText(event.target.value);
            setFault(null);
          }}
        />
        {fault ? (
          <p role="alert" className="text-meta text-danger">
            {t(fault)}
          </p>
        ) : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" look="primary">
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Remove({ label, isMailbox, onClose }: { label: Label; isMailbox: boolean; onClose: () => void }) {
  const t = useTranslations('labels');
  const common = useTranslations('common');
  const { kept } = useKeepLabel();
  const { relabel } = useLabelActs();
  const { keyword, name } = label;

  function remove(): void {
    onClose();
    const called = { name, to: null };
    relabel({ from: keyword, to: null, called, isMailbox }, { undone: kept(keyword), done: [] });
  }

  return (
    <Dialog narrow title={t('remove', { name })} closeLabel={common('close')} onClose={onClose}>
      <p className="mb-4 text-list leading-normal">{t(isMailbox ? 'removeMailbox' : 'removeText')}</p>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button look="danger" autoFocus onClick={remove}>
          {t('removeIt')}
        </Button>
      </div>
    </Dialog>
  );
}
