'use server';

import type { Result } from '#lib/errors.ts';
import { bulkUndoSchema } from '#lib/mail/task.ts';
import type { BulkUndo, Task } from '#lib/mail/task.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { undoTask } from '#server/mail/tasks/tasks.ts';
import { mailAction } from './mail-action.ts';

const run = mailAction(bulkUndoSchema, async (auth, undo) => undoTask(imapSession(auth), undo));

/** Takes back what a task did, as a task of its own. */
export async function undoBulkChange(undo: BulkUndo, account: string | null): Promise<Result<Task>> {
  return run(undo, account);
}
