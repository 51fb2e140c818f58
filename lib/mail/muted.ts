import type { Keyword } from './keyword.ts';
import { isBelow } from './mailbox-path.ts';
import type { Mailbox, MailboxPath } from './mailbox.ts';

/**
 * On the messages of a conversation whose answers are not wanted in the inbox (IANA's registry of IMAP keywords;
 * draft-ietf-mailmaint-messageflag-mailboxattribute section 3.5): every program of the account sees it.
 */
export const mutedKeyword: Keyword = '$muted';

/** Looked through at most for what new mail answers: the inbox, and archives by year. */
const mostPlaces = 12;

export function isMuted(keywords: readonly Keyword[]): boolean {
  return keywords.includes(mutedKeyword);
}

/** Where a muted conversation lies, so that what answers it is known: the inbox, and the archive with what is below it. */
export function mutedPlaces(
  mailboxes: readonly Pick<Mailbox, 'path' | 'delimiter' | 'role' | 'selectable'>[],
): MailboxPath[] {
  const archives = mailboxes.filter(({ role }) => role === 'archive' || role === 'all');
  const below = mailboxes.filter(({ path, role }) => role === null && archives.some((one) => isBelow(one, path)));
  const places = [...archives, ...below].filter(({ selectable, path }) => selectable && path !== 'INBOX');
  return ['INBOX', ...places.map(({ path }) => path)].slice(0, mostPlaces);
}
