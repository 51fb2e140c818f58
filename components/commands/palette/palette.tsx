import { useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { OptionFinder } from '#components/ui/option-finder.tsx';
import type { FinderGroup } from '#components/ui/option-finder.tsx';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { countUse } from '#lib/mail/palette-uses.ts';
import { listenForEarlyKeys } from '../early-keys.ts';
import { KeyCaps } from '../key-caps.tsx';
import type { EntryGroup, PaletteEntry } from './palette-entry.ts';
import { rankEntries } from './rank-entries.ts';
import { useCommandEntries } from './use-command-entries.ts';
import { useMailboxEntries } from './use-mailbox-entries.ts';
import { useSearchEntries } from './use-search-entries.ts';
import { useSettingEntries } from './use-setting-entries.ts';

/** Everything Pipit can do or go to, found by a few letters. */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useTranslations('palette');
  const { preferences, set } = usePreferences();
  const [query, setQuery] = useState('');
  const entries = [...useCommandEntries(), ...useMailboxEntries(), ...useSearchEntries(), ...useSettingEntries()];
  const ranked = rankEntries(entries, query, new Map(preferences.paletteUses));
  function choose(id: string): void {
    const chosen = entries.find((entry) => entry.id === id);
    flushSync(onClose);
    // Going, the palette gives the focus back where it was. A dialog that opens before that would lose it again.
    queueMicrotask(() => chosen?.run());
    // Whom somebody writes to is not remembered here.
    if (!id.startsWith('person ')) void set({ paletteUses: countUse(preferences.paletteUses, id) });
  }
  const groups = toGroups(ranked, t);
  function onEarlyKey(key: string): void {
    const first = groups[0]?.options[0];
    if (key.length === 1) flushSync(() => setQuery(query + key));
    else if (key === 'Backspace') flushSync(() => setQuery(query.slice(0, -1)));
    else if (key === 'Escape') onClose();
    else if (key === 'Enter' && first && !first.disabled) choose(first.id);
  }
  const latest = useRef(onEarlyKey);
  useLayoutEffect(() => {
    latest.current = onEarlyKey;
  });
  useLayoutEffect(() => {
    let isOpen = true;
    // Each after what the one before it changed is drawn: Enter takes what all letters together found.
    const stop = listenForEarlyKeys((key) => queueMicrotask(() => isOpen && latest.current(key)));
    return () => {
      isOpen = false;
      stop();
    };
  }, []);
  return (
    <OptionFinder
      title={t('title')}
      query={query}
      groups={groups}
      nothingFound={t('nothingFound')}
      onQuery={setQuery}
      onChoose={choose}
      onClose={onClose}
    />
  );
}

/** In groups, each where its best entry is, so that the best of all stands first. */
function toGroups(ranked: readonly PaletteEntry[], t: (group: EntryGroup) => string): FinderGroup[] {
  return [...Map.groupBy(ranked, ({ group }) => group)].map(([group, entries]) => ({
    label: t(group),
    options: entries.map((entry) => ({
      id: entry.id,
      content: <EntryLine entry={entry} />,
      ...(entry.whyNot ? { disabled: entry.whyNot } : {}),
    })),
  }));
}

function EntryLine({ entry }: { entry: PaletteEntry }) {
  return (
    <>
      <Icon of={entry.icon} size={16} className="shrink-0 text-muted" />
      <span className="min-w-0 truncate" dir="auto">
        {entry.text}
      </span>
      <span className="min-w-0 flex-1 truncate text-small text-muted" dir="auto">
        {entry.whyNot ?? entry.detail}
      </span>
      {entry.keys ? <KeyCaps keys={entry.keys} /> : null}
    </>
  );
}
