import 'server-only';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { checkUidValidity } from './check-uid-validity.ts';
import { expungeUids } from './expunge-uids.ts';
import type { ImapSession } from './sessions.ts';
import { withMailbox } from './with-mailbox.ts';

/** Removes messages for good, and no others; those that are gone are no error. */
export async function destroyMessages(
  session: ImapSession,
  path: MailboxPath,
  uidValidity: number,
  uids: readonly number[],
): Promise<void> {
  await withMailbox(session.commands, path, async ({ client, mailbox }) => {
    checkUidValidity(mailbox, uidValidity);
    await expungeUids(client, uids);
  });
}
