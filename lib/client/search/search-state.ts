import type { MailErrorValue } from '#lib/errors.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import type { MessageRef, MessageSummary } from '#lib/mail/message.ts';
import type { SearchLine } from '#lib/mail/search-results.ts';
import type { SyncToken } from '#lib/mail/sync-token.ts';
import { newerRow } from '#lib/client/message-list/newer-row.ts';

/**
 * What a search found so far: confirmed truth, kept in the query cache. Invariants: a result keeps its id for as long as the search
 * lives, also when it is searched anew; `order` holds the ids of those that are there, newest first, in one mailbox by UID and among
 * several by arrival. What was found stays until it goes or the search is left, also when it no longer matches: nobody loses what they
 * are at work on.
 */
export interface SearchState {
  phase: 'searching' | 'done' | 'stopped' | 'failed';
  /** A mailbox was made again or its changes could not be told one by one: search anew. */
  isStale: boolean;
  error: MailErrorValue | null;
  /** Messages looked at, of all there are; null before the first word. */
  looked: { messages: number; of: number } | null;
  mailboxes: ReadonlyMap<string, SearchedMailbox>;
  order: readonly number[];
  /** By id. */
  refs: readonly MessageRef[];
  /** By id, seconds since 1970, or ranks where the order is another; empty while one mailbox is searched by arrival. */
  times: readonly number[];
  ids: ReadonlyMap<string, number>;
  rows: ReadonlyMap<number, MessageSummary>;
  /** Ids of rows that may be other by now: they are read again before they are believed. */
  dated: ReadonlySet<number>;
}

export interface SearchedMailbox {
  uidValidity: number;
  token: SyncToken | null;
  /** It is at this state by now, and what happened since `token` was not told. */
  heardToken: SyncToken | null;
  /** What has this UID or a greater one was not searched yet. */
  uidNext: number;
  /** The greatest UIDNEXT heard of. */
  heardUidNext: number;
  error: MailErrorValue | null;
}

export const noResults: SearchState = {
  phase: 'searching',
  isStale: false,
  error: null,
  looked: null,
  mailboxes: new Map(),
  order: [],
  refs: [],
  times: [],
  ids: new Map(),
  rows: new Map(),
  dated: new Set(),
};

/** To be searched anew: nothing is found yet, and what is found again is known by the same id. */
export function searchedAnew({ mailboxes, refs, ids, rows }: SearchState): SearchState {
  return { ...noResults, mailboxes, refs, ids, rows, dated: new Set(rows.keys()) };
}

/**
 * The same with all that was found at once, for an order that is whole or none. `before`: what was there when it was asked; what went
 * since then may have been found all the same.
 */
export function sortedAnew(state: SearchState, before: readonly number[], lines: readonly SearchLine[]): SearchState {
  const there = new Set(state.order);
  const gone = new Set(before.filter((id) => !there.has(id)));
  const next = applyLines(searchedAnew(state), lines);
  return gone.size > 0 ? { ...next, order: next.order.filter((id) => !gone.has(id)) } : next;
}

export function refName({ mailbox, uid }: { mailbox: string; uid: number }): string {
  return `${uid} ${mailbox}`;
}

/** Takes what the server told. Told twice it is known once. */
export function applyLines(state: SearchState, lines: readonly SearchLine[]): SearchState {
  return lines.reduce(applyLine, state);
}

function applyLine(state: SearchState, line: SearchLine): SearchState {
  switch (line.type) {
    case 'opened': {
      const { uidValidity, token, uidNext } = line.counts;
      const heardUidNext = Math.max(uidNext, state.mailboxes.get(line.mailbox)?.heardUidNext ?? 0);
      const known = { uidValidity, token, heardToken: token, uidNext, heardUidNext, error: null };
      return withMailbox(state, line.mailbox, known);
    }
    case 'found':
      return addFound(state, line);
    case 'looked':
      return { ...state, looked: { messages: line.messages, of: line.of } };
    case 'failed': {
      const known = state.mailboxes.get(line.mailbox);
      const unknown = { uidValidity: 0, token: null, heardToken: null, uidNext: 0, heardUidNext: 0, error: null };
      const mailbox = known ?? unknown;
      return withMailbox(state, line.mailbox, { ...mailbox, error: line.error });
    }
    case 'done':
      return { ...state, phase: 'done' };
    case 'error':
      return { ...state, phase: 'failed', error: line.error };
  }
}

function addFound(state: SearchState, line: SearchLine & { type: 'found' }): SearchState {
  const { mailbox, uidValidity, results } = line;
  const uids = 'listed' in results ? results.listed : newestFirst(results.uids);
  const refs = [...state.refs];
  const times = [...state.times];
  const ids = new Map(state.ids);
  const added: number[] = [];
  const listed = new Set(state.order);
  uids.forEach((uid, index) => {
    const name = refName({ mailbox, uid });
    const known = ids.get(name);
    const isSame = known !== undefined && refs[known]?.uidValidity === uidValidity;
    if (isSame && listed.has(known)) return;
    const id = isSame ? known : refs.length;
    if (!isSame) refs.push({ mailbox, uidValidity, uid });
    ids.set(name, id);
    if ('times' in results) times[id] = results.times[index] ?? 0;
    else if ('rank' in results) times[id] = results.rank - index;
    added.push(id);
  });
  const rows = new Map(state.rows);
  const dated = new Set(state.dated);
  for (const row of line.rows) {
    const id = ids.get(refName({ mailbox, uid: row.uid }));
    if (id === undefined) continue;
    rows.set(id, newerRow(rows.get(id), row));
    dated.delete(id);
  }
  const isAfter = (a: number, b: number) =>
    (times[b] ?? 0) - (times[a] ?? 0) || (refs[b]?.uid ?? 0) - (refs[a]?.uid ?? 0) || a - b;
  return { ...state, refs, times, ids, rows, dated, order: merge(state.order, added, isAfter) };
}

