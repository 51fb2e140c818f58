import type { MailboxCounts } from '../mail/mailbox.ts';
import type { KeywordsOfMessage, MailEvent, UidSet } from '../mail/event.ts';
import type { MailboxUids, MessageSummary, MessageWindow } from '../mail/message.ts';
import {
  countUids,
  hasUid,
  intersectUids,
  parseUidSet,
  subtractUids,
  toUidSet,
  uidsBelow,
  uniteUids,
} from '../mail/uid-set.ts';
import { compareModseq, parseSyncToken } from '../mail/sync-token.ts';
import type { SyncToken } from '../mail/sync-token.ts';

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
interface LogEntry {
  gone: UidSet;
  changes: readonly KeywordsOfMessage[];
  from: string;
  to: string;
}

export interface ListEntry {
  position: number;
  uid: number;
}

/**
 * `merged`: it is in. `ahead`: the window is newer than the state; ask for the changes first, then merge again. `outdated`:
 * the window is too old to be brought up to date; read it again.
 */
export type MergeOutcome = 'merged' | 'ahead' | 'outdated';

const maxLogEntries = 200;
const maxLoggedChanges = 500;

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

/** Lays a stretch read from the server into the state. */
export function mergeWindow(state: ListState, window: MessageWindow): { state: ListState; outcome: MergeOutcome } {
  const isOther = window.uidValidity !== state.uidValidity;
  if (isOther) return { state: fromWindow(window), outcome: 'merged' };
  if (window.token === null || state.token === null) return { state: mergeUntokened(state, window), outcome: 'merged' };
  const order = compareModseq(modseqOf(window.token), modseqOf(state.token));
  if (state.isStale) {
    if (order < 0) return { state, outcome: 'outdated' };
    return { state: { ...keepRows(fromWindow(window), state), uids: stillUids(state, window) }, outcome: 'merged' };
  }
  if (order > 0) return { state, outcome: 'ahead' };
  const read = modseqOf(window.token);
  if (compareModseq(read, state.logSince) < 0) return { state, outcome: 'outdated' };
  const since = state.log.filter(({ to }) => compareModseq(to, read) > 0);
  // Some of what such a frame told the window has already, and nothing says which.
  const isUnclear = since.some(({ from, gone }) => gone.length > 0 && compareModseq(from, read) < 0);
  if (isUnclear) return { state, outcome: 'outdated' };
  const placed = window.rows
    .map((row, index) => ({ row, position: window.firstPosition + index }))
    .filter(({ row }) => !since.some(({ gone }) => hasUid(gone, row.uid)))
    .map(({ row, position }) => ({
      row,
      position: position - since.reduce((sum, { gone }) => sum + countUids(uidsBelow(gone, row.uid)), 0),
    }));
  const laid = lay(state, placed);
  return {
    state: setKeywords(
      laid,
      since.flatMap(({ changes }) => changes),
    ),
    outcome: 'merged',
  };
}

/**
 * Applies the facts of one frame. A frame that reaches no further than the state is an echo of what is known; of it only
 * keywords count, message by message. Answers the same object when nothing changed, null after a reset.
 */
export function applyFrame(state: ListState, token: SyncToken | null, events: readonly MailEvent[]): ListState | null {
  const mine = events.filter((event) => 'mailbox' in event && event.mailbox === state.mailbox);
  if (mine.length === 0) return state;
  const counts = mine.find((event) => event.type === 'mailbox-counts')?.counts;
  if (mine.some((event) => event.type === 'reset')) return null;
  if (counts && counts.uidValidity !== state.uidValidity) return null;
  const reached = token ? parseSyncToken(token) : null;
  const isNews = reached !== null && compareModseq(reached.modseq, modseqOf(state.token)) > 0;
  let next = state;
  let arrivals = 0;
  const gone: UidSet = [];
  for (const event of mine) {
    if ('uidValidity' in event && event.uidValidity !== state.uidValidity) continue;
    if (event.type === 'keywords-changed') next = setKeywords(next, event.changes);
    if (event.type === 'keywords-untold' && isNews) next = { ...next, isStale: true };
    if (event.type === 'messages-gone' && isNews) {
      const news = state.log.reduce((left, entry) => subtractUids(left, entry.gone), event.uids);
      gone.push(...news); // Also what came and went since: a window read in between has it.
      next = remove(next, uidsBelow(news, state.uidNext));
    }
    if (event.type === 'messages-arrived') {
      next = setKeywords(next, event.messages);
      if (!isNews) continue;
      const fresh = event.messages.filter(({ uid }) => uid >= state.uidNext);
      arrivals += fresh.length + event.omitted;
      next = append(next, fresh, event.omitted);
    }
  }
  if (!counts || (reached !== null && !isNews)) return next;
  if (reached) next = writeLog(next, gone, mine, reached.modseq);
  return settle(next, counts, reached !== null, arrivals);
}

