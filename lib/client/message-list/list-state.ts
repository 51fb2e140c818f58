import type { KeywordsOfMessage, UidSet } from '#lib/mail/event.ts';
import type { MailboxUids, MessageSummary, MessageWindow } from '#lib/mail/message.ts';
import { countUids, hasUid, parseUidSet, subtractUids, uidsBelow } from '#lib/mail/uid-set.ts';
import { compareModseq, parseSyncToken } from '#lib/mail/sync-token.ts';
import type { SyncToken } from '#lib/mail/sync-token.ts';
import { newerRow } from './newer-row.ts';

/**
 * What the browser knows of one mailbox's list: confirmed truth of the server at `token`, never a guess.
 *
 * Invariants: `entries` ascend by position and by UID alike (RFC 9051 section 2.3.1.1: UIDs ascend with sequence numbers);
 * every entry has its row; positions count from the oldest and hold at `token`, unless `isStale`, which says that counts
 * and events disagreed, or that not all was told, and the visible stretch must be read anew.
 */
export interface ListState {
  mailbox: string;
  uidValidity: number;
  token: SyncToken | null;
  messages: number;
  unseen: number;
  uidNext: number;
  entries: readonly ListEntry[];
  rows: ReadonlyMap<number, MessageSummary>;
  /** Which messages there are, loaded or not: exact, or null while nobody had to know or something was missed. */
  uids: UidSet | null;
  /** What happened since the modseq `logSince`, oldest first: brings windows that were read earlier up to date. */
  log: readonly LogEntry[];
  logSince: string;
  isStale: boolean;
}

/** What one frame told, after the modseq `from` and up to `to`; when exactly between the two nobody said. */
export interface LogEntry {
  gone: UidSet;
  changes: readonly KeywordsOfMessage[];
  from: string;
  to: string;
}

export interface ListEntry {
  position: number;
  uid: number;
}

export function fromWindow(window: MessageWindow): ListState {
  const { mailbox, uidValidity, token, messages, unseen, uidNext } = window;
  return {
    mailbox,
    uidValidity,
    token,
    messages,
    unseen,
    uidNext,
    entries: toEntries(window.rows, window.firstPosition),
    rows: new Map(window.rows.map((row) => [row.uid, row])),
    uids: null,
    log: [],
    logSince: modseqOf(token),
    isStale: false,
  };
}

/** The row at a position, or undefined while it is not loaded. */
export function rowAtPosition(state: ListState, position: number): MessageSummary | undefined {
  const index = lowerBound(state.entries, position, 'position');
  const entry = state.entries[index];
  return entry?.position === position ? state.rows.get(entry.uid) : undefined;
}

/** Where a message stands: null where it is not loaded and nobody knows, or it is not there. */
export function positionOf(state: ListState, uid: number): number | null {
  const entry = state.entries[lowerBound(state.entries, uid, 'uid')];
  if (entry?.uid === uid) return entry.position;
  return state.uids && hasUid(state.uids, uid) ? countUids(uidsBelow(state.uids, uid)) + 1 : null;
}

/** Lays in which messages there are; null when that was read at another state than this. */
export function withUids(state: ListState, read: MailboxUids): ListState | null {
  const uids = parseUidSet(read.uids);
  const isSame = read.uidValidity === state.uidValidity && read.token === state.token && read.uidNext === state.uidNext;
  return isSame && countUids(uids) === state.messages ? { ...state, uids } : null;
}

/**
 * Lays in rows of messages that stand anywhere; only where it is known which messages there are. Where that makes more than `most`,
 * only rows that are `wanted` stay, and those just laid in.
 */
export function layRows(
  state: ListState,
  read: readonly MessageSummary[],
  wanted: ReadonlySet<number>,
  most: number,
): ListState {
  const { uids } = state;
  if (!uids || read.length === 0) return state;
  const rows = new Map(state.rows);
  for (const row of read) if (hasUid(uids, row.uid)) rows.set(row.uid, newerRow(rows.get(row.uid), row));
  const laid = new Set(read.map(({ uid }) => uid));
  const isFull = rows.size > most;
  const kept = [...rows.keys()].filter((uid) => !isFull || laid.has(uid) || wanted.has(uid)).sort((a, b) => a - b);
  const entries: ListEntry[] = [];
  let index = 0;
  let passed = 0;
  for (const uid of kept) {
    for (let range = uids[index]; range && range[1] < uid; range = uids[index]) {
      passed += range[1] - range[0] + 1;
      index += 1;
    }
    const range = uids[index];
    if (range && range[0] <= uid) entries.push({ position: passed + uid - range[0] + 1, uid });
  }
  return { ...state, entries, rows: new Map(entries.flatMap(({ uid }) => pair(rows, uid))) };
}

/** Forgets what is far from a range of positions, so that long scrolling does not fill the memory. */
export function trimAround(state: ListState, from: number, to: number, keep: number): ListState {
  if (state.entries.length <= keep * 2) return state;
  const entries = state.entries.filter(({ position }) => position >= from - keep && position <= to + keep);
  return { ...state, entries, rows: new Map(entries.flatMap(({ uid }) => pair(state.rows, uid))) };
}

export function setPreviews(state: ListState, previews: Readonly<Record<string, string>>): ListState {
  const rows = new Map(state.rows);
  for (const [uid, preview] of Object.entries(previews)) {
    const row = rows.get(Number(uid));
    if (row) rows.set(row.uid, { ...row, preview });
  }
  return { ...state, rows };
}

export function setKeywords(state: ListState, changes: readonly KeywordsOfMessage[]): ListState {
  const news = changes.filter(({ uid, modseq }) => {
    const row = state.rows.get(uid);
    return row && (modseq === '0' || compareModseq(modseq, row.modseq) > 0);
  });
  if (news.length === 0) return state;
  const rows = new Map(state.rows);
  for (const { uid, modseq, keywords } of news) {
    const row = rows.get(uid);
    if (row) rows.set(uid, { ...row, modseq, keywords });
  }
  return { ...state, rows };
}

/** Takes expunged messages out; every loaded message above them moves down. */
export function withoutExpunged(state: ListState, uids: UidSet): ListState {
  if (uids.length === 0) return state;
  const rows = new Map(state.rows);
  const entries: ListEntry[] = [];
  let passed = 0;
  let index = 0;
  for (const { position, uid } of state.entries) {
    for (let range = uids[index]; range && range[1] < uid; range = uids[index]) {
      passed += range[1] - range[0] + 1;
      index += 1;
    }
    const range = uids[index];
    if (range && uid >= range[0]) rows.delete(uid);
    else entries.push({ position: position - passed, uid });
    // A range that begins below and ends above this UID contains it, so nothing is counted in part here.
  }
  const left = state.uids && subtractUids(state.uids, uids);
  return { ...state, entries, rows, uids: left, messages: state.messages - countUids(uids) };
}

export function toEntries(rows: readonly MessageSummary[], firstPosition: number): ListEntry[] {
  return rows.map(({ uid }, index) => ({ position: firstPosition + index, uid }));
}

function lowerBound(entries: readonly ListEntry[], value: number, key: 'position' | 'uid'): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.[key] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function pair<K, V>(map: ReadonlyMap<K, V>, key: K): [K, V][] {
  const value = map.get(key);
  return value === undefined ? [] : [[key, value]];
}

export function modseqOf(token: SyncToken | null): string {
  return (token && parseSyncToken(token)?.modseq) || '0';
}
