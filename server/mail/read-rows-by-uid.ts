import 'server-only';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { MessageSummary } from '#lib/mail/message.ts';
import { checkUidValidity } from '#server/imap/check-uid-validity.ts';
import { readRows } from '#server/imap/read-rows.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { withMailbox } from '#server/imap/with-mailbox.ts';
import { toSummary } from './to-summary.ts';

/** Rows of single messages, oldest first; one that is gone has none. Throws mailbox-changed, mailbox-missing. */
export async function readRowsByUid(
  session: ImapSession,
  mailbox: MailboxPath,
  uidValidity: number,
  uids: readonly number[],
  signal?: AbortSignal,
): Promise<MessageSummary[]> {
  const rows = await withMailbox(
    session.commands,
    mailbox,
    async ({ client, mailbox: open }) => {
      checkUidValidity(open, uidValidity);
      return readRows(client, uids.join(','), 'uid');
    },
    { signal },
  );
  const wanted = new Set(uids);
  return rows.map(toSummary).filter(({ uid }) => wanted.has(uid)); // A bare flag change may have slipped in.
}
