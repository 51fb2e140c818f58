import 'server-only';
import type { MessageRef } from '#lib/mail/message.ts';
import { maxHeaderBytes, parseHeaders } from '#server/content/headers.ts';
import type { Header } from '#server/content/headers.ts';
import { readSection } from '#server/imap/read-section.ts';
import type { ImapSession } from '#server/imap/sessions.ts';

/** All header fields of a message, or of the one nested in `section`, in their order. */
export async function readHeaders(
  session: ImapSession,
  ref: MessageRef,
  section: string | null,
  signal?: AbortSignal,
): Promise<Header[]> {
  const name = section ? `${section}.HEADER` : 'HEADER';
  const pieces: Buffer[] = [];
  for await (const piece of readSection(session, ref, name, { length: maxHeaderBytes, signal })) pieces.push(piece);
  return parseHeaders(Buffer.concat(pieces));
}
