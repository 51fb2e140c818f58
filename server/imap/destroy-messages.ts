import 'server-only';
import type { ImapFlow, MailboxObject } from 'imapflow';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { compareModseq } from '#lib/mail/sync-token.ts';
import { checkUidValidity } from './check-uid-validity.ts';
import { checkWritable } from './check-writable.ts';
import { expungeUids } from './expunge-uids.ts';
import type { ImapSession } from './sessions.ts';
import type { SeenMessage } from './store-keyword.ts';
import { range, transfer } from './transfer.ts';
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
  const { kept, trashed } = await withMailbox(session.commands, path, async ({ client, mailbox }) => {
    checkUidValidity(mailbox, uidValidity);
    checkWritable(mailbox);
    const isSince = messages.some(({ modseq }) => modseq !== '0') && client.enabled.has('CONDSTORE');
    const { wanted, kept } = isSince
      ? await unchanged(client, messages)
      : { wanted: messages.map(({ uid }) => uid), kept: 0 };
    const trash = await trashThatDestroys(client, mailbox);
    if (wanted.length === 0) return { kept, trashed: null };
    if (trash) return { kept, trashed: { path: trash, copied: await transfer(client, 'UID MOVE', wanted, trash) } };
    await expungeUids(client, wanted);
    return { kept, trashed: null };
  });
  const { path: trash, copied } = trashed ?? {};
  if (trash && copied) {
    await withMailbox(session.commands, trash, async ({ client, mailbox }) => {
      checkUidValidity(mailbox, copied.uidValidity);
      await expungeUids(
        client,
        copied.uids.map(([, uid]) => uid),
      );
    });
  }
  return { kept };
}

/**
 * On Gmail a mailbox is a label: EXPUNGE takes it off, and the message stays in All Mail, but for its trash and its spam. Answers
 * the trash, null where EXPUNGE destroys.
 */
async function trashThatDestroys(client: ImapFlow, mailbox: MailboxObject): Promise<MailboxPath | null> {
  if (!client.capabilities.has('X-GM-EXT-1')) return null;
  const mailboxes = await client.list();
  const trash = mailboxes.find(({ specialUse }) => specialUse === '\\Trash')?.path ?? null;
  const here = mailboxes.find(({ path }) => path === mailbox.path)?.specialUse;
  return here === '\\Trash' || here === '\\Junk' ? null : trash;
}

/** EXPUNGE knows no UNCHANGEDSINCE: who changed a message between this and the next command loses that. */
async function unchanged(
  client: ImapFlow,
  messages: readonly SeenMessage[],
): Promise<{ wanted: number[]; kept: number }> {
  const rows = await client.fetchAll(range(messages.map(({ uid }) => uid)), { uid: true, flags: true }, { uid: true });
  const seen = new Map(messages.map(({ uid, modseq }) => [uid, modseq]));
  const wanted = rows
    .filter(({ uid, modseq }) => compareModseq((modseq ?? 0n).toString(), seen.get(uid) ?? '0') <= 0)
    .map(({ uid }) => uid);
  return { wanted, kept: rows.length - wanted.length };
}
