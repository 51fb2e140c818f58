'use server';

import { mailChangeSchema } from '#lib/mail/change.ts';
import type { ChangeOutcome, MailChange } from '#lib/mail/change.ts';
import type { Result } from '#lib/errors.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { mailAction } from './mail-action.ts';

const run = mailAction(mailChangeSchema, (auth, change) => executeChange(imapSession(auth), change));

/** Carries out one change; answers what it led to. */
export async function changeMessages(change: MailChange): Promise<Result<ChangeOutcome>> {
  return run(change);
}
