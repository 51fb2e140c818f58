import { useMemo, useState } from 'react';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { useMailboxName } from '#components/mailbox/mailbox-name.ts';
import { usePeople } from '#lib/client/compose/use-people.ts';
import { areSearchesKept } from '#lib/client/search/mail-search.ts';
import { useLabelsOf } from '#lib/client/labels/use-labels.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import type { Address } from '#lib/mail/address.ts';
import { suggest, typedPerson } from './suggest.ts';
import type { Suggestion } from './suggest.ts';

/** What the field offers for its text, and which of it the keyboard is at. */
export function useSuggestions(text: string, isOpen: boolean) {
  const { list, mailboxes } = useMailContext();
  const { preferences } = usePreferences();
  const nameOf = useMailboxName();
  const labelsOf = useLabelsOf();
  const found = usePeople(isOpen ? typedPerson(text) : '');
  const [active, setActive] = useState(-1);
  const items = useMemo((): Suggestion[] => {
    if (!isOpen) return [];
    const isKept = areSearchesKept();
    const rows = list.loaded().slice(0, 500);
    return suggest(text, {
      saved: isKept ? preferences.savedSearches : [],
      recent: isKept ? preferences.recentSearches : [],
      people: peopleOf([{ from: [...found], to: [] }, ...rows]),
      labels: labelsOf([
        ...new Set([...preferences.labels.map(({ keyword }) => keyword), ...rows.flatMap(({ keywords }) => keywords)]),
      ]),
      mailboxes: mailboxes.filter(({ selectable }) => selectable).map((one) => ({ path: one.path, name: nameOf(one) })),
    });
  }, [text, isOpen, list, mailboxes, preferences, nameOf, labelsOf, found]);
  return {
    items,
    active: active < items.length ? active : -1,
    setActive,
    /** Up and down through the items, and back to the field between the ends. */
    step(by: 1 | -1) {
      const places = items.length + 1;
      setActive(((active + 1 + by + places) % places) - 1);
    },
  };
}

/** Whom the account knows by what was typed, then who wrote or was written to in the rows that are loaded, once each. */
function peopleOf(rows: readonly { from: Address[]; to: Address[] }[]): Address[] {
  const people = new Map<string, Address>();
  for (const row of rows) {
    for (const one of [...row.from, ...row.to]) {
      const key = one.address.toLowerCase();
      if (one.address && !people.get(key)?.name) people.set(key, one);
    }
  }
  return [...people.values()];
}
