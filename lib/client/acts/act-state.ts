import { isMailChange } from '#lib/mail/is-mail-change.ts';
import type { AnyChange, ChangeOutcome, MailChange, SentChange } from '#lib/mail/change.ts';
import { labelNameOf } from '#lib/mail/label.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { MailboxChange } from '#lib/mail/mailbox-change.ts';
import type { Preferences } from '#lib/mail/preferences.ts';

/**
 * What the person did and the server has not confirmed, in order, and what of the done can be taken back.
 *
 * Invariants: items are sent from the first on and leave when confirmed or refused for good; an act and the acts that take it
 * back and forth share one log entry, and follow each other in the queue; an item whose `changes` are null takes back one
 * that is on its way, and learns from its answer how. Everything here is a value: the same in memory and in the browser's store.
 */
export interface ActState {
  items: readonly QueuedAct[];
  /** Oldest first. */
  log: readonly LogEntry[];
  /** UIDs of messages that left a mailbox for good, by `departedKey`: never drawn there again, whatever was read before. */
  departed: ReadonlyMap<string, ReadonlySet<number>>;
}

export interface QueuedAct {
  id: string;
  /** The log's entry; null for what happens by itself, such as marking an opened message as read. */
  entry: string | null;
  /** Left to do; `again` is true for what was sent and not answered. */
  changes: readonly SentChange[] | null;
  outcomes: readonly ChangeOutcome[];
  /** Times it was refused with something that may pass. */
  refusals: number;
  /** Acts on many messages that are to be sent before it, as far as they were not. */
  after?: readonly string[];
}

export interface LogEntry {
  id: string;
  /** In words, as the toast says it. */
  said: string;
  state: 'done' | 'undone';
  /** What turns the state around; null while that is being done, or is not known yet. */
  back: readonly AnyChange[] | null;
  /** The task that led to this state, where it was too much for one call: the server knows its way back. */
  task?: string;
  /** What the account remembers of a label in either state, where the act was on a label: it is turned around with it. */
  labels?: LabelTurn;
  /**
   * Where labels are mailboxes, the renaming that is turned around by another: in state 'done' it is called `to`. Null: it
   * was removed, which `task` takes back and another removal does again.
   */
  relabel?: { from: Keyword; to: Keyword | null };
}

export type KeptLabel = Preferences['labels'][number];

export type LabelTurn = Readonly<Record<LogEntry['state'], readonly KeptLabel[]>>;

export interface Act {
  id: string;
  changes: readonly SentChange[];
  /** Null for what happens by itself: it cannot be taken back by a key. */
  said: string | null;
  after?: readonly string[];
}

export const noActs: ActState = { items: [], log: [], departed: new Map() };

const maxLog = 50;

export function enqueue(state: ActState, { id, changes, said, after = [] }: Act): ActState {
  const item: QueuedAct = { id, entry: said === null ? null : id, changes, outcomes: [], refusals: 0, after };
  const items = [...state.items, item];
  if (said === null) return { ...state, items };
  // A new act is another way on: what was taken back before cannot be done again.
  const kept = state.log.filter((entry) => entry.state === 'done');
  return { ...state, items, log: [...kept, { id, said, state: 'done' as const, back: null }].slice(-maxLog) };
}

/** An act that a task carries out: it is taken back in its turn like any other. */
export function logTask(state: ActState, task: string): ActState {
  return logDone(state, { id: task, said: '', state: 'done', back: null, task });
}

/** An act on a label: on the messages that have it by a task, if any have it, and on what the account remembers of it. */
export function logLabel(
  state: ActState,
  entry: Pick<LogEntry, 'id' | 'said' | 'labels' | 'relabel' | 'task'> & { back?: LogEntry['back'] },
): ActState {
  const { labels } = entry;
  const last = state.log.at(-1);
  // A colour after a colour is one choice: what takes it back leads to before the first.
  const isGoneOn =
    isOnlyRemembered(entry) && last?.state === 'done' && isOnlyRemembered(last) && last.said === entry.said;
  if (!isGoneOn || !labels || !last.labels) return logDone(state, { back: null, ...entry, state: 'done' });
  const before = { ...state, log: state.log.slice(0, -1) };
  return logDone(before, { ...entry, labels: { ...labels, undone: last.labels.undone }, state: 'done', back: null });
}

