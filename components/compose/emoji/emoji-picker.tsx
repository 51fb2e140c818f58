import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { PartWaits } from '#components/ui/lazy-part.tsx';
import { useLoaded } from '#components/ui/load-once.ts';
import { emojiGroups, emojiOf } from './emoji-data.ts';
import type { Emoji, EmojiGroup } from './emoji-data.ts';

const groupTexts = {
  smileys: 'emojiSmileys',
  people: 'emojiPeople',
  animals: 'emojiAnimals',
  food: 'emojiFood',
  travel: 'emojiTravel',
  activities: 'emojiActivities',
  objects: 'emojiObjects',
  symbols: 'emojiSymbols',
  flags: 'emojiFlags',
} as const satisfies Record<EmojiGroup, string>;

/** In a row; the arrows up and down go by it. */
const columns = 8;
/** What a search shows at most. */
const most = 160;

/** Emoji by group, or by what is typed: a field and the options that answer to it (ARIA's combobox), in rows. */
export function EmojiPicker({
  fieldRef,
  onChoose,
}: {
  fieldRef: RefObject<HTMLInputElement | null>;
  onChoose: (emoji: string) => void;
}) {
  const t = useTranslations('editor');
  const groups = useLoaded(emojiOf(useLocale()));
  const [typed, setTyped] = useState('');
  const [wanted, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  const shown = useMemo(() => {
    if (!groups) return [];
    const words = typed.trim().toLocaleLowerCase().split(/\s+/);
    if (words[0] === '')
      return emojiGroups.map((group) => ({ label: t(groupTexts[group]), emojis: groups.get(group) ?? [] }));
    const found = [...groups.values()]
      .flat()
      .filter((emoji) => words.every((word) => emoji.words.includes(` ${word}`)));
    return [{ label: t('emojiFound'), emojis: found.slice(0, most) }];
  }, [groups, typed, t]);
  const rows = useMemo(() => shown.map(({ emojis }) => emojis.length), [shown]);
  const all = useMemo(() => shown.flatMap(({ emojis }) => emojis), [shown]);
  const active = Math.max(0, Math.min(wanted, all.length - 1));

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active, shown]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const step = { ArrowRight: isRtl ? -1 : 1, ArrowLeft: isRtl ? 1 : -1 }[event.key];
    if (event.key === 'Enter') {
      const emoji = all[active];
      if (emoji) onChoose(emoji.unicode);
    } else if (all.length === 0 && event.key.startsWith('Arrow')) {
      // Still loading, or nothing found: the first stays the one that will be chosen.
    } else if (step) setActive(Math.min(all.length - 1, Math.max(0, active + step)));
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
      setActive(nextRow(rows, active, event.key === 'ArrowDown' ? 1 : -1));
    else return;
    event.preventDefault();
  }

  let index = -1;
  return (
    <>
      <input
        ref={fieldRef}
        role="combobox"
        aria-label={t('emojiSearch')}
        aria-expanded={all.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={all.length > 0 ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={t('emojiSearch')}
        value={typed}
        className="h-11 shrink-0 border-b border-line bg-transparent px-3.5 text-list text-ink outline-none placeholder:text-muted"
        onChange={({ target }) => {
          setActive(0);
          setTyped(target.value);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={t('emoji')}
        tabIndex={-1}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1.5"
      >
        {groups ? null : <PartWaits />}
        {shown.map(({ label, emojis }) => (
          <div
            key={label}
            role="group"
            aria-label={label}
            className="[contain-intrinsic-block-size:auto_400px] [content-visibility:auto]"
          >
            <div aria-hidden="true" className="px-1.5 pt-1.5 pb-1 text-small font-medium text-muted">
              {label}
            </div>
            <div role="presentation" className="grid grid-cols-8">
              {emojis.map((emoji) => {
                index += 1;
                return (
                  <Option
                    key={emoji.unicode}
                    id={`${listId}-${index}`}
                    emoji={emoji}
                    isActive={index === active}
                    onChoose={onChoose}
                  />
                );
              })}
            </div>
          </div>
        ))}
      </div>
      <p role="status" className={groups && all.length === 0 ? 'p-4 text-center text-meta text-muted' : 'sr-only'}>
        {groups && all.length === 0 ? t('emojiNone') : ''}
      </p>
    </>
  );
}

function Option({
  id,
  emoji,
  isActive,
  onChoose,
}: {
  id: string;
  emoji: Emoji;
  isActive: boolean;
  onChoose: (emoji: string) => void;
}) {
  return (
    <div
      id={id}
      role="option"
      aria-label={emoji.label}
      aria-selected={isActive}
      title={emoji.label}
      className="flex h-10 cursor-pointer items-center justify-center rounded-md text-[22px] leading-none hover:bg-hover aria-selected:bg-selected aria-selected:outline-2 aria-selected:-outline-offset-2 aria-selected:outline-accent pointer-coarse:h-11"
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onChoose(emoji.unicode)}
    >
      {emoji.unicode}
    </div>
  );
}

/** The one above or below, also into the next group, whose first row begins anew. */
function nextRow(sizes: readonly number[], active: number, direction: 1 | -1): number {
  let first = 0;
  for (const [group, size] of sizes.entries()) {
    if (active >= first + size) {
      first += size;
      continue;
    }
    const column = (active - first) % columns;
    const target = active + direction * columns;
    if (target >= first && target < first + size) return target;
    if (direction === 1) {
      const isInLastRow = Math.floor((active - first) / columns) === Math.floor((size - 1) / columns);
      if (!isInLastRow) return first + size - 1;
      const next = sizes[group + 1];
      return next ? first + size + Math.min(column, next - 1) : active;
    }
    const before = sizes[group - 1];
    if (!before) return active;
    const lastRow = Math.floor((before - 1) / columns) * columns;
    return first - before + Math.min(lastRow + column, before - 1);
  }
  return active;
}
