import 'server-only';
import type { ImapFlow } from 'imapflow';
import { MailError } from '#lib/errors.ts';
import type { MailboxCounts, MailboxPath } from '#lib/mail/mailbox.ts';
import type { PartNode } from '#lib/mail/part-node.ts';
import type { SearchTerm } from '#lib/mail/search-query.ts';
import { formatUidSet, parseUidSet, toUidSet } from '#lib/mail/uid-set.ts';
import { checkUidValidity } from './check-uid-validity.ts';
import type { Lane } from './lane.ts';
import { pieces } from './pieces.ts';
import { atom, execCommand, sequence, textOf, valueAfter } from './protocol.ts';
import type { Token } from './protocol.ts';
import { readArrivalTimes } from './read-arrival-times.ts';
import { readCounts } from './read-counts.ts';
import { readRows } from './read-rows.ts';
import type { MessageRow } from './read-rows.ts';
import { readStructures } from './read-structures.ts';
import { toSearchProgram } from './search-program.ts';
import { withMailbox } from './with-mailbox.ts';

export interface MailboxSearch {
  path: MailboxPath;
  /**
   * What the server is asked. Where only a message's structure tells some of it, there is one for each case, and `judge` says
   * which case a message is. False: nothing matches then; true: everything does.
   */
  programs: readonly (SearchTerm | boolean)[];
  /** Index into `programs`; null stands for text with nothing attached. */
  judge: ((structure: PartNode | null) => number) | null;
  /** Only messages with this UID or a greater one. */
  fromUid: number | null;
  /** Whether to tell when each result arrived, so that results of several mailboxes can be put in order. */
  withTimes: boolean;
  /** What matches, newest first, where that was asked before (search-together.ts). */
  known: { uidValidity: number; uids: readonly number[] } | null;
  /** How many of the first results come with their rows. */
  rows: number;
}

/** What is told while it runs, newest messages first. The promises of `found` are not waited for. */
export interface SearchReport {
  /** The mailbox as it was when the search of it began; what arrives later is not looked at. */
  opened(counts: MailboxCounts): void;
  /** Results nobody was told of before, newest first. `times` in seconds since 1970, beside `uids`. */
  found(uids: number[], times: number[] | null, rows: MessageRow[]): void;
  /** So many of the mailbox's messages were looked at. */
  looked(messages: number): void;
}

/** Messages looked at in the first step and at most in one. A structure is much more to read than a search's answer. */
const steps = { search: { first: 2_000, most: 250_000 }, structure: { first: 500, most: 100_000 } } as const;
/** Steps of so many messages and more are halved: opening a mailbox once more costs less then. */
const minHalved = 1_500;
/** A step should take about so long, so that results come in and Stop finds the server soon at the next. Milliseconds. */
const stepMs = 600;
/** A step that was begun is waited for. Milliseconds. */
const timeoutMs = 5 * 60_000;

/**
 * Searches a mailbox from the newest message to the oldest, in steps that grow while they are quick. Each step is complete in
 * itself, so a connection that was lost is replaced and the step done again. Sequence numbers below what was looked at are not
 * moved by what arrives or goes above. Where there is a lane `beside`, the older half of a long step is looked through there. Throws a
 * MailError: cancelled when stopped, mailbox-changed when it was made again.
 */
export async function searchImapMailbox(
  lane: Lane,
  search: MailboxSearch,
  report: SearchReport,
  signal: AbortSignal,
  beside: Lane | null = null,
): Promise<void> {
  const told = new Set<number>();
  const { first, most } = search.judge ? steps.structure : steps.search;
  let rowsLeft = search.rows;
  const counts = await withMailbox(lane, search.path, ({ client }) => readCounts(client, search.path), { signal });
  report.opened(counts);
  let top = counts.messages;
  const known = search.known?.uidValidity === counts.uidValidity ? search.known : null;
  for (let size: number = first; top > 0;) {
    const bottom = known ? 1 : Math.max(1, top - size + 1);
    const start = performance.now();
    const step = await withMailbox(
      lane,
      search.path,
      async ({ client, mailbox }) => {
        checkUidValidity(mailbox, counts.uidValidity);
        const inStep = () =>
          beside && top - bottom >= minHalved
            ? matchesInHalves({ client, beside, search, uidValidity: counts.uidValidity, signal }, bottom, top)
            : matchesIn(client, search, { by: 'seq', set: `${bottom}:${top}` });
        const matching = known ? [...known.uids] : await inStep();
        const uids = matching.filter((uid) => !told.has(uid)).sort((a, b) => b - a);
        const set = formatUidSet(toUidSet(uids));
        const times = search.withTimes && uids.length > 0 ? await readArrivalTimes(client, set) : null;
        const shown = uids.slice(0, rowsLeft);
        const rows = shown.length > 0 ? await readRows(client, shown.join(','), 'uid') : [];
        return { uids, times, rows };
      },
      { signal, timeoutMs },
    );
    signal.throwIfAborted();
    for (const uid of step.uids) told.add(uid);
    rowsLeft -= Math.min(rowsLeft, step.uids.length);
    const { times } = step;
    if (step.uids.length > 0) report.found(step.uids, times && step.uids.map((uid) => times.get(uid) ?? 0), step.rows);
    report.looked(counts.messages - bottom + 1);
    const took = performance.now() - start;
    if (took < stepMs / 2) size = Math.min(most, size * (took < stepMs / 10 ? 16 : 4));
    else if (took > stepMs * 2) size = Math.max(first, Math.floor(size / 2));
    top = search.fromUid !== null ? 0 : bottom - 1;
  }
}

