import 'server-only';
import MimeNode from 'nodemailer/lib/mime-node';
import type { Locale } from '#lib/i18n/locales.ts';
import type { Address } from '#lib/mail/address.ts';
import { isDeliverable } from '#lib/mail/address.ts';
import { octetsOf } from './compose-message.ts';
import { toWireAddress } from './submit.ts';

/** A receipt that a message was displayed, as values. */
export interface ReceiptPlan {
  from: Address;
  to: Address;
  messageId: string;
  original: {
    subject: string;
    messageId: string | null;
    /** ISO 8601. */
    sentAt: string | null;
    /** The field Original-Recipient as it is written (RFC 3461 section 5.2.7 makes it); null: there is none. */
    recipient: string | null;
  };
  readAt: Date;
  language: Locale;
}

const longestSubject = 200;

/** What its reader sees, in the language of who sends it. */
const words: Readonly<Record<Locale, { subject: string; text: string; undated: string }>> = {
  en: {
    subject: 'Read: {subject}',
    text: 'The message “{subject}” that was sent to {address} on {sent} was displayed on {read}.\n\nThis is no proof that it was read or understood.',
    undated:
      'The message “{subject}” that was sent to {address} was displayed on {read}.\n\nThis is no proof that it was read or understood.',
  },
  de: {
    subject: 'Gelesen: {subject}',
    text: 'Die Nachricht „{subject}“, die am {sent} an {address} gesendet wurde, wurde am {read} angezeigt.\n\nDas belegt nicht, dass sie gelesen oder verstanden wurde.',
    undated:
      'Die Nachricht „{subject}“, die an {address} gesendet wurde, wurde am {read} angezeigt.\n\nDas belegt nicht, dass sie gelesen oder verstanden wurde.',
  },
  ar: {
    subject: 'قُرئت: {subject}',
    text: 'عُرضت الرسالة «{subject}» المرسلة إلى {address} بتاريخ {sent} في {read}.\n\nلا يثبت ذلك أنها قُرئت أو فُهمت.',
    undated: 'عُرضت الرسالة «{subject}» المرسلة إلى {address} في {read}.\n\nلا يثبت ذلك أنها قُرئت أو فُهمت.',
  },
};

/**
 * A message disposition notification (RFC 8098 section 3): a text for people, and what programs read. Answers its
 * subject and its octets, all but the Date field, which is set when it is sent; 7-bit, but for an address that cannot
 * be. Of the message it answers nothing comes back but subject, date and Message-ID.
 */
export function composeReceipt(plan: ReceiptPlan): { subject: string; octets: AsyncGenerator<Buffer> } {
  const { from, to, messageId, original, readAt, language } = plan;
  const about = plainLine(original.subject).slice(0, longestSubject).toWellFormed();
  const answers =
    original.messageId !== null && /^<[^<>\s]{1,900}>$/.test(original.messageId) ? original.messageId : null;
  const { subject, text, undated } = words[language];
  const filled = (pattern: string) => pattern.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '');
  const values: Record<string, string> = {
    subject: about,
    address: from.address,
    sent: original.sentAt === null ? '' : dateText(new Date(original.sentAt), language),
    read: dateText(readAt, language),
  };
  const root = new MimeNode('multipart/report; report-type=disposition-notification', {
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'windows',
  });
  root.setHeader({
    From: toValue(from),
    To: toValue(to),
    Subject: filled(subject),
    'Message-ID': messageId,
    Date: new Date(0).toUTCString().replace('GMT', '+0000'),
    ...(answers ? { 'In-Reply-To': answers, References: answers } : {}),
    'Auto-Submitted': 'auto-replied',
  });
  root.createChild('text/plain; charset=utf-8').setContent(filled(original.sentAt === null ? undated : text));
  const told = [
    'Reporting-UA: Pipit',
    ...(original.recipient === null ? [] : originalRecipient(original.recipient)),
    `Final-Recipient: ${typedAddress(from.address)}`,
    ...(answers ? [`Original-Message-ID: ${answers}`] : []),
    'Disposition: manual-action/MDN-sent-manually; displayed',
  ];
  root.createChild('message/disposition-notification').setContent(told.map((line) => `${line}\r\n`).join(''));
  return { subject: filled(subject), octets: octetsOf(root) };
}

function toValue({ name, address }: Address) {
  return { name: name ?? '', address };
}

/** Only one that is well-formed goes back, and nothing that stands beside it (RFC 8098 section 3.2.3). */
function originalRecipient(field: string): string[] {
  const address = /^rfc822\s*;\s*(\S+)$/i.exec(field.trim())?.[1] ?? '';
  return isDeliverable(address) && isAscii(address) ? [`Original-Recipient: rfc822; ${address}`] : [];
}

/** Beyond ASCII in the form that 7-bit lines can carry (utf-8-addr-xtext, RFC 6533 section 3). */
function typedAddress(address: string): string {
  const wire = toWireAddress(address);
  if (isAscii(wire)) return `rfc822; ${wire}`;
  const escaped = [...wire].map((letter) =>
    isAscii(letter) ? letter : `\\x{${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );
  return `utf-8; ${escaped.join('')}`;
}

function isAscii(text: string): boolean {
  return /^[\x21-\x7e]*$/.test(text);
}

function plainLine(text: string): string {
  return text.replace(/[\0-\x1f\x7f]+/g, ' ').trim();
}

function dateText(date: Date, language: Locale): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' }).format(date);
}
