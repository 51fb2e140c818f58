import type { QueryClient } from '@tanstack/react-query';
import { keys } from '#lib/client/keys.ts';
import type { MailSearch } from './mail-search.ts';
import { noResults } from './search-state.ts';
import type { SearchState } from './search-state.ts';

/** The state of one search in the query cache. */
export interface SearchCache {
  read(): SearchState | undefined;
  update(change: (state: SearchState) => SearchState): void;
}

export function searchCache(client: QueryClient, mailbox: string, search: MailSearch): SearchCache {
  const key = keys.search(mailbox, search);
  return {
    read: () => client.getQueryData<SearchState>(key),
    update: (change) => void client.setQueryData<SearchState>(key, (state) => change(state ?? noResults)),
  };
}