interface Halving {
  client: ImapFlow;
  beside: Lane;
  search: MailboxSearch;
  uidValidity: number;
  signal: AbortSignal;
}

/**
 * Those of a step, its halves looked through at the same time. They are told apart by UID: what goes meanwhile moves sequence numbers,
 * and one connection hears of it before the other. A half that cannot be had beside is done here as well.
 */
async function matchesInHalves(
  { client, beside, search, uidValidity, signal }: Halving,
  bottom: number,
  top: number,
): Promise<number[]> {
  const places = await searchUids(client, [sequence(`${bottom},${(bottom + top) >> 1},${top}`)], true);
  const [lowest, middle, highest] = places.sort((a, b) => a - b);
  if (lowest === undefined || middle === undefined || highest === undefined) {
    return matchesIn(client, search, { by: 'seq', set: `${bottom}:${top}` });
  }
  const half: Range = { by: 'uid', set: `${lowest}:${middle}` };
  const older = withMailbox(
    beside,
    search.path,
    async (other) => {
      checkUidValidity(other.mailbox, uidValidity);
      return matchesIn(other.client, search, half);
    },
    { signal, timeoutMs },
  ).catch(() => null);
  const newer = await matchesIn(client, search, { by: 'uid', set: `${middle + 1}:${highest}` });
  return [...newer, ...((await older) ?? (await matchesIn(client, search, half)))];
}

/** Messages by what is sequence numbers or UIDs. */
interface Range {
  by: 'seq' | 'uid';
  set: string;
}

/** The UIDs in a range that match. */
export async function matchesIn(client: ImapFlow, search: MailboxSearch, { by, set }: Range): Promise<number[]> {
  const asked = search.fromUid === null ? set : `${search.fromUid}:*`;
  const keys = by === 'seq' && search.fromUid === null ? [sequence(set)] : [atom('UID'), sequence(asked)];
  const { judge } = search;
  if (!judge) {
    const [program = false] = search.programs;
    const uids = await searchUids(client, keys, program);
    return search.fromUid === null ? uids : uids.filter((uid) => uid >= (search.fromUid ?? 0)); // "*" may be below it.
  }
  const from = search.fromUid ?? 0;
  const matching: number[] = [];
  const isKnown = search.programs.every((program) => typeof program === 'boolean');
  if (isKnown && search.fromUid === null) {
    // Nothing is left to ask but the structures themselves.
    await readStructures(client, set, by, (uid, structure) => {
      if (search.programs[judge(structure)] === true) matching.push(uid);
    });
    return matching;
  }
  const cases: Set<number>[] = [];
  for (const program of search.programs) cases.push(new Set(await searchUids(client, keys, program)));
  const candidates = toUidSet(cases.flatMap((uids) => [...uids].filter((uid) => uid >= from)));
  if (candidates.length === 0) return matching;
  for (const piece of pieces(candidates)) {
    await readStructures(client, formatUidSet(piece), 'uid', (uid, structure) => {
      if (cases[judge(structure)]?.has(uid) === true) matching.push(uid);
    });
  }
  return matching;
}

/** UID SEARCH, answered as a set where the server can (ESEARCH, RFC 4731), else as numbers. */
async function searchUids(client: ImapFlow, keys: Token[], program: SearchTerm | boolean): Promise<number[]> {
  if (program === false) return [];
  const { charset, keys: rest } = toSearchProgram(client, program);
  const canReturn = client.capabilities.has('ESEARCH') || client.capabilities.has('IMAP4rev2');
  const uids: number[] = [];
  const most = client.mailbox ? client.mailbox.exists : 0; // A lying server could name four thousand million.
  const options = canReturn ? [atom('RETURN'), [atom('ALL')]] : [];
  await execCommand(client, 'UID SEARCH', [...options, ...charset, ...keys, ...rest], {
    ESEARCH: (untagged) => {
      const set = parseUidSet(textOf(valueAfter(untagged.attributes ?? [], 'ALL')) ?? '');
      for (const [from, to] of set) for (let uid = from; uid <= to && uids.length < most; uid += 1) uids.push(uid);
    },
    SEARCH: (untagged) => {
      const listed = untagged.numbers ?? (untagged.attributes ?? []).map((node) => Number(textOf(node)));
      for (const uid of listed) if (Number.isSafeInteger(uid) && uid > 0) uids.push(uid);
    },
  }).catch((error: unknown) => {
    throw isRefusal(error) ? new MailError('search-refused', { cause: error }) : error;
  });
  return uids;
}

/** The server understood the connection but not the question: a charset or a key it does not have. */
function isRefusal(error: unknown): boolean {
  const status = error && typeof error === 'object' && 'responseStatus' in error ? error.responseStatus : null;
  return status === 'NO' || status === 'BAD';
}
