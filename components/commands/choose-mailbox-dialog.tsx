import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { useMailboxName } from '#components/mailbox/mailbox-name.ts';
import { toTreeNodes } from '#components/mailbox/tree-nodes.ts';
import { Dialog } from '#components/ui/dialog.tsx';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import type { Question } from './asked.ts';
import { changeTarget } from './change-target.ts';
import { leaveMailbox } from './leave-mailbox.ts';
import { noteRecent, recentMailboxes } from './recent-mailboxes.ts';

/** Where to move or copy messages: a text to filter by, and one option for each mailbox, those chosen lately first. */
export function ChooseMailboxDialog({ question, onClose }: { question: Question; onClose: () => void }) {
  const t = useTranslations('acts');
  const common = useTranslations('common');
  const nameOf = useMailboxName();
  const locale = useLocale();
  const id = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const { context, kind } = question;
  const options = optionsFor(question, nameOf, locale, text);
  const optionId = (index: number) => `${id}-${index}`;

  function choose(mailbox: Mailbox | undefined): void {
    if (!mailbox) return;
    onClose();
    noteRecent(mailbox.path);
    const to = mailbox.path;
    if (kind === 'move') leaveMailbox(context, (messages) => ({ type: 'move', messages, to }));
    else changeTarget(context, (messages) => ({ type: 'copy', messages, to }));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const next = Math.min(options.length - 1, Math.max(0, active + step));
      setActive(next);
      document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) choose(options[active]?.mailbox);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog title={t(kind === 'move' ? 'moveTitle' : 'copyTitle')} closeLabel={common('close')} onClose={onClose}>
      <input
        type="text"
        autoFocus
        autoComplete="off"
        aria-label={t('filterMailboxes')}
        aria-controls={`${id}-list`}
        aria-activedescendant={options.length > 0 ? optionId(active) : undefined}
        className="h-9 w-full rounded-md border border-line-strong/60 bg-surface px-3 text-list pointer-coarse:h-11"
        placeholder={t('filterMailboxes')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t('mailboxes')}
        className="-mx-2 mt-2 max-h-[min(420px,60dvh)] overflow-y-auto"
      >
        {options.map(({ mailbox, name, above }, index) => (
          <div
            key={mailbox.path}
            id={optionId(index)}
            role="option"
            aria-label={name}
            aria-description={above || undefined}
            aria-selected={index === active}
            className={`flex min-h-8 cursor-default items-baseline gap-2 rounded-md px-2 py-1.5 text-list pointer-coarse:min-h-11 pointer-coarse:items-center ${index === active ? 'bg-selected' : 'hover:bg-hover'}`}
            onPointerMove={() => setActive(index)}
            onClick={() => choose(mailbox)}
          >
            <span dir="auto" className="min-w-0 truncate">
              {name}
            </span>
            {above ? (
              <span dir="auto" className="min-w-0 truncate text-small text-muted">
                {above}
              </span>
            ) : null}
          </div>
        ))}
      </div>
      {options.length === 0 ? (
        <p role="status" className="px-2 py-3 text-meta text-muted">
          {t('noMailbox')}
        </p>
      ) : null}
    </Dialog>
  );
}

interface Option {
  mailbox: Mailbox;
  name: string;
  /** Where it lies, in names; empty at the top. */
  above: string;
}

function optionsFor(
  { context }: Question,
  nameOf: (mailbox: Mailbox) => string,
  locale: string,
  text: string,
): Option[] {
  const byPath = new Map(context.mailboxes.map((mailbox) => [mailbox.path, mailbox]));
  const sources = new Set(context.target.ranges().map(({ mailbox }) => mailbox));
  const isOnlyHere = (path: string) => sources.size === 1 && sources.has(path);
  const recent = recentMailboxes();
  const rank = ({ mailbox }: Option) => {
    const place = recent.indexOf(mailbox.path);
    return place < 0 ? recent.length : place;
  };
  const words = fold(text).split(/\s+/).filter(Boolean);
  return toTreeNodes(context.mailboxes, () => true, nameOf, locale)
    .map(({ mailbox }) => mailbox)
    .filter(({ selectable, path }) => selectable && !isOnlyHere(path))
    .map((mailbox) => ({ mailbox, name: nameOf(mailbox), above: namesAbove(mailbox, byPath, nameOf) }))
    .filter(({ name, above }) => words.every((word) => fold(`${above} ${name}`).includes(word)))
    .sort((a, b) => rank(a) - rank(b)); // Stable: the rest keeps the order of the tree.
}

function namesAbove(mailbox: Mailbox, byPath: Map<string, Mailbox>, nameOf: (mailbox: Mailbox) => string): string {
  const names: string[] = [];
  for (
    let above = byPath.get(mailbox.parent ?? '');
    above && names.length < 20;
    above = byPath.get(above.parent ?? '')
  ) {
    names.unshift(nameOf(above));
  }
  return names.join(' / ');
}

/** Letters alike whatever their case and marks. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