function isOnlyRemembered({ labels, task, relabel }: Pick<LogEntry, 'labels' | 'task' | 'relabel'>): boolean {
  return labels !== undefined && task === undefined && relabel === undefined;
}

function logDone(state: ActState, entry: LogEntry): ActState {
  const kept = state.log.filter((one) => one.state === 'done');
  return { ...state, log: [...kept, entry].slice(-maxLog) };
}

/** An act that only changed what the account remembers is turned around by the account remembering otherwise. */
export function turnEntry(state: ActState, entryId: string): ActState {
  const turn = (entry: LogEntry): LogEntry =>
    entry.id === entryId ? { ...entry, state: entry.state === 'done' ? 'undone' : 'done' } : entry;
  return { ...state, log: state.log.map(turn) };
}

/** What was taken back is done again by another task, which takes it back in turn. */
export function redoRemoval(state: ActState, entryId: string, task: string): ActState {
  const turn = (entry: LogEntry): LogEntry =>
    entry.id === entryId ? { ...entry, state: 'done', back: null, task } : entry;
  return { ...state, log: state.log.map(turn) };
}

/**
 * What is known of an act on a label once it has begun. What no message has, or is renamed as a mailbox, no task takes
 * back. An act that was taken back before it was known how counts as done: it is to be turned around anew.
 */
export function learnLabel(
  state: ActState,
  entryId: string,
  { from, to }: { from: Keyword; to: Keyword | null },
  { task, isMailbox }: { task: unknown; isMailbox: boolean },
): ActState {
  const learn = (entry: LogEntry): LogEntry => {
    if (entry.id !== entryId || (task && !isMailbox)) return entry;
    const remembered = withoutTask(entry);
    if (!isMailbox) return remembered;
    const relabel = { from, to };
    if (task) return { ...entry, relabel };
    if (to !== null) return { ...remembered, relabel, state: entry.task ? 'done' : entry.state };
    return { ...remembered, state: 'done', back: [{ type: 'create', parent: null, name: labelNameOf(from) }] };
  };
  return { ...state, log: state.log.map(learn) };
}

/** What a task did is turned around by another, `by`; null where it was never begun, and there is nothing to turn around. */
export function turnTask(state: ActState, task: string, by: string | null): ActState {
  if (by === null) return { ...state, log: state.log.filter((entry) => entry.task !== task) };
  const turn = (entry: LogEntry): LogEntry =>
    entry.task === task ? { ...entry, state: entry.state === 'done' ? 'undone' : 'done', task: by } : entry;
  return { ...state, log: state.log.map(turn) };
}

/** No task takes it back; what the account remembers of a label still can be. */
export function dropTask(state: ActState, task: string): ActState {
  const entry = state.log.find((one) => one.task === task);
  if (!entry) return state;
  if (!entry.labels) return dropEntry(state, entry.id);
  return { ...state, log: replace(state.log, withoutTask(entry)) };
}

function withoutTask({ id, said, state, back, labels }: LogEntry): LogEntry {
  return { id, said, state, back, ...(labels ? { labels } : {}) };
}

/** Nothing takes it back: it came to nothing. */
export function dropEntry(state: ActState, id: string): ActState {
  return { ...state, log: state.log.filter((entry) => entry.id !== id) };
}

/** What `undo` takes back next, and `redo` does again next. */
export function nextToUndo({ log }: ActState): LogEntry | undefined {
  // What was done and left nothing to take back is passed over: deleted for good, or changed elsewhere since.
  return log.findLast((entry) => entry.state === 'done' && entry.back?.length !== 0);
}

