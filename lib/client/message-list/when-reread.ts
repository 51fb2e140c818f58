import type { QueryClient } from '@tanstack/react-query';
import { keys } from '#lib/client/keys.ts';
import type { ListState } from './list-state.ts';
import type { SearchState } from '#lib/client/search/search-state.ts';

/** What is read anew is not waited for longer than this, in milliseconds. */
const longestMs = 3_000;

/** Calls once the lists in sight of these mailboxes hold no more than was told: at once where they do. */
export function whenReread(client: QueryClient, mailboxes: readonly string[], then: () => void): void {
  const isStale = (mailbox: string) => {
    const query = client.getQueryCache().find<ListState>({ queryKey: keys.list(mailbox), exact: true });
    return query?.isActive() === true && query.state.data?.isStale === true;
  };
  const isAnyStale = () => mailboxes.some(isStale) || areResultsDated(client, mailboxes);
  if (!isAnyStale()) return then();
  const end = () => {
    clearTimeout(timer);
    unsubscribe();
    then();
  };
  const timer = setTimeout(end, longestMs);
  const unsubscribe = client.getQueryCache().subscribe(() => {
    if (!isAnyStale()) end();
  });
}

function areResultsDated(client: QueryClient, mailboxes: readonly string[]): boolean {
  const searches = client.getQueryCache().findAll({ queryKey: keys.searches });
  return searches.some((query) => {
    const state = query.getObserversCount() > 0 ? (query.state.data as SearchState | undefined) : undefined; // By its key.
    return [...(state?.dated ?? [])].some((id) => mailboxes.includes(state?.refs[id]?.mailbox ?? ''));
  });
}
