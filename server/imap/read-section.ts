import 'server-only';
import { MailError } from '#lib/errors.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { PartNode } from '#lib/mail/part-node.ts';
import { checkUidValidity } from './check-uid-validity.ts';
import type { ImapSession } from './sessions.ts';
import { toPartTree } from './to-part-tree.ts';
import { withMailbox } from './with-mailbox.ts';

/** Octets asked for at a time: few round trips, and nothing waits long behind a download. */
const chunkSize = 512 * 1024;

/** The structure alone, on the transfers connection: what a download needs to know of its part. */
export async function readStructure(
  session: ImapSession,
  ref: MessageRef,
  signal?: AbortSignal,
): Promise<{ structure: PartNode | null; size: number; receivedAt: Date }> {
  return withMailbox(
    session.transfers,
    ref.mailbox,
    async ({ client, mailbox }) => {
      checkUidValidity(mailbox, ref.uidValidity);
      const query = { uid: true, size: true, internalDate: true, bodyStructure: true };
      const row = await client.fetchOne(`${ref.uid}`, query, { uid: true });
      if (!row) throw new MailError('message-missing');
      return {
        structure: row.bodyStructure ? toPartTree(row.bodyStructure) : null,
        size: row.size ?? 0,
        receivedAt: row.internalDate instanceof Date ? row.internalDate : new Date(0),
      };
    },
    { signal },
  );
}

/**
 * Streams a section as it stands on the server, still encoded, from octet `start` on and at most `length` octets.
 * `section` is a part number, "" for the whole message, or such as "HEADER" and "2.HEADER" (RFC 9051 section 6.4.5).
 * The connection is borrowed for one chunk at a time. A chunk that fails throws, and one that comes short of `expected` octets
 * is followed by another: a stream is never ended early in silence.
 */
export async function* readSection(
  session: ImapSession,
  ref: MessageRef,
  section: string,
  options: { start?: number; length?: number; expected?: number; signal?: AbortSignal } = {},
): AsyncGenerator<Buffer> {
  let offset = options.start ?? 0;
  const end = options.length === undefined ? Infinity : offset + options.length;
  while (offset < end) {
    options.signal?.throwIfAborted();
    const wanted = Math.min(chunkSize, end - offset);
    const chunk = await readChunk(session, ref, section, offset, wanted, options.signal);
    if (chunk.length > 0) yield chunk;
    offset += chunk.length;
    // Servers are known to tell a wrong size (Exchange): an empty chunk is the end whatever was expected.
    if (chunk.length === 0 || (chunk.length < wanted && offset >= (options.expected ?? 0))) return;
  }
}

async function readChunk(
  session: ImapSession,
  ref: MessageRef,
  section: string,
  start: number,
  maxLength: number,
  signal?: AbortSignal,
): Promise<Buffer> {
  return withMailbox(
    session.transfers,
    ref.mailbox,
    async ({ client, mailbox }) => {
      checkUidValidity(mailbox, ref.uidValidity);
      const query = section
        ? { uid: true, bodyParts: [{ key: section, start, maxLength }] }
        : { uid: true, source: { start, maxLength } };
      const row = await client.fetchOne(`${ref.uid}`, query, { uid: true });
      if (!row) throw new MailError('message-missing');
      const bytes = section ? (row.bodyParts?.get(section.toLowerCase()) ?? row.headers) : row.source;
      return bytes ?? Buffer.alloc(0);
    },
    { signal, timeoutMs: 60_000 },
  );
}
