import type { UidSet } from '#lib/mail/event.ts';
import type { MessageSummary, MessageWindow } from '#lib/mail/message.ts';
import { compareModseq } from '#lib/mail/sync-token.ts';
import { countUids, hasUid, uidsBelow } from '#lib/mail/uid-set.ts';
import { fromWindow, modseqOf, setKeywords } from './list-state.ts';
import type { ListState } from './list-state.ts';
import { newerRow, withText } from './newer-row.ts';

/**
 * `merged`: it is in. `ahead`: the window is newer than the state; ask for the changes first, then merge again. `outdated`:
 * the window is too old to be brought up to date; read it again.
 */
export type MergeOutcome = 'merged' | 'ahead' | 'outdated';

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

/** The state as a window just read tells it; all that is held of other places is forgotten. */
export function replaceBy(state: ListState, window: MessageWindow): ListState {
  return keepRows(fromWindow(window), state);
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
  for (const { row } of placed) rows.set(row.uid, newerRow(rows.get(row.uid), row));
  const below = state.entries.filter(({ position, uid }) => position < first.position && uid < first.row.uid);
  const above = state.entries.filter(({ position, uid }) => position > last.position && uid > last.row.uid);
  const entries = [...below, ...placed.map(({ row, position }) => ({ position, uid: row.uid })), ...above];
  return { ...state, entries, rows };
}
