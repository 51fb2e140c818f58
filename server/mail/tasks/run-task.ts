import 'server-only';
import { isMailError } from '#lib/errors.ts';
import type { UidSet } from '#lib/mail/event.ts';
import type { MailAct } from '#lib/mail/task.ts';
import { countUids, formatUidSet, sliceUids } from '#lib/mail/uid-set.ts';
import type { ActMemory } from '#server/imap/act-on-uids.ts';
import { maxSetLength } from '#server/imap/pieces.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { toMailError } from '#server/imap/to-mail-error.ts';
import { log } from '#server/log.ts';
import { advanceTaskRow, writeTaskSteps } from '#server/store/task-rows.ts';
import type { BatchTrace, TaskProgress, TaskRow, TaskStep } from '#server/store/task-rows.ts';
import { madeFor, tidyMailboxes } from '#server/mail/archive/make-mailboxes.ts';
import { makeBatchSize } from './batch-size.ts';
import { fileSteps } from './file-steps.ts';
import { lookAtStep, readLanding, reconcile } from './reconcile.ts';
import { runBatch } from './run-batch.ts';
import type { BatchOutcome } from './run-batch.ts';
import type { Spared } from './spared.ts';

export interface TaskControl {
  /** Aborted with the reason 'cancelled' by the person, 'left' when the session ends or the process stops. */
  signal: AbortSignal;
  /** Unix milliseconds until which no other process may take the task over. */
  lease(): number;
  /** A mailbox was changed by us. */
  onTouched(mailboxes: readonly string[]): void;
  onProgress(progress: TaskProgress): void;
  spared: Spared;
}

/** A command whose answer was lost may still be at work on the server. Milliseconds. */
const lostCommandMs = 1_500;
const firstWaitMs = 500;
const longestWaitMs = 15_000;
/** A server that answers NO without saying why is asked again so often. */
const maxRefusals = 4;

/**
 * Works a task off from where it stands, batch by batch, each written to the store before the next: what was done and what
 * was not can always be told, and another process can go on. Ends with a progress that is an end, or as it stands when the
 * session was left. Never throws.
 */
