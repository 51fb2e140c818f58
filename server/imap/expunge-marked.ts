import 'server-only';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { checkWritable } from './check-writable.ts';
import { atom, execCommand } from './protocol.ts';
import { searchUids } from './search-uids.ts';
import { countUids } from '#lib/mail/uid-set.ts';
import type { ImapSession } from './sessions.ts';
import { withMailbox } from './with-mailbox.ts';

/** How many messages of a mailbox are marked \Deleted, by whichever program. */
export async function countMarked(session: ImapSession, path: MailboxPath): Promise<number> {
  return withMailbox(session.commands, path, async ({ client }) => {
    await client.noop();
    return countUids(await searchUids(client, [atom('DELETED')]));
  });
}

/** Removes all of them for good (EXPUNGE, RFC 9051 section 6.4.3). Throws permission-denied. */
export async function expungeMarked(session: ImapSession, path: MailboxPath): Promise<void> {
  await withMailbox(session.commands, path, async ({ client, mailbox }) => {
    checkWritable(mailbox);
    await execCommand(client, 'EXPUNGE');
  });
}
