'use server';

import { z } from 'zod';
import type { Result } from '#lib/errors.ts';
import type { Task } from '#lib/mail/task.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { undoTask } from '#server/mail/tasks/tasks.ts';
import { mailAction } from './mail-action.ts';

const run = mailAction(z.uuid(), async (auth, id) => undoTask(imapSession(auth), id));

/** Takes back what a task did, as a task of its own. */
export async function undoBulkChange(id: string): Promise<Result<Task>> {
  return run(id);
}
