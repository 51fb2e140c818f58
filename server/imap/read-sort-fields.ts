import 'server-only';
import type { ImapFlow } from 'imapflow';
import { MailError } from '#lib/errors.ts';
import type { SearchSort } from '#lib/mail/search-query.ts';
import { formatUidSet, toUidSet } from '#lib/mail/uid-set.ts';
import type { Lane } from './lane.ts';
import { pieces } from './pieces.ts';
import { whileTaking } from './plain-lines.ts';
import type { TakeLine } from './plain-lines.ts';
import { atom, execCommand, headerFields, sequence, withRawFetches } from './protocol.ts';
import { readCounts } from './read-counts.ts';
import { readSizes } from './read-sizes.ts';
import { matchesIn } from './search-mailbox.ts';
import type { MailboxSearch, SearchReport } from './search-mailbox.ts';
import { sortTiming, withinSortTime } from './sort-time.ts';
import { withMailbox } from './with-mailbox.ts';

/** What a message is put in order by. */
export interface SortFields {
  uid: number;
  /** INTERNALDATE, in milliseconds since 1970. */
  received: number;
  /** Octets; 0 unless the order is by size. */
  size: number;
  /** Date, and From or Subject, as they stand; empty when the order is by size. */
  header: string;
}

/** What is left of what may be sorted here, over all mailboxes of a search. */
export interface SortRoom {
  messages: number;
  milliseconds: number;
}

/** Here every message is read for it, and all of them are held at once. */
export const sortRoom = (): SortRoom => ({ messages: 25_000, milliseconds: sortTiming.mostMs });

const headers = { date: ['Date'], from: ['Date', 'From'], subject: ['Date', 'Subject'] } as const;
/** Of a header that is longer nobody reads the rest. */
const maxHeader = 4_000;
const timeoutMs = 2 * 60_000;

/**
 * Searches a mailbox at once and answers what `toKey` makes of what its results are to be put in order by, for orders
 * that no server knows: over several mailboxes, or without SORT (RFC 5256). Takes what it needs from `room`; throws
 * too-many-to-sort when that is not enough.
 */
export async function readSortFields<T>(
  lane: Lane,
  search: MailboxSearch,
  sort: SearchSort,
  toKey: (fields: SortFields) => T,
  report: Pick<SearchReport, 'opened' | 'looked'>,
  room: SortRoom,
  signal: AbortSignal,
): Promise<T[]> {
  let took = 0;
  const keys = await withMailbox(
    lane,
    search.path,
    async ({ client }) => {
      const counts = await readCounts(client, search.path);
      report.opened(counts);
      if (counts.messages === 0) return [];
      const isAll = search.programs[0] === true && !search.judge;
      if (isAll && counts.messages > room.messages) throw new MailError('too-many-to-sort');
      const known = search.known?.uidValidity === counts.uidValidity ? search.known.uids : null;
      const uids = known ?? (await matchesIn(client, search, { by: 'seq', set: `1:${counts.messages}` }));
      if (uids.length > room.messages) throw new MailError('too-many-to-sort');
      const read = new Map<number, T>();
      const start = performance.now();
      await withinSortTime(client, room.milliseconds, async () => {
        for (const piece of pieces(toUidSet(uids))) {
          await readFields(client, formatUidSet(piece), sort, (fields) => void read.set(fields.uid, toKey(fields)));
        }
      });
      took = performance.now() - start;
      report.looked(counts.messages);
      return uids.flatMap((uid) => read.get(uid) ?? []);
    },
    { signal, timeoutMs },
  );
  room.milliseconds -= took;
  room.messages -= keys.length;
  if (room.messages < 0) throw new MailError('too-many-to-sort');
  return keys;
}

const usual =
  /^\* \d+ FETCH \(UID (\d{1,10}) INTERNALDATE "([^"]{1,40})" BODY\[HEADER\.FIELDS \([^)]{1,40}\)\] \{\d+\}$/i;

/** Read past imapflow's parser, and not as ENVELOPE: that is several times as much. */
async function readFields(
  client: ImapFlow,
  uids: string,
  sort: SearchSort,
  tell: (message: SortFields) => void,
): Promise<void> {
  if (sort === 'size') {
    return readSizes(client, uids, 'uid', ({ uid, size, date }) =>
      tell({ uid, size, received: timeOf(date), header: '' }),
    );
  }
  const plain: TakeLine = (line, literal) => {
    const match = literal && usual.exec(line);
    if (!match) return false;
    const header = literal.toString('utf8', 0, maxHeader);
    tell({ uid: Number(match[1]), received: timeOf(match[2] ?? ''), size: 0, header });
    return true;
  };
  const items = [atom('UID'), atom('INTERNALDATE'), headerFields(...headers[sort])];
  await withRawFetches(
    client,
    ({ payload, literals }) => {
      const line = payload.toString('latin1');
      const uid = Number(/[( ]UID (\d{1,10})[ )]/i.exec(line)?.[1]);
      const date = /INTERNALDATE "([^"]{1,40})"/i.exec(line)?.[1];
      if (!(uid > 0) || date === undefined || !/BODY\[/i.test(line)) return false; // An unsolicited flag change.
      tell({ uid, received: timeOf(date), size: 0, header: literals?.[0]?.toString('utf8', 0, maxHeader) ?? '' });
      return true;
    },
    () =>
      whileTaking(client, plain, () => execCommand(client, 'UID FETCH', [sequence(uids), items], { FETCH: () => {} })),
  );
}

function timeOf(date: string): number {
  return Date.parse(date.trim()) || 0;
}