/** The state as a window just read tells it; all that is held of other places is forgotten. */
export function replaceBy(state: ListState, window: MessageWindow): ListState {
  return keepRows(fromWindow(window), state);
}

/** The state as it will be once these messages are gone; those it knows to be gone, or does not know yet, count for nothing. */
export function withoutMessages(state: ListState, uids: Iterable<number>): ListState {
  const known = [...uids].filter((uid) => uid < state.uidNext && !state.log.some(({ gone }) => hasUid(gone, uid)));
  return known.length === 0 ? state : withoutKnown(state, toUidSet(known));
}

/** The same for any number of messages: exact where it is known which there are, else as far as rows are loaded. */
export function withoutUids(state: ListState, uids: UidSet): ListState {
  const loaded = () => toUidSet(state.entries.flatMap(({ uid }) => (hasUid(uids, uid) ? [uid] : [])));
  const known = state.uids ? intersectUids(state.uids, uids) : loaded();
  return known.length === 0 ? state : withoutKnown(state, known);
}

/** Lays in which messages there are; null when that was read at another state than this. */
export function withUids(state: ListState, read: MailboxUids): ListState | null {
  const uids = parseUidSet(read.uids);
  const isSame = read.uidValidity === state.uidValidity && read.token === state.token && read.uidNext === state.uidNext;
  return isSame && countUids(uids) === state.messages ? { ...state, uids } : null;
}

function withoutKnown(state: ListState, uids: UidSet): ListState {
  let unseen = 0;
  for (const [uid, row] of state.rows) if (!row.keywords.includes('$seen') && hasUid(uids, uid)) unseen += 1;
  return { ...remove(state, uids), unseen: Math.max(0, state.unseen - unseen) };
}

