import 'server-only';
import { isMailError, MailError, toMailErrorValue } from '#lib/errors.ts';
import type { Mailbox, MailboxCounts, MailboxPath } from '#lib/mail/mailbox.ts';
import type { FoundMessages, SearchLine } from '#lib/mail/search-results.ts';
import type { SearchQuery, SearchScope, SearchSort } from '#lib/mail/search-query.ts';
import { toUidSet } from '#lib/mail/uid-set.ts';
import { hasGmailLabels } from '#server/imap/gmail-labels.ts';
import { listMailboxes } from '#server/imap/list-mailboxes.ts';
import { readCountsOf } from '#server/imap/read-counts.ts';
import { searchImapMailbox } from '#server/imap/search-mailbox.ts';
import type { SearchReport } from '#server/imap/search-mailbox.ts';
import { searchTogether } from '#server/imap/search-together.ts';
import type { FoundTogether } from '#server/imap/search-together.ts';
import { canSort, sortImapMailbox } from '#server/imap/sort-mailbox.ts';
import type { SortReport } from '#server/imap/sort-mailbox.ts';
import { readSortFields, sortRoom } from '#server/imap/read-sort-fields.ts';
import type { SortFields } from '#server/imap/read-sort-fields.ts';
import type { Lane } from '#server/imap/lane.ts';
import type { MessageRow } from '#server/imap/read-rows.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { withConnection } from '#server/imap/with-mailbox.ts';
import { chooseMailboxes } from './choose-mailboxes.ts';
import type { ChosenMailbox } from './choose-mailboxes.ts';
import { sortKeyOf } from './in-order.ts';
import { splitLocal } from './local-leaves.ts';
import type { LocalPart } from './local-leaves.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';
import { tellInOrder } from './tell-in-order.ts';
import type { UnsortedMailbox } from './tell-in-order.ts';
import { toSummary } from '#server/mail/to-summary.ts';

export interface SearchRequest {
  query: SearchQuery;
  scope: SearchScope;
  /** Null: by arrival, newest first. */
  sort: SearchSort | null;
  /** The mailbox the person is in. */
  mailbox: MailboxPath;
  /** Only messages of this mailbox with this UID or a greater one: what arrived since. */
  fromUid: number | null;
}

/** Rows that come with the results: a screen of them, or of several mailboxes a few each. */
const firstRows = 50;
const rowsOfEach = 15;
/** Mailboxes with results whose changes the feed tells message by message; of others who looks at them asks when they moved. */
const maxLooked = 12;

/**
 * Searches, and tells each finding as it comes. Ends when all is told, or by `signal`: then the server's connection is closed at
 * once. One of several mailboxes that fails is told of and the others go on; throws a MailError when the search as a whole failed.
 */
