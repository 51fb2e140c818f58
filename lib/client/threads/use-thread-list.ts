import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { joinGroups, lowerBound, noGroups, toGroups } from '#lib/mail/thread-groups.ts';
import type { UidSet } from '#lib/mail/event.ts';
import { countUids, formatUidSet, sliceUids, toUidSet, uidsBelow, uniteUids } from '#lib/mail/uid-set.ts';
import type { MessageSummary } from '#lib/mail/message.ts';
import { keys } from '#lib/client/keys.ts';
import { toListRow } from '#lib/client/message-list/message-list.ts';
import type { ListRow, MessageList } from '#lib/client/message-list/message-list.ts';
import { positionOf, rowAtPosition } from '#lib/client/message-list/list-state.ts';
import type { ListState } from '#lib/client/message-list/list-state.ts';
import { overlayList, overlayMessage } from '#lib/client/acts/pending.ts';
import type { Pending } from '#lib/client/acts/pending.ts';
import type { ListSource } from '#lib/client/message-list/use-message-list.ts';
import { foldThreads, membersAt, placeOf, threadCount } from './fold-threads.ts';
import type { FoldedThreads } from './fold-threads.ts';
import { linkRows } from './link-rows.ts';
import { makeKeptRows } from './kept-rows.ts';
import type { KeptRows } from './kept-rows.ts';
import { makeThreadLoader } from './thread-loader.ts';
import type { ThreadLoader } from './thread-loader.ts';
import { toThreadRow } from './thread-row.ts';
import type { ThreadState } from './thread-state.ts';

/** Rows of one conversation that are read to tell who wrote it and whether all is read: the newest, and the first. */
const maxMembers = 1_000;
/** So many of each are read before the rest of any. */
const firstMembers = 20;
/** Rows read around those in sight. */
const around = 20;

/**
 * A mailbox's messages folded into conversations, the one with the newest message first; null while it is shown as single messages. What
 * is not known to belong together stands alone: at first only what the loaded rows say themselves, so that the list stands at once.
 */
export function useThreadList(source: ListSource, flat: MessageList, isOn: boolean): MessageList | null {
  const client = useQueryClient();
  const { mailbox, confirmed, pending, loader } = source;
  const [made, setMade] = useState(() => ({ mailbox, ...make(client, mailbox) }));
  if (made.mailbox !== mailbox) setMade({ mailbox, ...make(client, mailbox) });
  const { threadLoader, kept, fold } = made;
  const { data: threads } = useQuery<ThreadState>({
    queryKey: keys.threads(mailbox),
    enabled: false,
    queryFn: () => Promise.reject(new Error('Set by its loader')),
  });

  const uidValidity = confirmed?.uidValidity;
  const isKnown = uidValidity !== undefined && threads?.uidValidity === uidValidity;
  // Leaving a mailbox may have cut it short.
  const isLearnt = isKnown && threads.isAll;
  useEffect(() => {
    if (isOn && uidValidity !== undefined && !isLearnt) threadLoader.learn();
  }, [isOn, uidValidity, isLearnt, threadLoader]);

  const hasArrivals = isKnown && confirmed !== undefined && confirmed.uidNext > threads.uidNext;
  const uidNext = confirmed?.uidNext;
  useEffect(() => {
    if (isOn && hasArrivals) threadLoader.join();
  }, [isOn, hasArrivals, uidNext, threads, threadLoader]);

  const mustKnow = isOn && confirmed !== undefined && confirmed.uids === null;
  useEffect(() => {
    if (mustKnow) loader.knowAll().catch(() => {}); // The newest rows stand; the next change asks again.
  }, [mustKnow, confirmed?.token, confirmed?.uidNext, loader]);

  useEffect(() => () => threadLoader.stop(), [threadLoader]);

  const known = isKnown ? threads : undefined;
  return useMemo(
    () => (isOn && confirmed ? toThreadList(source, flat, confirmed, pending, known, threadLoader, kept, fold) : null),
    [isOn, source, flat, confirmed, pending, known, threadLoader, kept, fold],
  );
}

function make(client: Parameters<typeof makeThreadLoader>[0], mailbox: string) {
  return { threadLoader: makeThreadLoader(client, mailbox), kept: makeKeptRows(), fold: makeFold() };
}

