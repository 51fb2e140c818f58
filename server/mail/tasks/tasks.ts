import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import { MailError } from '#lib/errors.ts';
import { isLabel } from '#lib/mail/label.ts';
import { isEnded } from '#lib/mail/task-ends.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { saysWhen, snoozeFrom } from '#lib/mail/snooze.ts';
import type { BulkChange, BulkUndo, MailAct, Task, UidRanges } from '#lib/mail/task.ts';
import { countUids, formatUidSet, parseUidSet } from '#lib/mail/uid-set.ts';
import { tellAccount } from '#server/events/hub.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { log } from '#server/log.ts';
import { singleton } from '#server/singleton.ts';
import {
  advanceTaskRow,
  claimTaskRows,
  findTaskRow,
  insertTaskRow,
  leaseTaskRow,
  listTaskRows,
  markTaskTold,
  stopTaskRow,
  takeTaskInverse,
} from '#server/store/task-rows.ts';
import type { TaskProgress, TaskRow, TaskStep } from '#server/store/task-rows.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';
import { followStep } from './follow-moved.ts';
import { inverseSteps } from './inverse-steps.ts';
import { makeTouched } from './touched.ts';
import { runTask } from './run-task.ts';
import { makeSpared, spareFromTasks } from './spared.ts';
import { toTask } from './to-task.ts';

interface Running {
  sessionId: string;
  stop: AbortController;
  ended: Promise<void>;
}

/** Nobody else takes a task over that was heard of within this time. Milliseconds. */
const leaseMs = 15_000;
/** How often a task that waits for its server is looked after: whether it is to end, and that nobody takes it over. Milliseconds. */
const heartbeatMs = 2_000;
/** A task is ended within this time wherever it runs: its lease may have to run out first. Milliseconds. */
const endWithinMs = leaseMs + 10_000;
const lookEveryMs = 100;
/** Tasks an account may have under way. */
const maxRunning = 20;
/** Octets of UIDs told of a task. */
const maxToldLength = 200_000;
/** Between two facts about the same task, in milliseconds. */
const tellEveryMs = 150;

const running = singleton('running-tasks', () => new Map<string, Running>());
const resuming = singleton('resuming-tasks', () => new Map<string, NodeJS.Timeout>());

/** Begins an act on many messages and answers at once; how it goes is told on the feed of all the account's sessions. */
export function startTask(session: ImapSession, { id, acts, messages, count, lacking }: BulkChange): Task {
  const known = findTaskRow(session.accountKey, id);
  if (known) return toTask(known); // Its answer was lost.
  const steps = messages.map(({ mailbox, uidValidity, uids }): TaskStep => ({
    mailbox,
    uidValidity,
    uids: parseUidSet(uids),
    acts: acts.map((act) => actIn(act, mailbox)),
    unchangedSince: null,
    ...(lacking ? { lacking } : {}),
  }));
  return begin(session, id, steps, count, false);
}

/** What is snoozed says itself where it is to come back to, each mailbox's messages to their own. */
function actIn(act: MailAct, mailbox: MailboxPath): MailAct {
  if (act.type !== 'move' || !act.keywords?.some(({ keyword, value }) => value && saysWhen(keyword))) return act;
  return { ...act, keywords: snoozeFrom(act.keywords, mailbox) };
}

/** The account's task of that name, as it stands. */
export function findTask(session: ImapSession, id: string): Task | null {
  const row = findTaskRow(session.accountKey, id);
  return row && toTask(row);
}

/** Keeps the way back of what is done in another way than batch by batch, as that of a task that is over. */
export function keepDone(session: ImapSession, id: string, steps: TaskStep[], inverse: TaskStep[]): void {
  const done = steps.reduce((sum, { uids }) => sum + countUids(uids), 0);
  const progress: TaskProgress = {
    ...begun(done, false),
    total: done,
    done,
    state: 'done',
    canUndo: inverse.length > 0,
  };
  insertTaskRow({ id, accountKey: session.accountKey, steps, progress }, 0);
  advanceTaskRow(id, progress, { inverse, placed: [] }, 0);
  markTaskTold(id);
}

/**
 * Takes back what a task did, as a task of its own that can be taken back in turn; one that is under way is ended first. Throws
 * message-missing when there is nothing to take back, or it was taken back already.
 */
export async function undoTask(session: ImapSession, { id, task }: BulkUndo): Promise<Task> {
  const known = findTaskRow(session.accountKey, id);
  if (known) return toTask(known);
  await endTask(session, task);
  const steps = inverseSteps(takeTaskInverse(task)).flatMap((step) => followStep(session.accountKey, step));
  if (steps.length === 0) throw new MailError('message-missing');
  return begin(
    session,
    id,
    steps,
    steps.reduce((sum, { uids }) => sum + countUids(uids), 0),
    true,
  );
}

/** Ends a task after the batch under way, whichever process works on it; what was done stays done, and is told. */
export function cancelTask(session: ImapSession, id: string): void {
  if (!findTaskRow(session.accountKey, id)) return;
  const here = running.get(id);
  if (here) here.stop.abort('cancelled');
  else stopTaskRow(id);
}

/**
 * Cancels a task and waits until it has ended. One that another process works on hears of it by the store; one that nobody works on
 * any longer is taken over for it. Throws message-missing for a task there is not, server-unavailable when it does not end.
 */
async function endTask(session: ImapSession, id: string): Promise<void> {
  cancelTask(session, id);
  for (const deadline = Date.now() + endWithinMs; ;) {
    await running.get(id)?.ended;
    const row = findTaskRow(session.accountKey, id);
    if (!row) throw new MailError('message-missing');
    if (isEnded(row.progress)) return;
    if (Date.now() > deadline) throw new MailError('server-unavailable');
    resumeTasks(session);
    if (!running.has(id)) await delay(lookEveryMs);
  }
}

