import 'server-only';
import type { ImapFlow } from 'imapflow';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { formatUidSet, toUidSet } from '#lib/mail/uid-set.ts';
import { checkUidValidity } from './check-uid-validity.ts';
import { copiedUids } from './copy-uid.ts';
import type { CopiedUids } from './copy-uid.ts';
import { expungeUids } from './expunge-uids.ts';
import { execCommand, mailboxToken, sequence } from './protocol.ts';
import type { ImapSession } from './sessions.ts';
import { withMailbox } from './with-mailbox.ts';

/**
 * Moves messages (UID MOVE, RFC 6851; else UID COPY, then expunged by UID). Those that are gone are no error. Answers where
 * they are now, null where the server does not tell (no UIDPLUS).
 */
export async function moveMessages(
  session: ImapSession,
  from: MailboxPath,
  uidValidity: number,
  uids: readonly number[],
  to: MailboxPath,
): Promise<CopiedUids | null> {
  return withMailbox(session.commands, from, async ({ client, mailbox }) => {
    checkUidValidity(mailbox, uidValidity);
    if (client.capabilities.has('MOVE')) return transfer(client, 'UID MOVE', uids, to);
    const copied = await transfer(client, 'UID COPY', uids, to);
    await expungeUids(client, uids);
    return copied;
  });
}

/** Copies messages (UID COPY, RFC 9051 section 6.4.9); answers as `moveMessages` does. */
export async function copyMessages(
  session: ImapSession,
  from: MailboxPath,
  uidValidity: number,
  uids: readonly number[],
  to: MailboxPath,
): Promise<CopiedUids | null> {
  return withMailbox(session.commands, from, async ({ client, mailbox }) => {
    checkUidValidity(mailbox, uidValidity);
    return transfer(client, 'UID COPY', uids, to);
  });
}

async function transfer(
  client: ImapFlow,
  command: 'UID MOVE' | 'UID COPY',
  uids: readonly number[],
  to: MailboxPath,
): Promise<CopiedUids | null> {
  let copied: CopiedUids | null = null;
  const set = formatUidSet(toUidSet(uids));
  const answer = await execCommand(client, command, [sequence(set), mailboxToken(client, to)], {
    OK: (untagged) => {
      copied = copiedUids(untagged) ?? copied; // MOVE says it before the messages go (RFC 6851 section 4.3).
    },
  });
  return copiedUids(answer) ?? copied;
}
