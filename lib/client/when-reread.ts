import type { QueryClient } from '@tanstack/react-query';
import { keys } from './keys.ts';
import type { ListState } from './message-window.ts';

/** What is read anew is not waited for longer than this, in milliseconds. */
const longestMs = 3_000;

/** Calls once the lists in sight of these mailboxes hold no more than was told: at once where they do. */
export function whenReread(client: QueryClient, mailboxes: readonly string[], then: () => void): void {
  const isStale = (mailbox: string) => {
    const query = client.getQueryCache().find<ListState>({ queryKey: keys.list(mailbox), exact: true });
    return query?.isActive() === true && query.state.data?.isStale === true;
  };
  if (!mailboxes.some(isStale)) return then();
  const end = () => {
    clearTimeout(timer);
    unsubscribe();
    then();
  };
  const timer = setTimeout(end, longestMs);
  const unsubscribe = client.getQueryCache().subscribe(() => {
    if (!mailboxes.some(isStale)) end();
  });
}