/**
 * The account's tasks under way, with their messages where these are named shortly, and those whose end nobody heard; whoever
 * asks has heard them now.
 */
export function listTasks(session: ImapSession): { task: Task; messages: UidRanges[] }[] {
  return listTaskRows(session.accountKey).map((row) => {
    const task = toTask(row);
    if (isEnded(task)) markTaskTold(row.id);
    return { task, messages: isEnded(task) || task.isUndo ? [] : toRanges(row) };
  });
}

/** Somebody on this process heard of a task that another works on: an end that was heard is not told again. */
export function noteTaskHeard(task: Task): void {
  if (isEnded(task)) markTaskTold(task.id);
}

/** An undo acts differently on each part of them; all else does the same to all. */
function toRanges({ steps }: TaskRow): UidRanges[] {
  const ranges = steps.map(({ mailbox, uidValidity, uids }) => ({ mailbox, uidValidity, uids: formatUidSet(uids) }));
  return ranges.reduce((sum, { uids }) => sum + uids.length, 0) <= maxToldLength ? ranges : [];
}

/** Goes on with what a process left that stopped, or a session that ended: now that the account's password is known again. */
export function resumeTasks(session: ImapSession): void {
  const now = Date.now();
  const { claimed, freeAt } = claimTaskRows(session.accountKey, now, now + leaseMs);
  for (const row of claimed) if (!running.has(row.id)) run(session, row, true);
  if (freeAt === null || resuming.has(session.accountKey)) return;
  const timer = setTimeout(
    () => {
      resuming.delete(session.accountKey);
      resumeTasks(session);
    },
    Math.max(100, freeAt - now + 50),
  );
  timer.unref();
  resuming.set(session.accountKey, timer);
}

/** The session's tasks stop after the batch under way; they go on when the account is signed in again. */
export async function leaveTasks(sessionId: string | null): Promise<void> {
  const left = [...running.values()].filter((task) => sessionId === null || task.sessionId === sessionId);
  for (const task of left) task.stop.abort('left');
  await Promise.all(left.map(({ ended }) => ended));
}

function begin(session: ImapSession, id: string, steps: TaskStep[], asked: number, isUndo: boolean): Task {
  const mine = listTaskRows(session.accountKey).filter(({ progress }) => progress.state === 'running');
  if (mine.length >= maxRunning) throw new MailError('rate-limited');
  const row: TaskRow = { id, accountKey: session.accountKey, steps, progress: begun(asked, isUndo) };
  insertTaskRow(row, Date.now() + leaseMs);
  for (const { mailbox, uidValidity, uids, acts } of steps)
    for (const act of acts)
      if (act.type === 'set-keyword')
        void spareFromTasks(session.accountKey, { mailbox, uidValidity, uids, keyword: act.keyword });
  run(session, row, false);
  return toTask(row);
}

function begun(asked: number, isUndo: boolean): TaskProgress {
  return {
    isUndo,
    total: null,
    asked,
    step: 0,
    next: 0,
    done: 0,
    missing: 0,
    kept: 0,
    state: 'running',
    error: null,
    canUndo: false,
    landing: null,
  };
}

function run(session: ImapSession, row: TaskRow, isResumed: boolean): void {
  const { id } = row;
  const stop = new AbortController();
  const started = performance.now();
  const beat = () => {
    if (leaseTaskRow(id, Date.now() + leaseMs)) stop.abort('cancelled');
  };
  const heartbeat = setInterval(beat, heartbeatMs);
  heartbeat.unref();
  if (isResumed) beat(); // It may have been taken over to be ended.
  const touched = makeTouched(session);
  const tell = makeTeller(row);
  const spared = makeSpared(session.accountKey);
  const work = async () => {
    const progress = await runTask(session, row, isResumed, {
      signal: stop.signal,
      lease: () => Date.now() + leaseMs,
      onTouched: touched.touch,
      onProgress: tell.soon,
      spared,
    }).finally(spared.end);
    clearInterval(heartbeat);
    running.delete(id);
    if (givesLabel(row)) sessionFeed(session).mailboxesMoved([]); // Where labels are mailboxes it may have made one.
    await touched.settle(); // First what happened, then that it is over: nobody shows what is no longer so.
    if (!isEnded(progress)) return void leaseTaskRow(id, 0);
    if (tell.now(progress)) markTaskTold(id);
    const { state, done, missing, kept } = progress;
    log.info('task-ended', {
      state,
      done,
      missing,
      kept,
      code: progress.error,
      ms: Math.round(performance.now() - started),
    });
  };
  const ended = work().catch((error: unknown) => {
    clearInterval(heartbeat);
    running.delete(id);
    log.error('task-broken', { kind: error instanceof Error ? error.name : 'unknown' });
  });
  running.set(id, { sessionId: session.id, stop, ended });
}

function givesLabel({ steps }: TaskRow): boolean {
  return steps.some(({ acts }) => acts.some((act) => act.type === 'set-keyword' && act.value && isLabel(act.keyword)));
}

/** Tells how a task goes: not more often than anyone can read, and its end last. */
function makeTeller(row: TaskRow) {
  let timer: NodeJS.Timeout | undefined;
  let latest = row.progress;
  const say = (progress: TaskProgress) =>
    tellAccount(row.accountKey, { type: 'task-progress', task: toTask({ ...row, progress }) });
  return {
    soon(progress: TaskProgress): void {
      latest = progress;
      timer ??= setTimeout(() => {
        timer = undefined;
        if (!isEnded(latest)) say(latest);
      }, tellEveryMs);
    },
    /** Answers whether anyone heard. */
    now(progress: TaskProgress): boolean {
      clearTimeout(timer);
      return say(progress);
    },
  };
}