export function nextToRedo({ log }: ActState): LogEntry | undefined {
  return log.slice(log.findLastIndex((entry) => entry.state === 'done') + 1)[0];
}

/**
 * Takes an act back, or does again what was taken back. What was never sent just leaves the queue; what is on its way is turned
 * around once its answer is there. `makeId` names the item and the changes it sends.
 */
export function turnAround(
  state: ActState,
  entryId: string,
  makeId: () => string,
  after: readonly string[] = [],
): ActState {
  const entry = state.log.find(({ id }) => id === entryId);
  if (!entry) return state;
  const turned = entry.state === 'done' ? ('undone' as const) : ('done' as const);
  const waiting = state.items.findLast((item) => item.entry === entryId);
  if (waiting && isUnsent(waiting)) {
    const items = state.items.filter((item) => item !== waiting);
    const back = waiting.changes?.map(({ change }) => change) ?? null;
    return { ...state, items, log: replace(state.log, { ...entry, state: turned, back }) };
  }
  if (!waiting && !entry.back?.length) return { ...state, log: state.log.filter((one) => one !== entry) };
  const changes = waiting ? null : toSent(entry.back ?? [], makeId);
  const item: QueuedAct = { id: makeId(), entry: entryId, changes, outcomes: [], refusals: 0, after };
  return { ...state, items: [...state.items, item], log: replace(state.log, { ...entry, state: turned, back: null }) };
}

export function toSent(changes: readonly AnyChange[], makeId: () => string): SentChange[] {
  return changes.map((change) => ({ id: makeId(), again: false, change }));
}

/** All that is drawn of messages before it is confirmed, in order. */
export function pendingChanges(items: ActState['items']): MailChange[] {
  return allChanges(items).filter(isMailChange);
}

/** The same of mailboxes. */
export function pendingMailboxChanges(items: ActState['items']): MailboxChange[] {
  return allChanges(items).filter((change) => !isMailChange(change));
}

function allChanges(items: ActState['items']): AnyChange[] {
  return items.flatMap(({ changes }) => changes?.map(({ change }) => change) ?? []);
}

export function departedKey({ mailbox, uidValidity }: { mailbox: string; uidValidity: number }): string {
  return `${uidValidity}:${mailbox}`;
}

/** Marks changes as sent: until they are answered nobody knows what became of them. */
export function markSent(state: ActState, ids: ReadonlySet<string>): ActState {
  const mark = (sent: SentChange) => (ids.has(sent.id) && !sent.again ? { ...sent, again: true } : sent);
  return { ...state, items: state.items.map((item) => ({ ...item, changes: item.changes?.map(mark) ?? null })) };
}

/**
 * What is sent next, in order: as many changes as one call takes. A change of mailboxes goes alone: those behind follow its answer.
 * `isAwaited`: an act on many messages, by its id, was not sent yet.
 */
export function nextBatch(
  state: ActState,
  limits: { changes: number; messages: number },
  isAwaited: (id: string) => boolean = () => false,
): SentChange[] {
  const batch: SentChange[] = [];
  let messages = 0;
  for (const { changes, after } of state.items) {
    if (after?.some(isAwaited)) break;
    if (changes === null) break; // Its answer is awaited by those behind as well.
    for (const sent of changes) {
      if (!isMailChange(sent.change)) return batch.length > 0 ? batch : [sent];
      messages += sent.change.messages.length;
      if (batch.length >= limits.changes || (batch.length > 0 && messages > limits.messages)) return batch;
      batch.push(sent);
    }
  }
  return batch;
}

export function replace(log: readonly LogEntry[], entry: LogEntry): LogEntry[] {
  return log.map((one) => (one.id === entry.id ? entry : one));
}

/** Nothing of it has ever left the browser, so it can be taken out. */
function isUnsent({ changes, outcomes }: QueuedAct): boolean {
  return changes !== null && outcomes.length === 0 && changes.every(({ again }) => !again);
}
