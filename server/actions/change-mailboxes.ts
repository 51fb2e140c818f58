'use server';

import type { Result } from '#lib/errors.ts';
import { mailboxChangeSchema } from '#lib/mail/mailbox-change.ts';
import type { MailboxChange, MailboxOutcome } from '#lib/mail/mailbox-change.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { executeMailboxChange } from '#server/mail/execute-mailbox-change.ts';
import { mailAction } from './mail-action.ts';

const run = mailAction(mailboxChangeSchema, (auth, change) => executeMailboxChange(imapSession(auth), change));

/** Makes, renames, moves or deletes a mailbox, or says what it is for; answers the tree as it stands then. */
export async function changeMailboxes(change: MailboxChange): Promise<Result<MailboxOutcome>> {
  return run(change);
}
