import 'server-only';
import type { ImapSession } from '#server/imap/sessions.ts';
import type { TaskStep } from '#server/store/task-rows.ts';
import { fileByDate } from '#server/mail/archive/file-by-date.ts';

/**
 * The same steps, of which those that file messages by their dates are cut into one for each mailbox they go to; without what is where it
 * belongs.
 */
export async function fileSteps(session: ImapSession, steps: readonly TaskStep[]): Promise<TaskStep[]> {
  const all: TaskStep[] = [];
  for (const step of steps) {
    const act = step.acts.at(-1);
    if (act?.type !== 'move' || !act.by) {
      all.push(step);
      continue;
    }
    const { by, as, ...move } = act;
    const filed = await fileByDate(session, session.tasks, step, step.uids, { to: act.to, as, by });
    filed.delete(step.mailbox);
    for (const [to, uids] of filed)
      all.push({ ...step, uids, acts: [...step.acts.slice(0, -1), { ...move, to, make: true }], asked: act });
    if (filed.size === 0) all.push({ ...step, uids: [], acts: [{ ...move, make: true }], asked: act });
  }
  return all;
}
