import { isEnded } from '#lib/mail/task-ends.ts';
import type { MailAct, Task, UidRanges } from '#lib/mail/task.ts';
import type { UidSet } from '#lib/mail/event.ts';
import { parseUidSet } from '#lib/mail/uid-set.ts';
import { dropTask } from '#lib/client/acts/act-state.ts';
import { acts } from '#lib/client/acts/act-store.ts';
import { makeStore, useStore } from '#lib/client/external-store.ts';

/** An act on many messages: drawn as done until its task has ended. */
export interface PendingBulk {
  /** The task's. */
  id: string;
  acts: readonly MailAct[];
  messages: readonly { mailbox: string; uidValidity: number; uids: UidSet }[];
}

const noBulks: readonly PendingBulk[] = [];
const noTasks: readonly Task[] = [];

const bulks = makeStore(noBulks);
/** Tasks under way, and those that ended and were not told yet. */
export const tasks = makeStore(noTasks);

/** Draws an act as done; once, however often it is heard of. */
export function drawBulk(id: string, acts: readonly MailAct[], ranges: readonly UidRanges[]): void {
  if (bulks.get().some((bulk) => bulk.id === id)) return;
  const messages = ranges.map((range) => ({ ...range, uids: parseUidSet(range.uids) }));
  bulks.set([...bulks.get(), { id, acts, messages }]);
}

/** The server told of a task: what it tells is written as truth before, so an ended act is no longer drawn over it. */
export function hearTask(task: Task, messages: readonly UidRanges[] = []): void {
  const known = tasks.get().find(({ id }) => id === task.id);
  if (known && isEnded(known)) return;
  tasks.set(known ? tasks.get().map((one) => (one === known ? task : one)) : [...tasks.get(), task]);
  if (!isEnded(task)) {
    if (messages.length > 0) drawBulk(task.id, task.acts, messages);
    return;
  }
  bulks.set(bulks.get().filter(({ id }) => id !== task.id));
  if (!task.canUndo) acts.set(dropTask(acts.get(), task.id));
}

/** It was told, or came to nothing. */
export function forgetTask(id: string): void {
  tasks.set(tasks.get().filter((task) => task.id !== id));
  bulks.set(bulks.get().filter((bulk) => bulk.id !== id));
}

export function useTasks(): readonly Task[] {
  return useStore(tasks, noTasks);
}

export function useBulks(): readonly PendingBulk[] {
  return useStore(bulks, noBulks);
}
