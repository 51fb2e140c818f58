import 'server-only';
import type { ImapFlow } from 'imapflow';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { compareModseq } from '#lib/mail/sync-token.ts';
import { checkUidValidity } from './check-uid-validity.ts';
import { checkWritable } from './check-writable.ts';
import { expungeUids } from './expunge-uids.ts';
import type { ImapSession } from './sessions.ts';
import type { SeenMessage } from './store-keyword.ts';
import { range } from './transfer.ts';
import { withMailbox } from './with-mailbox.ts';

/**
 * Removes messages for good, and no others; those that are gone are no error. With a modseq only those that nothing happened to
 * since: answers how many were kept for that.
 */
export async function destroyMessages(
  session: ImapSession,
  path: MailboxPath,
  uidValidity: number,
  messages: readonly SeenMessage[],
): Promise<{ kept: number }> {
  return withMailbox(session.commands, path, async ({ client, mailbox }) => {
    checkUidValidity(mailbox, uidValidity);
    checkWritable(mailbox);
    const isSince = messages.some(({ modseq }) => modseq !== '0') && client.enabled.has('CONDSTORE');
    const { wanted, kept } = isSince
      ? await unchanged(client, messages)
      : { wanted: messages.map(({ uid }) => uid), kept: 0 };
    if (wanted.length > 0) await expungeUids(client, wanted);
    return { kept };
  });
}

/** EXPUNGE knows no UNCHANGEDSINCE: who changed a message between this and the next command loses that. */
async function unchanged(client: ImapFlow, messages: readonly SeenMessage[]): Promise<{ wanted: number[]; kept: number }> {
  const rows = await client.fetchAll(range(messages.map(({ uid }) => uid)), { uid: true, flags: true }, { uid: true });
  const seen = new Map(messages.map(({ uid, modseq }) => [uid, modseq]));
  const wanted = rows
    .filter(({ uid, modseq }) => compareModseq((modseq ?? 0n).toString(), seen.get(uid) ?? '0') <= 0)
    .map(({ uid }) => uid);
  return { wanted, kept: rows.length - wanted.length };
}
