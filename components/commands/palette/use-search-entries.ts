import { Tag, UserRound } from 'lucide-react';
import { openSearch } from '#lib/client/location.ts';
import { useLabels } from '#lib/client/labels/use-labels.ts';
import { displayName } from '#lib/format/display-name.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import type { Address } from '#lib/mail/address.ts';
import { printSearch } from '#lib/mail/print-search.ts';
import type { SearchLeaf } from '#lib/mail/search-query.ts';
import { useMailContext } from '../mail-context.tsx';
import type { PaletteEntry } from './palette-entry.ts';

/** Labels, and the people whose mail stands in the list: choosing one searches for it. */
export function useSearchEntries(): PaletteEntry[] {
  const { mailbox, list } = useMailContext();
  const { labels } = useLabels(mailbox);
  const searchFor = (leaf: SearchLeaf) => () => openSearch(mailbox, { q: printSearch(leaf), scope: 'all', sort: null });
  const people = new Map<string, Address>();
  for (const { from } of list.loaded()) for (const one of from) people.set(one.address.toLowerCase(), one);
  return [
    ...labels.map(({ keyword, name }): PaletteEntry => ({
      id: `label ${keyword}`,
      group: 'labels',
      icon: Tag,
      text: name,
      run: searchFor({ type: 'label', label: keyword }),
    })),
    ...[...people.values()].map((person): PaletteEntry => ({
      id: `person ${person.address}`,
      group: 'people',
      icon: UserRound,
      text: displayName(person),
      detail: visibleText(person.address),
      run: searchFor({ type: 'text', field: 'from', value: person.address }),
    })),
  ];
}
