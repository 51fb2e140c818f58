import 'server-only';
import { MailError } from '#lib/errors.ts';
import type { Attachment, MessageNotice } from '#lib/mail/message-detail.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { PartNode } from '#lib/mail/part-node.ts';
import { formatSize } from '#lib/format/size.ts';
import type { Locale } from '#lib/i18n/locales.ts';
import { chooseParts, removableParts } from '#server/content/choose-parts.ts';
import { replaceParts } from '#server/content/replace-parts.ts';
import type { Replacement } from '#server/content/replace-parts.ts';
import { readSection } from '#server/imap/read-section.ts';
import { readStored, removeStored, storeBeside } from '#server/imap/rewrite-message.ts';
import type { StoredMessage } from '#server/imap/rewrite-message.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { log } from '#server/log.ts';
import { spool } from '#server/mail/outbox/spool.ts';

const protectedBy: ReadonlySet<MessageNotice> = new Set([
  'pgp-signed',
  'pgp-encrypted',
  'smime-signed',
  'smime-encrypted',
]);

/** Octets beyond which a message is none that anybody sends. */
const largest = 500 * 1024 * 1024;

/**
 * Stores a message anew without its attachments, beside the original: a line of text stands in each one's place, all else is octet for
 * octet the same. It is read, written and sent as a stream. What the server has is compared with what was meant before the new one's
 * reference is answered. Throws message-protected for what is signed or encrypted, part-missing where nothing is attached, and
 * rewrite-failed where the result is not exact; the original stays as it is in all cases.
 */
export async function storeWithoutAttachments(
  session: ImapSession,
  ref: MessageRef,
  language: Locale,
): Promise<MessageRef> {
  const original = await readStored(session, ref);
  const { structure } = original;
  if (!structure) throw new MailError('rewrite-failed');
  if (chooseParts(structure, 'html').notices.some((notice) => protectedBy.has(notice)))
    throw new MailError('message-protected');
  const parts = new Map(removableParts(structure).map((attachment) => [attachment.part, attachment]));
  if (parts.size === 0) throw new MailError('part-missing');

  const replaced = new Set<string>();
  const rewritten = replaceParts(readSection(session, ref, '', { expected: original.size }), (part, mediaType) => {
    const attachment = parts.get(part);
    // The server and we must read the message the same way, or the wrong part would go.
    if (!attachment || attachment.mediaType !== mediaType) return null;
    replaced.add(part);
    return noteFor(attachment, original, language);
  });
  const spooled = await spool(rewritten, largest);
  try {
    if (replaced.size !== parts.size) throw new MailError('rewrite-failed');
    const stored = await storeBeside(session, ref, original, spooled);
    const storedRef = { ...ref, uid: stored.uid };
    if (!isFaithful(original, stored, spooled.size, replaced)) {
      log.warn('rewrite-failed', { parts: parts.size });
      await removeStored(session, storedRef);
      throw new MailError('rewrite-failed');
    }
    return storedRef;
  } finally {
    await spooled.remove();
  }
}

/** Part of the mail from then on, in the language of who took the file out. */
const notes: Readonly<Record<Locale, string>> = {
  en: '[Attachment removed: {name} ({size}, {mediaType}), received on {date}]',
  de: '[Anhang entfernt: {name} ({size}, {mediaType}), eingegangen am {date}]',
  ar: '[أُزيل المرفق: {name} ({size}، {mediaType})، ورد في {date}]',
};

/** What an attachment leaves: its name, size and kind, and when it was taken out. */
function noteFor({ name, size, mediaType }: Attachment, { receivedAt }: StoredMessage, language: Locale): Replacement {
  const values: Record<string, string> = {
    name,
    size: formatSize(size, language),
    mediaType,
    date: new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(receivedAt),
  };
  const text = notes[language].replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '');
  const body = Buffer.from(`${text}\n`).toString('base64').replace(/.{76}/g, '$&\r\n');
  const headers = [
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: inline',
  ];
  return { headers: headers.map((field) => `${field}\r\n`).join(''), body: Buffer.from(body) };
}

/** Whether the server has what was meant: as many octets, the same flags and date, the same parts but for the lines. */
function isFaithful(
  original: StoredMessage,
  stored: StoredMessage,
  size: number,
  replaced: ReadonlySet<string>,
): boolean {
  if (stored.size !== size || !original.structure || !stored.structure) return false;
  const flags = (message: StoredMessage) =>
    message.flags
      .map((flag) => flag.toLowerCase())
      .sort()
      .join(' ');
  if (flags(original) !== flags(stored)) return false;
  if (Math.abs(original.receivedAt.getTime() - stored.receivedAt.getTime()) >= 1_000) return false;
  return isSame(original.structure, stored.structure);

  function isSame(a: PartNode, b: PartNode): boolean {
    if (replaced.has(a.part)) return b.mediaType === 'text/plain' && b.children.length === 0;
    if (a.mediaType !== b.mediaType || a.children.length !== b.children.length) return false;
    if (a.children.length === 0 && a.size !== b.size) return false;
    return a.children.every((child, index) => {
      const other = b.children[index];
      return other !== undefined && isSame(child, other);
    });
  }
}