function toThreadList(
  source: ListSource,
  flat: MessageList,
  confirmed: ListState,
  pending: Pending,
  threads: ThreadState | undefined,
  threadLoader: ThreadLoader,
  kept: KeptRows,
  fold: Fold,
): MessageList {
  const { mailbox } = source;
  // While it is asked anew which messages there are, those that were known hold the list together.
  const uids = kept.uidsOf(confirmed);
  const held = confirmed.uids || !uids ? confirmed : { ...confirmed, uids, messages: countUids(uids) };
  const state = overlayList(held, pending);
  const { uidValidity } = state;
  const folded = fold(state, threads);
  const count = threadCount(folded);
  const rest = Math.max(0, state.messages - folded.uids.length);
  const total = state.messages;

  const summaryOf = (uid: number): MessageSummary | undefined => kept.rowOf(state, uid);
  const toRow = (row: MessageSummary): ListRow => {
    const ref = { mailbox, uidValidity, uid: row.uid };
    return toListRow(overlayMessage(row, ref, pending), row.uid, ref);
  };
  const messageOf = (uid: number): ListRow | undefined => {
    const summary = summaryOf(uid);
    return summary && toRow(summary);
  };
  const threadAt = (place: number): ListRow | undefined => {
    const members = membersAt(folded, place);
    const newest = messageOf(members[members.length - 1] ?? 0);
    if (!newest || members.length < 2) return newest;
    return toThreadRow(
      newest,
      members,
      [...looked(members)].flatMap((uid) => messageOf(uid) ?? []),
    );
  };
  /** The position, from the oldest, of a row below the threads. */
  const positionAt = (rowIndex: number) => rest - (rowIndex - count) + 1;

  const indexOf = (id: number): number | null => {
    const place = placeOf(folded, id);
    if (place !== null) return place + 1;
    const position = positionOf(state, id);
    return position === null || position > rest ? null : count + rest - position + 1;
  };

  return {
    ...flat,
    messages: count + rest,
    isThreaded: true,
    total,
    rowAt(rowIndex) {
      if (rowIndex < 1 || rowIndex > count + rest) return undefined;
      if (rowIndex <= count) return threadAt(rowIndex - 1);
      const row = rowAtPosition(state, positionAt(rowIndex));
      return row && toRow(row);
    },
    indexOf,
    placeOf(row) {
      if (row.ref.uidValidity === uidValidity) return indexOf(row.ref.uid);
      // The mailbox was made again; the flat list knows which message that is now.
      const flatIndex = flat.placeOf(row);
      const now = flatIndex === null ? undefined : flat.rowAt(flatIndex);
      return now ? indexOf(now.ref.uid) : null;
    },
    idsOf(id) {
      const place = placeOf(folded, id);
      return place === null ? [id] : [...membersAt(folded, place)];
    },
    restBelow({ ranges }) {
      const isSettled = threads?.isAll === true && (ranges.at(-1)?.[1] ?? 0) < threads.uidNext;
      return isSettled ? null : state.uidNext;
    },
    messageOf,
    refOf: (id) => ({ mailbox, uidValidity, uid: id }),
    rangesOf: ({ ranges }) => (ranges.length > 0 ? [{ mailbox, uidValidity, uids: formatUidSet(ranges) }] : []),
    loaded() {
      const rows: ListRow[] = [];
      for (let place = 0; place < count; place += 1) {
        const members = membersAt(folded, place);
        const row = summaryOf(members[members.length - 1] ?? 0) && threadAt(place);
        if (row) rows.push(row);
      }
      const below = state.entries.filter(({ position }) => position <= rest).reverse();
      return [...rows, ...below.flatMap(({ uid }) => messageOf(uid) ?? [])];
    },
    loadedOf: (ids) =>
      [...state.rows.values()]
        .filter(({ uid }) => ids.has(uid))
        .map(toRow)
        .sort((a, b) => b.uid - a.uid),
    async idsBetween(first, last) {
      const places = folded.members.slice(folded.starts[first - 1] ?? 0, folded.starts[Math.min(last, count)] ?? 0);
      const above = first <= count ? toUidSet(places) : [];
      if (last <= count) return above;
      const [from, to] = [positionAt(last), positionAt(Math.max(first, count + 1))];
      const all: UidSet = state.uids ?? (await source.loader.knowAll()).uids ?? [];
      return uniteUids(above, sliceUids(all, from, to));
    },
    show(first, last) {
      if (last > count) flat.show(total - positionAt(Math.max(first, count + 1)) + 1, total - positionAt(last) + 1);
      const [from, to] = [Math.max(1, first), Math.min(count, last)];
      const inSight = range(from, to).map((row) => membersAt(folded, row - 1));
      const near = [...range(to + 1, Math.min(count, to + around)), ...range(Math.max(1, from - around), from - 1)];
      const newest = (members: Uint32Array) => members[members.length - 1] ?? 0;
      threadLoader.show(
        [
          ...inSight.map(newest),
          ...inSight.flatMap((members) => [...looked(members, firstMembers)].reverse()),
          ...near.map((row) => newest(membersAt(folded, row - 1))),
          ...inSight.flatMap((members) => [...looked(members)].reverse()),
        ],
        inSight.map(newest),
      );
    },
  };
}

