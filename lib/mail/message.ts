import { z } from 'zod';
import { mailboxPathSchema } from './mailbox.ts';
import type { MailboxPath } from './mailbox.ts';
import type { Address } from './address.ts';
import type { Keyword } from './keyword.ts';
import type { SyncToken } from './sync-token.ts';

export const uidSchema = z.int().min(1).max(0xffffffff);

/** A message's name everywhere: a UID means something only together with its mailbox and uidValidity (RFC 9051 section 2.3.1.1). */
export const messageRefSchema = z.object({ mailbox: mailboxPathSchema, uidValidity: uidSchema, uid: uidSchema });

export type MessageRef = z.infer<typeof messageRefSchema>;

/** A row of the list. Dates are ISO 8601 in UTC. */
export interface MessageSummary {
  uid: number;
  /** "0" where the server keeps no modseq. */
  modseq: string;
  keywords: Keyword[];
  from: Address[];
  /** At most the first five recipients: shown in Sent and Drafts in place of the sender. */
  to: Address[];
  subject: string;
  /** The Date header; null where it is missing or unreadable. */
  sentAt: string | null;
  /** INTERNALDATE. */
  receivedAt: string;
  /** Octets (RFC822.SIZE). */
  size: number;
  hasAttachment: boolean;
  messageId: string | null;
  /** Message-IDs of those it answers, as it says itself: In-Reply-To, and where they were read the ends of References. */
  answers?: string[];
  /** What the server calls the message in whichever mailbox it lies (EMAILID, RFC 8474; Gmail's X-GM-MSGID); only where it does. */
  emailId?: string;
  /** First words of the text; null while unknown, empty where there are none. */
  preview: string | null;
}

/**
 * A stretch of a mailbox. `position` counts messages from the oldest, 1-based, so new mail never moves it. `rows` stand
 * in ascending order from `firstPosition` on. `messages` and `token` are the mailbox's state at which they were read.
 */
export interface MessageWindow {
  mailbox: MailboxPath;
  uidValidity: number;
  /** Null where the server keeps no modseq. */
  token: SyncToken | null;
  messages: number;
  unseen: number;
  uidNext: number;
  firstPosition: number;
  rows: MessageSummary[];
}

/** Which messages a mailbox has, as a sequence-set of UIDs (RFC 9051 section 9), and the state at which it had them. */
export interface MailboxUids {
  uidValidity: number;
  uidNext: number;
  token: SyncToken | null;
  uids: string;
}
