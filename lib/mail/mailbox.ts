import { z } from 'zod';
import type { SyncToken } from './sync-token.ts';

/** An IMAP mailbox name as the person would write it (decoded from modified UTF-7), with the server's own delimiter. */
export const mailboxPathSchema = z
  .string()
  .min(1)
  .max(1000)
  .refine((path) => !/[\0-\x1f\x7f]/.test(path));

export type MailboxPath = string;

/** Special uses (RFC 6154), INBOX (RFC 9051 section 5.1), and where snoozed messages wait (snooze.ts). */
export type MailboxRole =
  'inbox' | 'drafts' | 'sent' | 'archive' | 'junk' | 'trash' | 'all' | 'flagged' | 'important' | 'snoozed';

/** STATUS of a mailbox (RFC 9051 section 6.3.11). `token` is null where the server keeps no modseq. */
export interface MailboxCounts {
  messages: number;
  unseen: number;
  uidNext: number;
  uidValidity: number;
  token: SyncToken | null;
}

export interface Mailbox {
  path: MailboxPath;
  /** The last segment of the path; INBOX and special uses get their translated name only when shown. */
  name: string;
  parent: MailboxPath | null;
  delimiter: string | null;
  role: MailboxRole | null;
  /** False for \Noselect and \NonExistent: it only holds others. */
  selectable: boolean;
  subscribed: boolean;
  /** False for \\Noinferiors (RFC 9051 section 7.3.1): nothing can be made below it. */
  canHoldMailboxes: boolean;
  /** Null where it cannot be selected or the server did not say yet. */
  counts: MailboxCounts | null;
  /** Somebody else's, who says what may be done in it (RFC 4314); left out where the server would not tell. */
  isShared?: true;
  /** Drawn as the person's own change makes it, which the server has not confirmed yet. */
  isPending?: true;
}
