import 'server-only';
import type { ImapFlow, StatusObject } from 'imapflow';
import { MailError } from '#lib/errors.ts';
import type { MailboxCounts, MailboxPath } from '#lib/mail/mailbox.ts';
import { toSyncToken } from '#lib/mail/sync-token.ts';
import type { ImapSession } from './sessions.ts';
import { connectionLost } from './to-mail-error.ts';
import { withConnection } from './with-mailbox.ts';

export const statusQuery = {
  messages: true,
  unseen: true,
  uidNext: true,
  uidValidity: true,
  highestModseq: true,
} as const;

/** STATUS of one mailbox (RFC 9051 section 6.3.11), also of the selected one. */
export async function readCounts(client: ImapFlow, path: MailboxPath): Promise<MailboxCounts> {
  if (client.mailbox && client.mailbox.path === path) await client.noop(); // STATUS would tell the view as last synced.
  const status = await client.status(path, statusQuery);
  if (!status) throw client.usable ? new MailError('mailbox-missing') : connectionLost();
  return toCounts(status);
}

/** The same from outside: borrows the commands connection. */
export async function readCountsOf(
  session: ImapSession,
  path: MailboxPath,
  signal?: AbortSignal,
): Promise<MailboxCounts> {
  return withConnection(session.commands, (client) => readCounts(client, path), { signal });
}

export function toCounts(status: StatusObject): MailboxCounts {
  const uidValidity = Number(status.uidValidity ?? 0);
  // 0 and 1 are what servers say that keep no modseq for this mailbox (RFC 7162 section 3.1.2.2: NOMODSEQ).
  const modseq = status.highestModseq;
  return {
    messages: status.messages ?? 0,
    unseen: status.unseen ?? 0,
    uidNext: status.uidNext ?? 1,
    uidValidity,
    token: modseq && uidValidity ? toSyncToken(uidValidity, modseq.toString()) : null,
  };
}
