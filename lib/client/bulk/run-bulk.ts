import { cancelBulkChange } from '#server/actions/cancel-bulk-change.ts';
import { isMailError, MailError, toMailErrorValue } from '../../errors.ts';
import type { MailErrorValue } from '../../errors.ts';
import type { Keyword } from '../../mail/keyword.ts';
import { isEnded } from '../../mail/task-ends.ts';
import type { BulkChange, MailAct, Task, UidRanges } from '../../mail/task.ts';
import { dropTask, logTask, turnTask } from '../acts/act-state.ts';
import { acts as actLog } from '../acts/act-store.ts';
import { accountOfPage, fetchJson } from '../fetch-json.ts';
import { renewed } from '../renewal.ts';
import { isSessionOver, sessionOver } from '../session-over.ts';
import { noBulkStorage } from './bulk-storage.ts';
import type { BulkStorage, UnsentBulk } from './bulk-storage.ts';
import { drawBulk, forgetTask, hearTask, tasks } from './bulk-store.ts';

type Refused = (error: MailErrorValue) => void;

const retryMs = 2_000;

let storage: BulkStorage = noBulkStorage;
let unsent: readonly UnsentBulk[] = [];
/** What was sent and is not answered yet, by the task's id. */
const underWay = new Map<string, Promise<Task>>();

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

/** Takes a task back, or what took it back; one that the server has not heard of is simply not begun. */
export function undoBulk(task: string, refused: Refused): void {
  const id = crypto.randomUUID();
  const undo = () => begin({ id, task }, refused);
  const beginning = underWay.get(task);
  const isUnsent = !beginning && unsent.some((one) => one.id === task);
  actLog.set(turnTask(actLog.get(), task, isUnsent ? null : id));
  if (isUnsent) cancelBulk(task);
  else if (!beginning) undo();
  else
    beginning.then(undo, () => {
      actLog.set(dropTask(actLog.get(), id));
      cancelBulk(task);
    });
}

export function cancelBulk(id: string): void {
  if (unsent.some((one) => one.id === id)) {
    settle(id);
    forgetTask(id);
  }
  const cancel = () => void cancelBulkChange(id, accountOfPage()).catch(() => {}); // Its progress shows that it goes on.
  const beginning = underWay.get(id);
  // A task that the server has not heard of cannot be cancelled.
  if (beginning) beginning.then(cancel, cancel);
  else cancel();
}

/** Goes on with what earlier pages could not send, and keeps there from now on what this one cannot. */
export function resumeBulks(kept: BulkStorage, refused: Refused): void {
  storage = kept;
  const known = new Set(unsent.map(({ id }) => id));
  for (const one of kept.load()) if (!known.has(one.id)) begin(one, refused);
}

/** Whether leaving would lose something, where nothing is kept. */
export function hasUnsentBulks(): boolean {
  return unsent.length > 0;
}

function begin(bulk: UnsentBulk, refused: Refused): void {
  keep([...unsent, bulk]);
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
  if (known ? isEnded(known) : !unsent.some((one) => one.id === id)) return;
  drawBulk(id, acts, messages);
  if (!known) hearTask(waitingTask(id, acts, messages, count));
}

/** What was done before goes first; then again and again while the line is gone: named by its id a task is begun once. */
async function send(bulk: UnsentBulk, refused: Refused): Promise<void> {
  const { id } = bulk;
  if (actLog.get().items.length > 0) await afterEarlierActs();
  while (unsent.some((one) => one.id === id)) {
    try {
      const task = await request(bulk);
      settle(id);
      return hearTask(task);
    } catch (thrown) {
      const error = isMailError(thrown) ? thrown : new MailError('unexpected', { cause: thrown });
      if (isSessionOver(error.code)) await sessionOver(error.code);
      else if (error.code === 'wrong-credentials') await renewed();
      else if (error.code === 'server-unreachable' || error.code === 'server-timeout') await untilNextTry(id);
      else {
        settle(id);
        forgetTask(id);
        return refused(toMailErrorValue(error));
      }
    }
  }
}

/** By a route of its own: as a Server Action it left the page 5 ms later and waited for those before it. */
function request(bulk: UnsentBulk): Promise<Task> {
  const answered = fetchJson<Task>('/api/tasks', { body: bulk });
  underWay.set(bulk.id, answered);
  return answered.finally(() => underWay.delete(bulk.id));
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

async function afterEarlierActs(): Promise<void> {
  const earlier = new Set(actLog.get().items.map(({ id }) => id));
  const isWaiting = () => actLog.get().items.some(({ id }) => earlier.has(id));
  if (!isWaiting()) return;
  await new Promise<void>((resolve) => {
    const stop = actLog.subscribe(() => {
      if (isWaiting()) return;
      stop();
      resolve();
    });
  });
}

function settle(id: string): void {
  keep(unsent.filter((one) => one.id !== id));
}

function keep(all: readonly UnsentBulk[]): void {
  unsent = all;
  storage.save(unsent);
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