/** The state without rows that are known to have left; counts that came since may know it already, then `isStale` is true. */
export function withoutDeparted(state: ListState, uids: ReadonlySet<number>): ListState {
  const { uids: known } = state;
  const drawn = known
    ? [...uids].filter((uid) => hasUid(known, uid))
    : state.entries.filter(({ uid }) => uids.has(uid)).map(({ uid }) => uid);
  if (drawn.length === 0) return state;
  const without = withoutMessages(state, drawn);
  return state.isStale ? { ...without, messages: state.messages, unseen: state.unseen } : without;
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
  for (const row of read) if (hasUid(uids, row.uid)) rows.set(row.uid, newer(rows.get(row.uid), row));
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

/** Without modseqs the newest answer is the truth; anything that moved makes the other positions unknown. */
function mergeUntokened(state: ListState, window: MessageWindow): ListState {
  const isSame = window.messages === state.messages && window.uidNext === state.uidNext && !state.isStale;
  if (!isSame) return keepRows(fromWindow(window), state);
  const placed = window.rows.map((row, index) => ({ row, position: window.firstPosition + index }));
  return { ...lay(state, placed), unseen: window.unseen };
}

/** As many messages as before and none that is new: then they are the same. */
function stillUids({ uids, messages, uidNext }: ListState, window: MessageWindow): UidSet | null {
  return messages === window.messages && uidNext === window.uidNext ? uids : null;
}

function keepRows(fresh: ListState, old: ListState): ListState {
  const rows = new Map<number, MessageSummary>();
  for (const [uid, row] of fresh.rows) rows.set(uid, withText(row, old.rows.get(uid), row));
  return { ...fresh, rows };
}

function lay(state: ListState, placed: { row: MessageSummary; position: number }[]): ListState {
  const [first] = placed;
  const last = placed.at(-1);
  if (!first || !last) return state;
  const rows = new Map(state.rows);
  for (const { row } of placed) rows.set(row.uid, newer(rows.get(row.uid), row));
  const below = state.entries.filter(({ position, uid }) => position < first.position && uid < first.row.uid);
  const above = state.entries.filter(({ position, uid }) => position > last.position && uid > last.row.uid);
  const entries = [...below, ...placed.map(({ row, position }) => ({ position, uid: row.uid })), ...above];
  return { ...state, entries, rows };
}

function newer(known: MessageSummary | undefined, read: MessageSummary): MessageSummary {
  if (!known) return read;
  const isNewer = compareModseq(read.modseq, known.modseq) >= 0;
  return withText(isNewer ? read : known, known, read);
}

/**
 * A row with what either reading told of its text, which never changes (RFC 9051 section 2.3.1.1): not each asks for the preview, nor
 * looks into References.
 */
function withText(row: MessageSummary, known: MessageSummary | undefined, read: MessageSummary): MessageSummary {
  const isLess = (read.answers?.length ?? 0) < (known?.answers?.length ?? 0);
  const answers = isLess ? known?.answers : read.answers;
  return { ...row, ...(answers ? { answers } : {}), preview: read.preview ?? known?.preview ?? null };
}

function setKeywords(state: ListState, changes: readonly KeywordsOfMessage[]): ListState {
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
function remove(state: ListState, uids: UidSet): ListState {
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

function writeLog(state: ListState, gone: UidSet, events: readonly MailEvent[], to: string): ListState {
  const changes = events.flatMap((event) => {
    if (event.type === 'keywords-changed') return event.changes;
    return event.type === 'messages-arrived' ? event.messages : [];
  });
  const isUntold = events.some(({ type }) => type === 'keywords-untold');
  if (isUntold || changes.length > maxLoggedChanges) return { ...state, log: [], logSince: to };
  const from = modseqOf(state.token);
  const kept = changes.map(({ uid, modseq, keywords }) => ({ uid, modseq, keywords }));
  const [oldest] = state.log;
  const isFull = state.log.length >= maxLogEntries;
  return {
    ...state,
    log: [...(isFull ? state.log.slice(1) : state.log), { gone, changes: kept, from, to }],
    logSince: isFull && oldest ? oldest.to : state.logSince,
  };
}

function append(state: ListState, arrived: readonly MessageSummary[], omitted: number): ListState {
  const first = state.messages + omitted + 1;
  const rows = new Map(state.rows);
  for (const row of arrived) rows.set(row.uid, row);
  const messages = state.messages + omitted + arrived.length;
  const uids = state.uids && omitted === 0 ? uniteUids(state.uids, toUidSet(arrived.map(({ uid }) => uid))) : null;
  return { ...state, messages, rows, uids, entries: [...state.entries, ...toEntries(arrived, first)] };
}

/** Takes over the counts; where they disagree with the facts, positions can no longer be trusted. */
function settle(state: ListState, counts: MailboxCounts, isExact: boolean, arrivals: number): ListState {
  const { messages, unseen, uidNext, token } = counts;
  const moved = messages !== state.messages || (arrivals === 0 && uidNext !== state.uidNext && !isExact);
  const isSame = !moved && unseen === state.unseen && uidNext === state.uidNext && token === state.token;
  // Without modseqs nobody tells which flags are other, only that some may be: what is in sight is read again.
  const isUntold = !isExact && (unseen !== state.unseen || token === null);
  if (isSame && !isUntold) return state;
  const uids = moved || (!isExact && uidNext !== state.uidNext) ? null : state.uids;
  return { ...state, messages, unseen, uidNext, token, uids, isStale: state.isStale || moved || isUntold };
}

function toEntries(rows: readonly MessageSummary[], firstPosition: number): ListEntry[] {
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

function modseqOf(token: SyncToken | null): string {
  return (token && parseSyncToken(token)?.modseq) || '0';
}
