import 'server-only';
import { isMailError } from '#lib/errors.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { ChoosableRole } from '#lib/mail/choosable-roles.ts';
import { createMailbox, setSpecialUse } from '#server/imap/change-mailbox.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { withConnection } from '#server/imap/with-mailbox.ts';
import { writeChosenRole } from '#server/store/chosen-role-rows.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';

/** Makes the mailbox that a special use lacks, or one without a role, and answers its path as the server names it. Throws a MailError. */
export async function makeMailboxFor(
  session: ImapSession,
  role: ChoosableRole | null,
  wanted: MailboxPath,
): Promise<MailboxPath> {
  const path = await withConnection(session.commands, async (client) => {
    const made = await createMailbox(client, wanted).catch((error: unknown) => {
      if (isMailError(error) && error.code === 'mailbox-exists') return wanted; // Another device was quicker.
      throw error;
    });
    if (role) await setSpecialUse(client, made, role);
    return made;
  });
  if (role) writeChosenRole(session.accountKey, role, path);
  sessionFeed(session).mailboxesMoved([]);
  return path;
}