export async function runTask(
  session: ImapSession,
  row: TaskRow,
  isResumed: boolean,
  control: TaskControl,
): Promise<TaskProgress> {
  const { steps } = row;
  let { progress } = row;
  let isUncertain = isResumed;
  let refusals = 0;
  let failures = 0;
  let memories: ActMemory[] = [];
  let isStopAsked = false;
  const size = makeBatchSize();

  function advance(change: Partial<TaskProgress>, trace: BatchTrace = { inverse: [], placed: [] }): void {
    progress = { ...progress, ...change };
    isStopAsked = advanceTaskRow(row.id, progress, trace, control.lease());
    control.onProgress(progress);
  }

  function count({ done, missing, kept, inverse, placed, landed }: BatchOutcome, dealtWith: number): void {
    const landing = landed && progress.landing ? { ...progress.landing, ...landed } : progress.landing;
    const change = {
      done: progress.done + done,
      missing: progress.missing + missing,
      kept: progress.kept + kept,
      landing,
    };
    const canUndo = progress.canUndo || inverse.length > 0;
    advance(
      { ...change, canUndo, next: progress.next + dealtWith, state: 'running', error: null },
      { inverse, placed },
    );
  }

  /** Looks once which messages are there: from then on the numbers are exact. */
  async function prepare(): Promise<void> {
    const start = performance.now();
    const isNamed = steps.every(({ lacking }) => lacking === undefined); // Else one that has the keyword by now is not missed.
    const named = steps.reduce((all, { uids }) => all + countUids(uids), 0);
    for (const step of steps) {
      const { there, wanting } = await lookAtStep(session, step, isNamed && named === progress.asked);
      step.uids = there;
      // By the next batch, or mailbox, another device may have changed some.
      memories = wanting && steps.length === 1 ? [{ wanting }] : [];
    }
    const sum = () => steps.reduce((all, { uids }) => all + countUids(uids), 0);
    const found = sum();
    steps.splice(0, steps.length, ...(await fileSteps(session, steps)));
    // Keywords are written to an index. What moves or copies takes a server longer, and what is too much for a quota is refused whole.
    const isMarking = steps.every(({ acts }) => acts.every(({ type }) => type === 'set-keyword'));
    if (isMarking) size.searched(performance.now() - start);
    writeTaskSteps(row.id, steps);
    const missing = isNamed ? Math.max(0, progress.asked - found) : 0;
    advance({ total: found + missing, missing, done: found - sum(), state: 'running', error: null });
  }

  /** What a command did whose answer was lost, or that was refused half-way, is counted; what is left becomes the step. */
  async function settle(step: TaskStep): Promise<void> {
    const act = step.acts.at(-1);
    if (!isTransfer(act) || !progress.landing) return;
    const left = sliceUids(step.uids, progress.next + 1, countUids(step.uids));
    const { outcome, rest } = await reconcile(session, step, act, left, progress.landing);
    step.uids = rest;
    writeTaskSteps(row.id, steps);
    count(outcome, -progress.next);
  }

  async function workOnce(step: TaskStep): Promise<void> {
    const act = step.acts.at(-1);
    if (isTransfer(act) && progress.landing?.mailbox !== act.to) {
      const landing = await readLanding(session, step, act);
      writeTaskSteps(row.id, steps);
      advance({ landing });
    }
    if (act?.type === 'move' && act.make) {
      // What was made for an earlier step may be above this one's mailbox, or be it.
      const made = madeFor(
        act.to,
        steps.flatMap((one) => one.made ?? []),
      );
      if (made.length > 0) step.made = made;
    }
    if (isUncertain) await settle(step);
    isUncertain = false;
    const batch = nextBatch(step, progress.next, size.current());
    if (batch.length === 0) return;
    const start = performance.now();
    const left = control.spared.leave(step, batch);
    const outcome = await control.spared.during(step, left, () => runBatch(session, step, left, memories));
    // What was wanted otherwise meanwhile is done with.
    count({ ...outcome, done: outcome.done + countUids(batch) - countUids(left) }, countUids(batch));
    size.took(performance.now() - start);
    memories = [];
    control.onTouched(isTransfer(act) ? [step.mailbox, act.to] : [step.mailbox]);
  }

  /** Answers whether it goes on. */
  async function afterFailure(thrown: unknown): Promise<boolean> {
    const error = isMailError(thrown) ? thrown : toMailError(thrown);
    const isRefusal = error.code === 'server-unavailable' || error.code === 'unexpected';
    refusals += isRefusal ? 1 : 0;
    log.warn('task-failed', { code: error.code, refusals, failures });
    const step = steps[progress.step];
    const isHopeless = (!error.retryable && error.code !== 'wrong-credentials') || refusals > maxRefusals;
    if (isHopeless) {
      // A MOVE that was refused may have moved some (RFC 6851 section 3.3).
      if (step && progress.total !== null) await settle(step).catch(() => {});
      advance({ state: 'failed', error: error.code });
      return false;
    }
    size.failed();
    isUncertain = true;
    advance({ state: 'waiting', error: error.code });
    const delay = Math.max(lostCommandMs, Math.min(longestWaitMs, firstWaitMs * 2 ** failures));
    failures += 1;
    await pause(delay, control.signal);
    return true;
  }

  /** The person wants it to end. Of a command whose answer was lost it is found out first what it did, if that can be. */
  async function cancel(): Promise<void> {
    const step = steps[progress.step];
    if (isUncertain && step && progress.total !== null) await settle(step).catch(() => {});
    advance({ state: 'cancelled', error: null });
  }

  for (;;) {
    if (control.signal.aborted && control.signal.reason !== 'cancelled') return progress;
    if (control.signal.aborted || isStopAsked) {
      await cancel();
      return progress;
    }
    try {
      if (progress.total === null) await prepare();
      const step = steps[progress.step];
      if (!step) {
        advance({ state: 'done', error: null });
        return progress;
      }
      if (progress.next >= countUids(step.uids)) {
        const last = step.acts.at(-1);
        if (last?.type === 'move' && last.tidy) await tidyMailboxes(session, last.tidy);
        advance({ step: progress.step + 1, next: 0 });
      } else await workOnce(step);
      failures = 0;
    } catch (error) {
      if (isMailError(error) && error.code === 'not-signed-in') return progress;
      if (!(await afterFailure(error))) return progress;
    }
  }
}

function isTransfer(act: MailAct | undefined): act is Extract<MailAct, { type: 'move' | 'copy' }> {
  return act?.type === 'move' || act?.type === 'copy';
}

function nextBatch({ uids }: TaskStep, next: number, size: number): UidSet {
  for (let wanted = size; ; wanted = Math.ceil(wanted / 2)) {
    const batch = sliceUids(uids, next + 1, next + wanted);
    if (wanted <= 100 || formatUidSet(batch).length <= maxSetLength) return batch;
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  signal.addEventListener('abort', () => resolve(), { once: true });
  await promise;
  clearTimeout(timer);
}
