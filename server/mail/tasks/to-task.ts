import 'server-only';
import type { Task } from '#lib/mail/task.ts';
import type { TaskRow } from '#server/store/task-rows.ts';

/** What people are told of a task: numbers, not which messages. */
export function toTask({ id, steps, progress }: TaskRow): Task {
  const { isUndo, total, asked, state, done, missing, kept, error, canUndo } = progress;
  const [first] = steps;
  return {
    id,
    acts: first?.asked ? [first.asked] : (first?.acts ?? []),
    mailboxes: [...new Set(steps.map(({ mailbox }) => mailbox))],
    isUndo,
    state,
    total: total ?? asked,
    done,
    missing,
    kept,
    error,
    canUndo,
  };
}
