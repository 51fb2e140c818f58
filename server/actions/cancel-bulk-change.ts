'use server';

import { z } from 'zod';
import type { Result } from '#lib/errors.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { cancelTask } from '#server/mail/tasks/tasks.ts';
import { mailAction } from './mail-action.ts';

const run = mailAction(z.uuid(), async (auth, id) => {
  cancelTask(imapSession(auth), id);
  return null;
});

/** Ends a task after the batch under way; the feed tells what was done. */
export async function cancelBulkChange(id: string, account: string | null): Promise<Result<null>> {
  return run(id, account);
}
