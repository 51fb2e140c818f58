import 'server-only';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { appendMessage } from './append-message.ts';
import type { StoredContent } from './append-message.ts';
import { expungeUids } from './expunge-uids.ts';
import { findByHeader } from './find-messages.ts';
import type { ImapSession } from './sessions.ts';
import { withMailbox } from './with-mailbox.ts';

/** A server that is as slow as this, in octets for each millisecond, is waited for. */
const slowest = 20;

/** What tells a message that was sent from all others: its own id, or that of its being sent on (RFC 5322 section 3.6.6). */
export interface SentName {
  field: 'Message-ID' | 'Resent-Message-ID';
  id: string;
}

/** Whether a message stands in a mailbox. */
export async function isInMailbox(session: ImapSession, path: MailboxPath, name: SentName): Promise<boolean> {
  return withMailbox(session.transfers, path, async ({ client }) => {
    await client.noop();
    return (await findByHeader(client, name.field, name.id)).length > 0;
  });
}

/**
 * Puts our copy of a sent message into a mailbox, unless one is there: from an attempt before, or because the provider files what it
 * sends, as Gmail says of itself. Answers the UID of the copy made here, null when none was.
 */
export async function fileOnce(
  session: ImapSession,
  path: MailboxPath,
  name: SentName,
  content: StoredContent,
): Promise<number | null> {
  return withMailbox(
    session.transfers,
    path,
    async ({ client }) => {
      await client.noop();
      const isThere = (await findByHeader(client, name.field, name.id)).length > 0;
      if (isThere || client.capabilities.has('X-GM-EXT-1')) return null;
      const appended = await appendMessage(client, path, content, ['\\Seen']);
      await client.noop();
      return appended?.uid ?? (await findByHeader(client, name.field, name.id)).at(-1) ?? null;
    },
    { timeoutMs: 60_000 + content.size / slowest },
  );
}

/** Takes our copy away again when the provider's own has come meanwhile. */
export async function removeSecondCopy(
  session: ImapSession,
  path: MailboxPath,
  name: SentName,
  ours: number,
): Promise<void> {
  await withMailbox(session.transfers, path, async ({ client }) => {
    await client.noop();
    const found = await findByHeader(client, name.field, name.id);
    if (found.length > 1 && found.includes(ours)) await expungeUids(client, [ours]);
  });
}
