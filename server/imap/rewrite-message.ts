import 'server-only';
import { MailError } from '#lib/errors.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { PartNode } from '#lib/mail/part-node.ts';
import { appendMessage } from './append-message.ts';
import type { StoredContent } from './append-message.ts';
import { checkUidValidity } from './check-uid-validity.ts';
import { checkWritable } from './check-writable.ts';
import { expungeUids } from './expunge-uids.ts';
import { findByHeader } from './find-messages.ts';
import type { ImapSession } from './sessions.ts';
import { toPartTree } from './to-part-tree.ts';
import { withMailbox } from './with-mailbox.ts';

/** All of a message but its octets. */
export interface StoredMessage {
  uid: number;
  /** Octets. */
  size: number;
  receivedAt: Date;
  /** As the server says them, without those that nobody sets. */
  flags: string[];
  messageId: string | null;
  structure: PartNode | null;
}

/** A server that is as slow as this, in octets for each millisecond, is waited for. */
const slowest = 20;
/** What belongs to a connection, or to a message that is going. */
const unset = new Set(['\\recent', '\\deleted']);

/** Throws message-missing. */
export async function readStored(session: ImapSession, ref: MessageRef): Promise<StoredMessage> {
  const [message] = await withMailbox(session.transfers, ref.mailbox, async ({ client, mailbox }) => {
    checkUidValidity(mailbox, ref.uidValidity);
    return fetchStored(client, [ref.uid]);
  });
  if (!message) throw new MailError('message-missing');
  return message;
}

/**
 * Stores another form of a message beside it, with its flags, keywords and INTERNALDATE, and answers how the server has it. Done again
 * after a lost answer it is stored once: the same Message-ID and size after the original is it. Throws a MailError.
 */
export async function storeBeside(
  session: ImapSession,
  ref: MessageRef,
  { flags, receivedAt, messageId }: StoredMessage,
  content: StoredContent,
): Promise<StoredMessage> {
  return withMailbox(
    session.transfers,
    ref.mailbox,
    async ({ client, mailbox }) => {
      checkUidValidity(mailbox, ref.uidValidity);
      checkWritable(mailbox);
      await client.noop();
      const find = async (from: number) => {
        const found = messageId ? await findByHeader(client, 'Message-ID', messageId) : [];
        const stored = await fetchStored(
          client,
          found.filter((uid) => uid >= from),
        );
        return stored.findLast(({ size }) => size === content.size);
      };
      const before = await find(ref.uid + 1);
      if (before) return before;
      const appended = await appendMessage(client, ref.mailbox, content, flags, receivedAt);
      await client.noop();
      const [stored] = appended ? await fetchStored(client, [appended.uid]) : [await find(ref.uid + 1)];
      if (!stored) throw new MailError('rewrite-failed');
      return stored;
    },
    { timeoutMs: 60_000 + content.size / slowest },
  );
}

/** Takes away what was stored and is not what it should be. */
export async function removeStored(session: ImapSession, ref: MessageRef): Promise<void> {
  await withMailbox(session.transfers, ref.mailbox, async ({ client, mailbox }) => {
    checkUidValidity(mailbox, ref.uidValidity);
    await expungeUids(client, [ref.uid]);
  });
}

async function fetchStored(
  client: Parameters<typeof findByHeader>[0],
  uids: readonly number[],
): Promise<StoredMessage[]> {
  if (uids.length === 0) return [];
  const query = { uid: true, size: true, flags: true, internalDate: true, envelope: true, bodyStructure: true };
  const rows = await client.fetchAll(uids.join(','), query, { uid: true });
  return rows.flatMap(({ uid, size, flags, internalDate, envelope, bodyStructure }) =>
    size === undefined || !(internalDate instanceof Date)
      ? []
      : {
          uid,
          size,
          receivedAt: internalDate,
          flags: [...(flags ?? [])].filter((flag) => !unset.has(flag.toLowerCase())),
          messageId: envelope?.messageId ?? null,
          structure: bodyStructure ? toPartTree(bodyStructure) : null,
        },
  );
}
