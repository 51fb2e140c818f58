import { isEnded } from '../../mail/task-ends.ts';
import type { MailAct, Task } from '../../mail/task.ts';
import type { UidSet } from '../../mail/event.ts';
import { makeStore, useStore } from '../external-store.ts';

/** An act on many messages that was begun here: drawn as done until its task has ended. */
export interface PendingBulk {
  /** The task's. */
  id: string;
  acts: readonly MailAct[];
  messages: readonly { mailbox: string; uidValidity: number; uids: UidSet }[];
}

const noBulks: readonly PendingBulk[] = [];
const noTasks: readonly Task[] = [];

export const bulks = makeStore(noBulks);
/** Tasks under way, and those that ended and were not told yet. */
export const tasks = makeStore(noTasks);

/** The server told of a task: what it tells is written as truth before, so an ended act is no longer drawn over it. */
export function hearTask(task: Task): void {
  const known = tasks.get().find(({ id }) => id === task.id);
  if (known && isEnded(known)) return;
  tasks.set(known ? tasks.get().map((one) => (one === known ? task : one)) : [...tasks.get(), task]);
  if (isEnded(task)) bulks.set(bulks.get().filter(({ id }) => id !== task.id));
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
