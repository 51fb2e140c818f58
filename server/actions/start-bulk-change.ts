'use server';

import type { Result } from '#lib/errors.ts';
import { bulkChangeSchema } from '#lib/mail/task.ts';
import type { BulkChange, Task } from '#lib/mail/task.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { planWakesOf } from '#server/mail/snooze/plan-wakes-of.ts';
import { startTask } from '#server/mail/tasks/tasks.ts';
import { mailAction } from './mail-action.ts';

const run = mailAction(bulkChangeSchema, async (auth, change) => {
  planWakesOf(auth, change.acts);
  return startTask(imapSession(auth), change);
});

/** Begins an act on many messages; answers the task at once, the feed tells how it goes. */
export async function startBulkChange(change: BulkChange, account: string | null): Promise<Result<Task>> {
  return run(change, account);
}
