import 'server-only';
import { MailError } from '#lib/errors.ts';
import type { SearchSort } from '#lib/mail/search-query.ts';
import { formatUidSet, toUidSet } from '#lib/mail/uid-set.ts';
import type { Lane } from './lane.ts';
import { atom, execCommand, sequence, textOf } from './protocol.ts';
import { readCounts } from './read-counts.ts';
import { readRows } from './read-rows.ts';
import { matchesIn } from './search-mailbox.ts';
import type { MailboxSearch, SearchReport } from './search-mailbox.ts';
import { withMailbox } from './with-mailbox.ts';

/** RFC 5256 section 3: the latest and the largest first, names and subjects from A on. */
const orders: Readonly<Record<SearchSort, readonly string[]>> = {
  date: ['REVERSE', 'DATE'],
  from: ['FROM', 'REVERSE', 'DATE'],
  subject: ['SUBJECT', 'REVERSE', 'DATE'],
  size: ['REVERSE', 'SIZE'],
};

/** More than this is not sorted: a server may read every message for it (a million took one more than a minute). */
export const maxSorted = 25_000;
const timeoutMs = 2 * 60_000;

/**
 * Searches a mailbox at once and tells all that matches in the order asked for; the times beside the UIDs are ranks, the greatest
 * first. Throws too-many-to-sort above maxSorted, cannot-sort where the server has no SORT.
 */
export async function sortImapMailbox(
  lane: Lane,
  search: MailboxSearch,
  sort: SearchSort,
  report: SearchReport,
  signal: AbortSignal,
): Promise<void> {
  await withMailbox(
    lane,
    search.path,
    async ({ client }) => {
      if (!client.capabilities.has('SORT')) throw new MailError('cannot-sort');
      const counts = await readCounts(client, search.path);
      report.opened(counts);
      if (counts.messages === 0) return;
      if (search.programs[0] === true && !search.judge && counts.messages > maxSorted) {
        throw new MailError('too-many-to-sort');
      }
      const matching = await matchesIn(client, search, { by: 'seq', set: `1:${counts.messages}` });
      if (matching.length > maxSorted) throw new MailError('too-many-to-sort');
      if (matching.length === 0) return;
      const sorted: number[] = [];
      const set = sequence(formatUidSet(toUidSet(matching)));
      await execCommand(client, 'UID SORT', [orders[sort].map(atom), atom('UTF-8'), atom('UID'), set], {
        SORT: (untagged) => {
          sorted.push(...(untagged.numbers ?? (untagged.attributes ?? []).map((node) => Number(textOf(node)))));
        },
      });
      const wanted = new Set(matching);
      const uids = sorted.filter((uid) => wanted.delete(uid)); // Each once, and none that was not asked for.
      const shown = uids.slice(0, search.rows);
      const rows = shown.length > 0 ? await readRows(client, shown.join(','), 'uid') : [];
      const ranks = uids.map((_, index) => uids.length - index);
      report.found(uids, ranks, rows);
      report.looked(counts.messages);
    },
    { signal, timeoutMs },
  );
}
