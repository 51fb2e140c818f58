import { useState } from 'react';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { closeSearch, openSearch } from '#lib/client/location.ts';
import { areSearchesKept } from '#lib/client/search/mail-search.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { maxKeptSearches } from '#lib/mail/default-preferences.ts';
import { parseSearch } from '#lib/mail/parse-search.ts';
import type { SearchScope } from '#lib/mail/search-query.ts';
import { useRefusalText } from './refusal-text.ts';

/** Starts searches from what a person typed or chose; says in words what cannot be understood. */
export function useSearch() {
  const { mailbox, search } = useMailContext();
  const { preferences, set } = usePreferences();
  const refusalText = useRefusalText();
  const [refusal, setRefusal] = useState<string | null>(null);

  /** Answers whether it is understood. Nothing at all leads back to the mailbox. */
  function run(text: string, scope: SearchScope = search?.scope ?? 'mailbox'): boolean {
    const parsed = parseSearch(text);
    setRefusal(parsed.ok ? null : refusalText(parsed.refusal));
    if (!parsed.ok) return false;
    const q = text.trim();
    const sort = search?.sort ?? null;
    if (parsed.query.type === 'all' && !sort) closeSearch();
    else openSearch(mailbox, { q, scope, sort });
    if (q !== '' && areSearchesKept() && preferences.recentSearches[0] !== q) {
      const others = preferences.recentSearches.filter((one) => one !== q);
      void set({ recentSearches: [q, ...others].slice(0, maxKeptSearches.recent) });
    }
    return true;
  }

  return { run, refusal, dismiss: () => setRefusal(null) };
}
