import 'server-only';
import type { ImapFlow } from 'imapflow';
import { MailError } from '#lib/errors.ts';
import type { SearchSort } from '#lib/mail/search-query.ts';
import { formatUidSet, toUidSet } from '#lib/mail/uid-set.ts';
import type { Lane } from './lane.ts';
import { maxSetLength } from './pieces.ts';
import { atom, execCommand, sequence, textOf, valueAfter } from './protocol.ts';
import type { Token } from './protocol.ts';
import { readCounts } from './read-counts.ts';
import { readRows } from './read-rows.ts';
import type { MessageRow } from './read-rows.ts';
import { matchesIn } from './search-mailbox.ts';
import type { MailboxSearch, SearchReport } from './search-mailbox.ts';
import { toSearchProgram } from './search-program.ts';
import { sortTiming, withinSortTime } from './sort-time.ts';
import { withConnection, withMailbox } from './with-mailbox.ts';

/** What a sort tells besides what every search does. */
export interface SortReport extends Pick<SearchReport, 'opened' | 'looked'> {
  /** Results in the order asked for: the first has this rank, each that follows one less. Nobody was told of them before. */
  sorted(uids: number[], rank: number, rows: MessageRow[]): void;
}

/** More than this is not sorted: what is beyond took Dovecot and the browser together longer than anyone waits. */
export const maxSorted = 100_000;
/** From so many on the first rows are asked for alone: the whole order is a long answer, and the browser takes it apart. */
const minWindowed = 2_000;
const timeoutMs = 2 * 60_000;

/** Whether the server sorts by itself (SORT, RFC 5256). */
export function canSort(lane: Lane, signal: AbortSignal): Promise<boolean> {
  return withConnection(lane, (client) => Promise.resolve(client.capabilities.has('SORT')), { signal });
}

/**
 * Searches a mailbox at once and tells all that matches in the order asked for; where the server can (PARTIAL, RFC 5267) a screen of
 * rows is told before the rest. Throws too-many-to-sort above maxSorted, and when the sort takes longer than sortTiming says: its
 * connection is closed then.
 */
export async function sortImapMailbox(
  lane: Lane,
  search: MailboxSearch,
  sort: SearchSort,
  report: SortReport,
  signal: AbortSignal,
): Promise<void> {
  await withMailbox(
    lane,
    search.path,
    async ({ client }) => {
      const counts = await readCounts(client, search.path);
      report.opened(counts);
      if (counts.messages === 0) return;
      if (search.programs[0] === true && !search.judge && counts.messages > maxSorted) {
        throw new MailError('too-many-to-sort');
      }
      const matching = await matchesIn(client, search, { by: 'seq', set: `1:${counts.messages}` });
      if (matching.length > maxSorted) throw new MailError('too-many-to-sort');
      if (matching.length === 0) return;
      const wanted = new Set(matching);
      const keys = [orderOf(client, sort).map(atom), ...keysOf(client, search, matching)];
      let rank = matching.length;
      let rowsLeft = search.rows;
      async function tell(sorted: number[]): Promise<void> {
        const uids = sorted.filter((uid) => wanted.delete(uid)); // Each once, and none that was not asked for.
        const shown = uids.slice(0, rowsLeft);
        const rows = shown.length > 0 ? await readRows(client, shown.join(','), 'uid') : [];
        rowsLeft -= shown.length;
        report.sorted(uids, rank, rows);
        rank -= uids.length;
      }
      await withinSortTime(client, sortTiming.mostMs, async () => {
        const isWindowed = search.rows > 0 && matching.length >= minWindowed && hasPartialSort(client);
        if (isWindowed) await tell(await sortedUids(client, keys, search.rows));
        await tell(await sortedUids(client, keys, null));
      });
      report.looked(counts.messages);
    },
    { signal, timeoutMs },
  );
}

/** Cyrus 3.6 has ESORT without contexts, and answers BAD to PARTIAL; Dovecot 2.3 names CONTEXT=SEARCH alone, and means both. */
function hasPartialSort({ capabilities }: ImapFlow): boolean {
  return capabilities.has('ESORT') && ['CONTEXT=SORT', 'CONTEXT=SEARCH'].some((context) => capabilities.has(context));
}

/** The latest and the largest first, names and subjects from A on; names as they are shown where the server can (RFC 5957). */
function orderOf(client: ImapFlow, sort: SearchSort): string[] {
  const from = client.capabilities.has('SORT=DISPLAY') ? 'DISPLAYFROM' : 'FROM';
  const orders: Readonly<Record<SearchSort, string[]>> = {
    date: ['REVERSE', 'DATE'],
    from: [from, 'REVERSE', 'DATE'],
    subject: ['SUBJECT', 'REVERSE', 'DATE'],
    size: ['REVERSE', 'SIZE'],
  };
  return orders[sort];
}

/**
 * What is sorted, after the charset: the messages themselves where they fit a command, else the question that found them. Of what only
 * the structures told, all between the oldest and the newest.
 */
function keysOf(client: ImapFlow, search: MailboxSearch, matching: readonly number[]): Token[] {
  const set = formatUidSet(toUidSet(matching));
  const [program = false] = search.programs;
  if (set.length > maxSetLength && !search.judge && typeof program === 'object') {
    const { charset, keys } = toSearchProgram(client, program);
    return [charset.at(-1) ?? atom('UTF-8'), ...keys];
  }
  const uids = toUidSet(matching);
  const whole = `${uids[0]?.[0] ?? 1}:${uids.at(-1)?.[1] ?? 1}`;
  return [atom('UTF-8'), atom('UID'), sequence(set.length > maxSetLength ? whole : set)];
}

/** The order, or only its first so many (PARTIAL, RFC 5267 section 4.4). */
async function sortedUids(client: ImapFlow, keys: Token[], first: number | null): Promise<number[]> {
  const sorted: number[] = [];
  const most = client.mailbox ? client.mailbox.exists : 0; // A lying server could name four thousand million.
  const options = first === null ? [] : [atom('RETURN'), [atom('PARTIAL'), sequence(`1:${first}`)]];
  await execCommand(client, 'UID SORT', [...options, ...keys], {
    SORT: (untagged) => {
      sorted.push(...(untagged.numbers ?? (untagged.attributes ?? []).map((node) => Number(textOf(node)))));
    },
    ESEARCH: ({ attributes = [] }) => {
      const partial = valueAfter(attributes, 'PARTIAL');
      const set = Array.isArray(partial) ? (textOf(partial[1]) ?? '') : '';
      for (const piece of set.split(',')) {
        const [from = NaN, to = from] = piece.split(':').map(Number);
        const step = to < from ? -1 : 1;
        for (let uid = from; (to - uid) * step >= 0 && sorted.length < most; uid += step) sorted.push(uid);
      }
    },
  });
  return sorted;
}
