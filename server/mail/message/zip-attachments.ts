import 'server-only';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { MailError } from '#lib/errors.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { chooseParts } from '#server/content/choose-parts.ts';
import { readStructure } from '#server/imap/read-section.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { openPart } from './open-part.ts';

/** All attachments of a message as one zip, made while it is read: nothing is held but a chunk. Throws part-missing. */
export async function zipAttachments(
  session: ImapSession,
  ref: MessageRef,
  signal?: AbortSignal,
): Promise<{ content: Readable }> {
  const { structure, receivedAt } = await readStructure(session, ref, signal);
  const attachments = structure ? chooseParts(structure, 'html').attachments.filter(({ inline }) => !inline) : [];
  if (attachments.length === 0) throw new MailError('part-missing');
  const zip = new ZipFile();
  // yazl writes to a stream that Node's Readable extends; its types only promise the older interface.
  const content = Readable.from(zip.outputStream);
  const names = new Set<string>();
  for (const { part, name } of attachments) {
    zip.addReadStreamLazy(uniqueName(name, names), { mtime: receivedAt, compress: true }, (give) => {
      openPart(session, ref, part, signal).then(
        (open) =>
          give(
            null,
            Readable.from(open.content()).on('error', (error) => content.destroy(error)),
          ),
        (error: unknown) => content.destroy(error instanceof Error ? error : new Error('unreadable')),
      );
    });
  }
  zip.end();
  return { content };
}

function uniqueName(name: string, taken: Set<string>): string {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  let unique = name;
  for (let n = 2; taken.has(unique.toLowerCase()); n += 1) unique = `${stem} (${n})${ending}`;
  taken.add(unique.toLowerCase());
  return unique;
}