/** The members of a thread whose rows are read. */
function* looked(members: Uint32Array, most = maxMembers): Generator<number> {
  const from = Math.max(0, members.length - most);
  if (from > 0) yield members[0] ?? 0;
  for (let index = from; index < members.length; index += 1) yield members[index] ?? 0;
}

type Fold = (state: ListState, threads: ThreadState | undefined) => FoldedThreads;

/** Folds what is known: all messages the server told the threads of, and before that the newest ones that are loaded. */
function makeFold(): Fold {
  let last: { of: readonly unknown[]; folded: FoldedThreads } | null = null;
  return (state, threads) => {
    const isAll = threads !== undefined && state.uids !== null;
    // Once all is known, rows matter only for what arrived since.
    const of = [state.uids, threads, isAll && !hasArrived(state, threads) ? null : state.rows];
    if (last?.of.every((one, index) => one === of[index])) return last.folded;
    const folded = threads && state.uids ? foldKnown(state, state.uids, threads) : foldNewest(state, threads);
    last = { of, folded };
    return folded;
  };
}

function hasArrived({ uids }: ListState, { uidNext }: ThreadState): boolean {
  return (uids?.at(-1)?.[1] ?? 0) >= uidNext;
}

function foldKnown(state: ListState, all: UidSet, threads: ThreadState): FoldedThreads {
  const { firstUid, uidNext, groups } = threads;
  const below = firstUid > 1 ? countUids(uidsBelow(all, firstUid)) : 0;
  const covered = toUids(below > 0 ? sliceUids(all, below + 1, countUids(all)) : all);
  const links = hasArrived(state, threads)
    ? toGroups(linkRows(state.rows.values(), (uid) => uid >= uidNext))
    : noGroups;
  return foldThreads(covered, joinGroups(groups, links));
}

/** UIDs one by one; a generator would take three times as long. */
function toUids(set: UidSet): Uint32Array {
  const uids = new Uint32Array(countUids(set));
  let at = 0;
  for (const [first, last] of set) for (let uid = first; uid <= last; uid += 1) uids[at++] = uid;
  return uids;
}

function foldNewest(state: ListState, threads: ThreadState | undefined): FoldedThreads {
  const newest: number[] = [];
  for (let index = state.entries.length - 1, at = state.messages; index >= 0; index -= 1, at -= 1) {
    const entry = state.entries[index];
    if (entry?.position !== at) break;
    newest.push(entry.uid);
  }
  const uids = Uint32Array.from(newest.reverse());
  const lowest = uids[0] ?? 0;
  const rows = state.entries.slice(
    lowerBound(
      Uint32Array.from(state.entries, ({ uid }) => uid),
      lowest,
    ),
  );
  const links = linkRows(
    rows.flatMap(({ uid }) => state.rows.get(uid) ?? []),
    () => true,
  );
  return foldThreads(uids, joinGroups(threads?.groups ?? noGroups, toGroups(links)));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, step) => from + step);
}
