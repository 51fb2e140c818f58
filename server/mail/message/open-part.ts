import 'server-only';
import { MailError } from '#lib/errors.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { PartNode } from '#lib/mail/part-node.ts';
import { imageType } from '#lib/picture/image-type.ts';
import { isDrawable } from '#lib/picture/is-drawable.ts';
import { findByContentId, findPart } from '#server/content/choose-parts.ts';
import { transferDecoder } from '#server/content/decode-transfer.ts';
import { fileNameOf } from '#server/content/file-name.ts';
import { readSection, readStructure } from '#server/imap/read-section.ts';
import type { ImapSession } from '#server/imap/sessions.ts';

/** A part on its way out. `content` yields decoded octets from the beginning and throws rather than ending early. */
export interface OpenPart {
  name: string;
  node: PartNode;
  content(): AsyncGenerator<Buffer>;
}

/** Pictures shown in a message are held in memory for their check; larger ones are downloads. */
const maxInlineImage = 20 * 1024 * 1024;

/** Finds a part and opens it for streaming; a nested message comes as the .eml it is. Throws part-missing. */
export async function openPart(
  session: ImapSession,
  ref: MessageRef,
  part: string,
  signal?: AbortSignal,
): Promise<OpenPart> {
  const { structure } = await readStructure(session, ref, signal);
  const node = structure && findPart(structure, part);
  if (!node) throw new MailError('part-missing');
  return { name: fileNameOf(node), node, content: () => decoded(session, ref, node, signal) };
}

/** A picture by part number or Content-ID, proven by its octets to be one that can be drawn; throws part-not-viewable else. */
export async function openImage(
  session: ImapSession,
  ref: MessageRef,
  which: { part: string } | { contentId: string; section: string | null },
  signal?: AbortSignal,
): Promise<{ name: string; mediaType: string; bytes: Buffer }> {
  const { structure } = await readStructure(session, ref, signal);
  const root = structure && 'section' in which && which.section ? findPart(structure, which.section) : structure;
  const node = root && ('part' in which ? findPart(root, which.part) : findByContentId(root, which.contentId));
  if (!node) throw new MailError('part-missing');
  if (node.size > maxInlineImage) throw new MailError('part-too-large');
  const pieces: Buffer[] = [];
  for await (const piece of decoded(session, ref, node, signal)) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  const mediaType = imageType(bytes);
  if (!mediaType || !isDrawable(bytes)) throw new MailError('part-not-viewable');
  return { name: fileNameOf(node), mediaType, bytes };
}

async function* decoded(
  session: ImapSession,
  ref: MessageRef,
  node: PartNode,
  signal?: AbortSignal,
): AsyncGenerator<Buffer> {
  const decoder = transferDecoder(node.encoding);
  for await (const chunk of readSection(session, ref, node.part, { expected: node.size, signal })) {
    const piece = decoder.write(chunk);
    if (piece.length > 0) yield piece;
  }
  const rest = decoder.end();
  if (rest.length > 0) yield rest;
}
