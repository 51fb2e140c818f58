import { cancelBulkChange } from '#server/actions/cancel-bulk-change.ts';
import { isMailError, MailError, toMailErrorValue } from '#lib/errors.ts';
import type { MailErrorValue } from '#lib/errors.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import { isEnded } from '#lib/mail/task-ends.ts';
import type { Relabelled } from '#lib/mail/relabelling.ts';
import type { BulkChange, MailAct, Task, UidRanges } from '#lib/mail/task.ts';
import { dropEntry, dropTask, logTask, turnTask } from '#lib/client/acts/act-state.ts';
import { acts as actLog } from '#lib/client/acts/act-store.ts';
import { makeStore } from '#lib/client/external-store.ts';
import { accountOfPage, fetchJson } from '#lib/client/fetch-json.ts';
import { renewed } from '#lib/client/session/renewal.ts';
import { isSessionOver, sessionOver } from '#lib/client/session/session-over.ts';
import { callAction } from '#lib/client/call-action.ts';
import { noBulkStorage } from './bulk-storage.ts';
import type { BulkStorage, LabelWish, UnsentBulk } from './bulk-storage.ts';
import { drawBulk, forgetTask, hearTask, tasks } from './bulk-store.ts';

type Refused = (error: MailErrorValue) => void;

const retryMs = 2_000;

let storage: BulkStorage = noBulkStorage;
/** In the order in which it was asked for, and is sent. */
const unsent = makeStore<readonly UnsentBulk[]>([]);
/** What the server may have heard of: it was sent, or an earlier page may have. */
const maybeKnown = new Set<string>();
/** What is sent and not answered yet, by its id. */
const underWay = new Map<string, Promise<unknown>>();

/** Hears what became of a label that was wanted otherwise; `undoing` names the tasks that wait to take that back. */
type HearLabel = (wish: LabelWish, answer: Relabelled, undoing: readonly string[]) => void;

let hearLabel: HearLabel = () => {};

/**
 * Does something to many messages: drawn at once, carried out by the server also when this page goes. `lacking`: only to those
 * that lack a keyword.
 */
export function startBulk(
  acts: MailAct[],
  ranges: UidRanges[],
  count: number,
  refused: Refused,
  lacking?: Keyword,
): void {
  const id = crypto.randomUUID();
  actLog.set(logTask(actLog.get(), id));
  begin({ id, acts, messages: ranges, count, ...(lacking ? { lacking } : {}) }, refused);
}

/** Renames a label on all messages, or takes it off: the wish outlives the page, and is known to the log before it is sent. */
export function startRelabelling(wish: LabelWish, refused: Refused): void {
  begin(wish, refused);
}

/** Takes a task back, or what took it back; one that the server cannot have heard of is simply not begun. */
export function undoBulk(task: string, refused: Refused): void {
  const id = crypto.randomUUID();
  const isUnheard = isUnsent(task) && !maybeKnown.has(task);
  actLog.set(turnTask(actLog.get(), task, isUnheard ? null : id));
  if (isUnheard) cancelBulk(task);
  else begin({ id, task }, refused);
}

export function cancelBulk(id: string): void {
  if (isUnsent(id)) {
    settle(id);
    forgetTask(id);
  }
  const cancel = () => void callAction(cancelBulkChange(id, accountOfPage())); // Its progress shows that it goes on.
  const beginning = underWay.get(id);
  // A task that the server has not heard of cannot be cancelled.
  if (beginning) beginning.then(cancel, cancel);
  else cancel();
}

/** Goes on with what earlier pages could not send, and keeps there from now on what this one cannot. */
export function resumeBulks(kept: BulkStorage, refused: Refused): void {
  storage = kept;
  const fresh = kept.load().filter(({ id }) => !isUnsent(id));
  for (const bulk of unsent.get()) storage.add(bulk);
  unsent.set([...fresh, ...unsent.get()]);
  for (const bulk of fresh) {
    maybeKnown.add(bulk.id);
    go(bulk, refused);
  }
}

/** One hears for the page. */
export function hearLabels(hear: HearLabel): void {
  hearLabel = hear;
}

/** Whether leaving would lose something, where nothing is kept. */
export function hasUnsentBulks(): boolean {
  return unsent.get().length > 0;
}

/** What an act that is begun now comes after: the ids of what is to be sent before it. A label's new name holds up nothing but labels. */
export function unsentBulks(): string[] {
  return unsent.get().flatMap((bulk) => ('from' in bulk ? [] : bulk.id));
}

export function isUnsent(id: string): boolean {
  return unsent.get().some((bulk) => bulk.id === id);
}

export const onBulkSent = unsent.subscribe;

function begin(bulk: UnsentBulk, refused: Refused): void {
  unsent.set([...unsent.get(), bulk]);
  storage.add(bulk);
  go(bulk, refused);
}

function go(bulk: UnsentBulk, refused: Refused): void {
  void send(bulk, refused);
  if ('acts' in bulk) inNextFrame(() => draw(bulk));
}