export async function searchMessages(
  session: ImapSession,
  request: SearchRequest,
  tell: (line: SearchLine) => void,
  signal: AbortSignal,
): Promise<void> {
  const mailboxes = await listMailboxes(session, signal);
  const isGmail = await areMailboxesLabels(session, mailboxes, signal);
  const scope = request.fromUid === null ? request.scope : 'mailbox';
  const chosen = chooseMailboxes(request.query, scope, request.mailbox, mailboxes, isGmail).filter(
    ({ mailbox }) => request.fromUid === null || mailbox.path === request.mailbox,
  );
  const isOne = chosen.length === 1 && request.scope === 'mailbox';
  const looked = new Map(chosen.map(({ mailbox }) => [mailbox.path, { at: 0, of: mailbox.counts?.messages ?? 0 }]));
  const results = new Map<MailboxPath, number>();
  const followed = new Set<MailboxPath>();

  function follow(path: MailboxPath, counts: MailboxCounts): void {
    if (followed.has(path) || followed.size === maxLooked) return;
    followed.add(path);
    sessionFeed(session).look(path, counts);
  }

  function reportOf(path: MailboxPath): SearchReport & SortReport {
    let opened: MailboxCounts | null = null;
    results.set(path, 0);
    function tellFound(uids: number[], found: FoundMessages, rows: MessageRow[]): void {
      if (opened) follow(path, opened);
      results.set(path, (results.get(path) ?? 0) + uids.length);
      const uidValidity = opened?.uidValidity ?? 0;
      tell({ type: 'found', mailbox: path, uidValidity, results: found, rows: rows.map(toSummary) });
    }
    return {
      opened(counts) {
        opened = counts;
        if (chosen.length === 1) follow(path, counts);
        looked.set(path, { at: 0, of: counts.messages });
        tell({ type: 'opened', mailbox: path, counts });
      },
      found(uids, times, rows) {
        tellFound(uids, times ? { listed: uids, times } : { uids: toUidSet(uids) }, rows);
      },
      sorted: (uids, rank, rows) => tellFound(uids, { listed: uids, rank }, rows),
      looked(at) {
        looked.set(path, { at, of: looked.get(path)?.of ?? at });
        const all = [...looked.values()];
        tell({ type: 'looked', messages: sum(all.map((one) => one.at)), of: sum(all.map((one) => one.of)) });
      },
    };
  }

  const { sort } = request;
  const isSortedHere = sort !== null && !(chosen.length === 1 && (await canSort(session.search, signal)));
  const unsorted: UnsortedMailbox[] = [];
  const room = sortRoom();

  const together = await askTogether(session.search, chosen, request.fromUid, isGmail, signal);

  async function searchOne(lane: Lane, { mailbox, query }: ChosenMailbox): Promise<void> {
    const { path, counts } = mailbox;
    const report = reportOf(path);
    if (together && !together.has(path)) {
      const state = counts ?? (await readCountsOf(session, path, signal));
      report.opened(state);
      return report.looked(state.messages);
    }
    const local = splitLocal(query, isGmail);
    if (!local) throw new MailError('search-refused');
    const search = {
      path,
      ...local,
      fromUid: request.fromUid,
      withTimes: !isOne,
      rows: chosen.length === 1 ? firstRows : rowsOfEach,
      known: together?.get(path) ?? null,
    };
    if (sort && isSortedHere) {
      const toKey = (fields: SortFields) => sortKeyOf(fields, sort);
      unsorted.push({ path, report, keys: await readSortFields(lane, search, sort, toKey, report, room, signal) });
    } else if (sort) await sortImapMailbox(lane, search, sort, report, signal);
    else await searchImapMailbox(lane, search, report, signal, besideOf(search));
  }

  /** Of what the server can't search everything is read: that two connections do sooner than one, where there is nothing else for them. */
  function besideOf({ judge }: LocalPart): Lane | null {
    return judge && chosen.length === 1 ? (session.searchLanes(2)[1] ?? null) : null;
  }

  const waiting = [...chosen];
  async function work(lane: Lane, index: number): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      try {
        await searchOne(lane, next);
      } catch (error) {
        const isForAll = signal.aborted || chosen.length === 1 || !isMailError(error);
        if (isForAll || error.code === 'too-many-to-sort') {
          waiting.length = 0;
          throw error;
        }
        if (index > 0 && error.code === 'too-many-connections') {
          waiting.unshift(next); // Somebody needs the place; the first lane goes on alone.
          return;
        }
        results.delete(next.mailbox.path);
        tell({ type: 'failed', mailbox: next.mailbox.path, error: toMailErrorValue(error) });
      }
    }
  }
  await Promise.all(session.searchLanes(chosen.length).map(work));
  if (sort && isSortedHere) await tellInOrder(session.search, unsorted, firstRows, signal);
  tell({ type: 'done', results: sum([...results.values()]) });
}

/** Gmail has a mailbox with all mail, and others do too: which it is its server says. */
async function areMailboxesLabels(
  session: ImapSession,
  mailboxes: readonly Mailbox[],
  signal: AbortSignal,
): Promise<boolean> {
  if (!mailboxes.some(({ role }) => role === 'all')) return false;
  return withConnection(session.search, (client) => Promise.resolve(hasGmailLabels(client)), { signal });
}

/** One question for all mailboxes, where it is the same in each and the server can be asked so; null otherwise. */
async function askTogether(
  lane: Lane,
  chosen: readonly ChosenMailbox[],
  fromUid: number | null,
  isGmail: boolean,
  signal: AbortSignal,
): Promise<Map<MailboxPath, FoundTogether> | null> {
  const [first] = chosen;
  if (!first || chosen.length < 2 || fromUid !== null || splitLocal(first.query, isGmail)?.judge !== null) return null;
  const isSame = chosen.every(({ query }) => JSON.stringify(query) === JSON.stringify(first.query));
  const paths = chosen.map(({ mailbox }) => mailbox.path);
  return isSame ? searchTogether(lane, paths, first.query, signal) : null;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
