import 'server-only';
import type { ImapFlow, MailboxObject } from 'imapflow';
import { MailError } from '#lib/errors.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { PartNode } from '#lib/mail/part-node.ts';
import { checkUidValidity } from './check-uid-validity.ts';
import { fetchCarefully } from './fetch-carefully.ts';
import { toKeywords } from './keywords.ts';
import { rowFields } from './read-rows.ts';
import type { ImapSession } from './sessions.ts';
import { toEnvelope } from './to-envelope.ts';
import { toIsoDate } from './to-iso-date.ts';
import { toPartTree } from './to-part-tree.ts';
import { withMailbox } from './with-mailbox.ts';

const told = [
  'References',
  'Authentication-Results',
  'DKIM-Signature',
  'List-Id',
  'List-Post',
  'List-Help',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'Disposition-Notification-To',
  'Disposition-Notification-Options',
  'Original-Recipient',
  'Return-Path',
  'Delivered-To',
  'X-Original-To',
  'Auto-Submitted',
  'Precedence',
] as const;

export interface ImapMessage {
  /** Everything of the message but its body. */
  head: Omit<
    MessageDetail,
    | 'section'
    | 'body'
    | 'attachments'
    | 'notices'
    | 'references'
    | 'listPost'
    | 'exit'
    | 'receipt'
    | 'truth'
    | 'delivery'
  >;
  /** Null where the server's BODYSTRUCTURE makes no sense. */
  structure: PartNode | null;
  /** The start of each wanted part, still encoded. */
  parts: Map<string, Buffer>;
  /** The fields that the envelope does not tell, raw (`told`). */
  fields: Buffer | null;
}

/**
 * Reads a message's envelope and structure, and then the first `limit` octets of the parts that `choose` wants of it, in
 * two round trips and without touching \Seen. Throws message-missing, mailbox-changed, mailbox-missing.
 */
export async function readImapMessage(
  session: ImapSession,
  ref: MessageRef,
  choose: (structure: PartNode) => PartNode[],
  limit: number,
  signal?: AbortSignal,
): Promise<ImapMessage> {
  return withMailbox(
    session.commands,
    ref.mailbox,
    async ({ client, mailbox }) => {
      checkUidValidity(mailbox, ref.uidValidity);
      const row = await fetchHead(client, mailbox, ref.uid);
      const structure = row.bodyStructure ? toPartTree(row.bodyStructure) : null;
      const wanted = structure ? choose(structure) : [];
      const parts = wanted.length ? await fetchParts(client, ref.uid, wanted, limit) : new Map<string, Buffer>();
      return {
        structure,
        parts,
        fields: row.headers ?? null,
        head: {
          ref,
          modseq: (row.modseq ?? 0n).toString(),
          keywords: toKeywords(row.flags ?? [], row.labels),
          ...toEnvelope(row.envelope),
          receivedAt: toIsoDate(row.internalDate) ?? new Date(0).toISOString(),
          size: row.size ?? 0,
        },
      };
    },
    { signal },
  );
}

async function fetchHead(client: ImapFlow, mailbox: MailboxObject, uid: number) {
  const query = { ...rowFields, headers: [...told] };
  const [row] = (await fetchCarefully(client, `${uid}`, query, 'uid')).filter((found) => found.uid === uid);
  if (row?.internalDate) return row;
  // The view may be older than the message: look once more after the server brought us up to date.
  const before = mailbox.exists;
  await client.noop();
  const again =
    mailbox.exists === before
      ? undefined
      : (await fetchCarefully(client, `${uid}`, query, 'uid')).find((found) => found.uid === uid);
  if (!again?.internalDate) throw new MailError('message-missing');
  return again;
}

async function fetchParts(client: ImapFlow, uid: number, nodes: PartNode[], limit: number) {
  const bodyParts = nodes.map(({ part }) => ({ key: part, start: 0, maxLength: limit }));
  const row = await client.fetchOne(`${uid}`, { uid: true, bodyParts }, { uid: true });
  if (!row) throw new MailError('message-missing');
  const parts = new Map<string, Buffer>();
  for (const { part } of nodes) {
    const bytes = row.bodyParts?.get(part.toLowerCase());
    if (bytes) parts.set(part, bytes);
  }
  return parts;
}
