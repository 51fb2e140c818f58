import 'server-only';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { Lane } from '#server/imap/lane.ts';
import { readRows } from '#server/imap/read-rows.ts';
import type { MessageRow } from '#server/imap/read-rows.ts';
import type { SearchReport } from '#server/imap/search-mailbox.ts';
import { withMailbox } from '#server/imap/with-mailbox.ts';
import { compareInOrder } from './in-order.ts';
import type { SortKey } from './in-order.ts';

/** What was found in one mailbox, in no order. */
export interface UnsortedMailbox {
  path: MailboxPath;
  report: Pick<SearchReport, 'found'>;
  keys: readonly SortKey[];
}

/** Puts the results of all mailboxes in one order and tells them, the first so many with their rows. Throws a MailError. */
export async function tellInOrder(
  lane: Lane,
  mailboxes: readonly UnsortedMailbox[],
  rows: number,
  signal: AbortSignal,
): Promise<void> {
  const all = mailboxes.flatMap((mailbox) => mailbox.keys.map((key) => ({ ...key, mailbox })));
  const placed = all
    .sort(compareInOrder)
    .map(({ uid, mailbox }, index) => ({ uid, mailbox, rank: all.length - index }));
  const shown = Map.groupBy(placed.slice(0, rows), ({ mailbox }) => mailbox);
  for (const [mailbox, found] of Map.groupBy(placed, (one) => one.mailbox)) {
    const uids = (shown.get(mailbox) ?? []).map(({ uid }) => uid);
    const firstRows = uids.length > 0 ? await rowsOf(lane, mailbox.path, uids, signal) : [];
    const ranks = found.map(({ rank }) => rank);
    mailbox.report.found(
      found.map(({ uid }) => uid),
      ranks,
      firstRows,
    );
  }
}

function rowsOf(lane: Lane, path: MailboxPath, uids: readonly number[], signal: AbortSignal): Promise<MessageRow[]> {
  return withMailbox(lane, path, ({ client }) => readRows(client, uids.join(','), 'uid'), { signal });
}