/** Rows read on demand; those that were asked for and are not there any longer go. */
export function addRows(
  state: SearchState,
  mailbox: string,
  asked: readonly number[],
  rows: readonly MessageSummary[],
): SearchState {
  const held = new Map(state.rows);
  const dated = new Set(state.dated);
  for (const row of rows) {
    const id = state.ids.get(refName({ mailbox, uid: row.uid }));
    if (id === undefined) continue;
    held.set(id, newerRow(held.get(id), row));
    dated.delete(id);
  }
  const there = new Set(rows.map(({ uid }) => uid));
  const gone = new Set(asked.filter((uid) => !there.has(uid)).map((uid) => state.ids.get(refName({ mailbox, uid }))));
  for (const id of gone) if (id !== undefined) dated.delete(id);
  const order = gone.size > 0 ? state.order.filter((id) => !gone.has(id)) : state.order;
  return { ...state, rows: held, dated, order };
}

/** Of rows that may be other by now only these are kept until they are read again: nobody sees the rest. */
export function dropDated(state: SearchState, inSight: ReadonlySet<number>): SearchState {
  const dropped = [...state.dated].filter((id) => !inSight.has(id));
  if (dropped.length === 0) return state;
  const rows = new Map(state.rows);
  const dated = new Set(state.dated);
  for (const id of dropped) {
    rows.delete(id);
    dated.delete(id);
  }
  return { ...state, rows, dated };
}

/** What arrived in a mailbox since it was searched. What else happened there until then was not told. */
export function applyArrivals(state: SearchState, path: string, lines: readonly SearchLine[]): SearchState {
  const next = applyLines(
    state,
    lines.filter(({ type }) => type === 'opened' || type === 'found'),
  );
  const token = state.mailboxes.get(path)?.token ?? null;
  const mailbox = next.mailboxes.get(path);
  return mailbox ? withMailbox(next, path, { ...mailbox, token: token && mailbox.token && token }) : next;
}

/** Mailboxes that there were none of when the search ran: nothing of them was looked at yet. */
export function withMade(state: SearchState, mailboxes: readonly Mailbox[]): SearchState {
  return mailboxes.reduce((now, { path, counts }) => {
    if (!counts || counts.messages === 0 || now.mailboxes.has(path)) return now;
    const { uidValidity, token, uidNext } = counts;
    const heard = { heardToken: token, heardUidNext: uidNext };
    return withMailbox(now, path, { uidValidity, token, uidNext: 1, ...heard, error: null });
  }, state);
}

/** What happened to a mailbox up to a state was told. */
export function caughtUp(state: SearchState, path: string, token: SyncToken | null): SearchState {
  const mailbox = state.mailboxes.get(path);
  return mailbox ? withMailbox(state, path, { ...mailbox, token, heardToken: token }) : state;
}

/** The mailboxes that results lie in. */
export function mailboxesWithResults({ order, refs }: SearchState): Set<string> {
  return new Set(order.flatMap((id) => refs[id]?.mailbox ?? []));
}

export function addPreviews(
  state: SearchState,
  mailbox: string,
  previews: Readonly<Record<string, string>>,
): SearchState {
  const rows = new Map(state.rows);
  for (const [uid, preview] of Object.entries(previews)) {
    const id = state.ids.get(refName({ mailbox, uid: Number(uid) }));
    const row = id === undefined ? undefined : rows.get(id);
    if (id !== undefined && row) rows.set(id, { ...row, preview });
  }
  return { ...state, rows };
}

export function withMailbox(state: SearchState, path: string, mailbox: SearchedMailbox): SearchState {
  return { ...state, mailboxes: new Map(state.mailboxes).set(path, mailbox) };
}

function newestFirst(set: readonly (readonly [number, number])[]): number[] {
  const uids: number[] = [];
  for (const [first, last] of set) for (let uid = first; uid <= last; uid += 1) uids.push(uid);
  return uids.reverse();
}

/** Two lists, both in order, as one. */
function merge(held: readonly number[], added: number[], compare: (a: number, b: number) => number): readonly number[] {
  added.sort(compare);
  const [first] = added;
  if (first === undefined) return held;
  const last = held.at(-1);
  if (last === undefined || compare(last, first) < 0) return [...held, ...added];
  const merged: number[] = [];
  let at = 0;
  for (const id of held) {
    for (let next = added[at]; next !== undefined && compare(next, id) < 0; next = added[(at += 1)]) merged.push(next);
    merged.push(id);
  }
  return [...merged, ...added.slice(at)];
}
