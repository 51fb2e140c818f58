import 'server-only';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { toKeywords } from './keywords.ts';
import type { ImapSession } from './sessions.ts';
import { withMailbox } from './with-mailbox.ts';

/** Messages looked at: the newest, should somebody keep more there. */
const maxMessages = 20_000;

/** All messages of the mailbox where snoozed ones wait, with their keywords (UID FETCH FLAGS). */
export async function readSnoozed(
  session: ImapSession,
  path: MailboxPath,
): Promise<{ uidValidity: number; messages: { uid: number; keywords: Keyword[] }[] }> {
  return withMailbox(session.commands, path, async ({ client, mailbox }) => {
    const { exists } = mailbox;
    const range = `${Math.max(1, exists - maxMessages + 1)}:*`;
    const rows = exists > 0 ? await client.fetchAll(range, { uid: true, flags: true }) : [];
    const byUid = new Map(rows.map(({ uid, flags }) => [uid, toKeywords(flags ?? [])])); // A change meanwhile is a row more.
    return {
      uidValidity: Number(mailbox.uidValidity),
      messages: [...byUid].map(([uid, keywords]) => ({ uid, keywords })),
    };
  });
}
