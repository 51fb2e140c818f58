import 'server-only';
import { Readable } from 'node:stream';
import { domainToASCII } from 'node:url';
import MailComposer from 'nodemailer/lib/mail-composer';
import MimeNode from 'nodemailer/lib/mime-node';
import type { Address } from '#lib/mail/address.ts';

/** A message as values: no path, no address to fetch, nothing raw. Octets come only from what we opened ourselves. */
export interface MessagePlan {
  from: Address;
  to: Address[];
  cc: Address[];
  /** Written into the header: for drafts and our own copy, never for what is sent. */
  bcc: Address[];
  replyTo: Address[];
  subject: string;
  messageId: string;
  inReplyTo: string | null;
  references: string[];
  /** One line each, printable ASCII. */
  headers: Record<string, string>;
  texts: { mediaType: 'text/plain' | 'text/html'; isFlowed: boolean; content: string }[];
  files: PlannedFile[];
}

export interface PlannedFile {
  name: string;
  mediaType: string;
  /** With it a picture that the HTML shows (RFC 2392); it stands beside the HTML in a multipart/related. */
  contentId: string | null;
  /** Content-ID of a file that is listed below the message; null: none. */
  partId: string | null;
  open(): AsyncIterable<Uint8Array>;
}

const epoch = 'Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n';

/**
 * A message's octets (RFC 5322, 2045–2049, 2231, 6532), made while they are read; everything but its Date field, which is set when
 * it is sent. 7-bit throughout but for attached messages.
 */
export function composeMessage(plan: MessagePlan): AsyncGenerator<Buffer> {
  const node = new MailComposer({
    from: plan.from.name ? { name: plan.from.name, address: plan.from.address } : plan.from.address,
    to: plan.to.map(toValue),
    cc: plan.cc.map(toValue),
    bcc: plan.bcc.map(toValue),
    replyTo: plan.replyTo.map(toValue),
    subject: plan.subject,
    messageId: plan.messageId,
    date: new Date(0),
    ...(plan.inReplyTo ? { inReplyTo: plan.inReplyTo } : {}),
    ...(plan.references.length ? { references: plan.references } : {}),
    headers: plan.headers,
    alternatives: plan.texts.map(({ mediaType, isFlowed, content }) => ({
      contentType: `${mediaType}; charset=utf-8${isFlowed ? '; format=flowed' : ''}`,
      content,
    })),
    attachments: plan.files.map(toAttachment),
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'windows',
  }).compile();
  node.keepBcc = true;
  return octetsOf(node);
}

/** A message's octets but for its Date field, which is to be that of the first second of 1970. */
export async function* octetsOf(node: MimeNode): AsyncGenerator<Buffer> {
  let isHead = true;
  for await (const chunk of node.createReadStream()) {
    // A byte stream's pieces are Buffers; the declaration of Readable does not say so.
    const piece = chunk as Buffer;
    yield isHead ? withoutDate(piece) : piece;
    isHead = false;
  }
}

/** The header block comes in one piece, and in it exactly one such line. */
function withoutDate(head: Buffer): Buffer {
  const at = head.indexOf(epoch);
  return at < 0 ? head : Buffer.concat([head.subarray(0, at), head.subarray(at + epoch.length)]);
}

function toValue({ name, address }: Address) {
  return { name: name ?? '', address };
}

function toAttachment({ name, mediaType, contentId, partId, open }: PlannedFile) {
  return {
    filename: name,
    contentType: mediaType,
    contentDisposition: contentId ? 'inline' : 'attachment',
    content: Readable.from(open(), { objectMode: false }),
    ...(contentId ? { cid: contentId } : {}),
    ...(partId ? { headers: { 'Content-Id': `<${partId}>` } } : {}),
  };
}

/** RFC 5322 section 3.3. */
export function dateField(date: Date): Buffer {
  return Buffer.from(`Date: ${date.toUTCString().replace('GMT', '+0000')}\r\n`);
}

/** The domain of an address as it stands in a Message-ID (RFC 5322 section 3.6.4, RFC 5890). */
export function asciiDomain(address: string): string {
  return domainToASCII(address.slice(address.lastIndexOf('@') + 1)) || 'localhost';
}

/** One address field, folded (RFC 5322 section 3.6.3); nothing for nobody. */
export function addressField(name: 'From' | 'To' | 'Cc' | 'Bcc', addresses: Address[]): Buffer {
  if (addresses.length === 0) return Buffer.alloc(0);
  const node = new MimeNode('text/plain');
  node.keepBcc = true;
  node.setHeader(name, addresses.map(toValue));
  const line = new RegExp(`^${name}: .*(?:\\r\\n[ \\t].*)*`, 'm').exec(node.buildHeaders())?.[0];
  return Buffer.from(line ? `${line}\r\n` : '');
}