/** In the frame that follows anyway: what goes to the server does not wait for thousands of rows being drawn otherwise. */
function inNextFrame(run: () => void): void {
  if (document.visibilityState === 'visible') requestAnimationFrame(run);
  else run();
}

function draw({ id, acts, messages, count }: BulkChange): void {
  const known = tasks.get().find((task) => task.id === id);
  // By now it may be over, or taken back before it was sent.
  if (known ? isEnded(known) : !isUnsent(id)) return;
  drawBulk(id, acts, messages);
  if (!known) hearTask(waitingTask(id, acts, messages, count));
}

/** What was done before goes first; then again and again while the line is gone: named by its id a task is begun once. */
async function send(bulk: UnsentBulk, refused: Refused): Promise<void> {
  const { id } = bulk;
  const isBehind = makeBehind(bulk);
  if (isBehind()) await untilNot(isBehind); // Else it leaves in the very event, before anything is drawn.
  while (isUnsent(id)) {
    if (!navigator.onLine) {
      await untilNextTry(id);
      continue;
    }
    try {
      const task = await request(bulk);
      settle(id);
      return task ? hearTask(task) : undefined;
    } catch (thrown) {
      const error = isMailError(thrown) ? thrown : new MailError('unexpected', { cause: thrown });
      if (isSessionOver(error.code)) await sessionOver(error.code);
      else if (error.code === 'wrong-credentials') await renewed();
      else if (error.code === 'server-unreachable' || error.code === 'server-timeout') await untilNextTry(id);
      else {
        dropUndoings(id);
        settle(id);
        forgetTask(id);
        actLog.set('from' in bulk ? dropEntry(actLog.get(), id) : dropTask(actLog.get(), id));
        return refused(toMailErrorValue(error));
      }
    }
  }
}

/** By a route of its own: as a Server Action it left the page 5 ms later and waited for those before it. Null: no task goes on. */
function request(bulk: UnsentBulk): Promise<Task | null> {
  maybeKnown.add(bulk.id);
  const answered = 'from' in bulk ? relabel(bulk) : fetchJson<Task>('/api/tasks', { body: bulk });
  underWay.set(bulk.id, answered);
  return answered.finally(() => underWay.delete(bulk.id));
}

async function relabel(wish: LabelWish): Promise<Task | null> {
  const { id, from, to } = wish;
  const answer = await fetchJson<Relabelled>('/api/labels', { body: { id, from, to } });
  hearLabel(wish, answer, undoingsOf(id));
  if (!answer.task) dropUndoings(id);
  return answer.isMailbox ? null : answer.task; // That of a mailbox is over.
}

function undoingsOf(task: string): string[] {
  return unsent.get().flatMap((one) => ('task' in one && one.task === task ? one.id : []));
}

/** There is nothing to take back. */
function dropUndoings(task: string): void {
  for (const id of undoingsOf(task)) {
    settle(id);
    actLog.set(dropTask(actLog.get(), id));
  }
}

async function untilNextTry(id: string): Promise<void> {
  const task = tasks.get().find((one) => one.id === id);
  if (task) hearTask({ ...task, state: 'waiting' });
  await new Promise<void>((resolve) => {
    const go = () => {
      window.removeEventListener('online', go);
      resolve();
    };
    if (navigator.onLine) setTimeout(go, retryMs);
    else window.addEventListener('online', go);
  });
}

/** Answers whether anything that was asked for before it has not been sent yet. */
function makeBehind(bulk: UnsentBulk): () => boolean {
  const { id } = bulk;
  const items = actLog.get().items.flatMap((item) => (item.after?.includes(id) ? [] : item.id));
  const all = unsent.get();
  const earlier = all.slice(0, all.indexOf(bulk)).flatMap((one) => (isBefore(one, bulk) ? one.id : []));
  return () => earlier.some(isUnsent) || actLog.get().items.some((item) => items.includes(item.id));
}

async function untilNot(isBehind: () => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => {
    if (!isBehind()) resolve();
  };
  const stops = [actLog.subscribe(look), unsent.subscribe(look)];
  await promise;
  for (const stop of stops) stop();
}

/** Looking through all mailboxes for a label takes long: only what concerns labels waits for it. */
function isBefore(one: UnsentBulk, bulk: UnsentBulk): boolean {
  return !('from' in one) || 'from' in bulk || ('task' in bulk && bulk.task === one.id);
}

function settle(id: string): void {
  unsent.set(unsent.get().filter((one) => one.id !== id));
  storage.remove(id);
}

function waitingTask(id: string, acts: MailAct[], ranges: UidRanges[], total: number): Task {
  const mailboxes = ranges.map(({ mailbox }) => mailbox);
  const state = navigator.onLine ? 'running' : 'waiting';
  return {
    id,
    acts,
    mailboxes,
    isUndo: false,
    state,
    total,
    done: 0,
    missing: 0,
    kept: 0,
    error: null,
    canUndo: false,
  };
}
