import { leavesIn } from '#lib/mail/leaves-in.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import type { MailSearch } from './mail-search.ts';

/**
 * Whether a mailbox that was made since belongs to those that a search from the mailbox `open` on looks through. `all`: as there are now,
 * with it. The server chooses in the same way (server/mail/search/choose-mailboxes.ts).
 */
export function isSearchedToo(
  { path, role, selectable }: Mailbox,
  search: MailSearch,
  open: string,
  all: readonly Mailbox[],
): boolean {
  if (search.scope === 'mailbox' || !selectable || all.some((one) => one.role === 'all')) return false;
  if (role === 'trash' || role === 'junk' || role === 'flagged' || role === 'important') return false;
  const isPlaced = leavesIn(search.q).some(({ type }) => type === 'in');
  if (isPlaced) return false;
  const delimiter = all.find((one) => one.path === open)?.delimiter;
  return search.scope === 'all' || (delimiter != null && path.startsWith(open + delimiter));
}
