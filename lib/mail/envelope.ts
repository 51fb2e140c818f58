import type { Address } from './address.ts';

/** What a message says of itself in its header, as IMAP's ENVELOPE tells it (RFC 9051 section 7.5.2). All strings are hostile. */
export interface Envelope {
  subject: string;
  from: Address[];
  sender: Address[];
  replyTo: Address[];
  to: Address[];
  cc: Address[];
  bcc: Address[];
  /** ISO 8601; null where it says none, or nonsense. */
  sentAt: string | null;
  messageId: string | null;
  inReplyTo: string | null;
}
