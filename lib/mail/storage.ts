import { z } from 'zod';
import type { MailErrorValue } from '../errors.ts';
import type { Address } from './address.ts';
import { mailboxPathSchema } from './mailbox.ts';
import type { MailboxPath } from './mailbox.ts';
import type { MessageRef } from './message.ts';
import type { UidRanges } from './task.ts';

/** How many messages there are and what they take, in octets (RFC822.SIZE). */
export interface StorageSum {
  messages: number;
  bytes: number;
}

export interface LargeMessage {
  ref: MessageRef;
  size: number;
  subject: string;
  from: Address | null;
  /** ISO 8601. */
  receivedAt: string;
}

/** `size` in octets as a file, about. */
export interface LargeAttachment {
  ref: MessageRef;
  part: string;
  name: string;
  size: number;
  subject: string;
  receivedAt: string;
}

export interface SenderSum extends StorageSum {
  /** Lower case; empty: messages without a sender. */
  address: string;
  name: string | null;
}

/** What takes the space, as far as it was read; every list is short, the greatest first, years ascending. */
export interface StorageReport {
  phase: 'sizes' | 'attachments' | 'senders' | 'done';
  /** Messages that this phase has looked at, of how many. */
  looked: number;
  of: number;
  /** `bytes` null: not told yet. */
  mailboxes: { path: MailboxPath; messages: number; bytes: number | null }[];
  /** Mailboxes the server would not let us read: their messages are in no other list. */
  unread: MailboxPath[];
  years: (StorageSum & { year: number })[];
  messages: LargeMessage[];
  attachments: LargeAttachment[];
  /**
   * Of how many of the largest messages they are, where smaller ones might hold larger attachments; null: there are
   * none larger anywhere.
   */
  attachmentsAmong: number | null;
  senders: SenderSum[];
  /** All others together; `isRounded` where there were too many to keep apart. */
  otherSenders: StorageSum & { senders: number; isRounded: boolean };
}

/** A line of `POST /api/storage`: what changed in the report since the last, or the end. */
export type StorageLine = { type: 'report'; report: Partial<StorageReport> } | { type: 'error'; error: MailErrorValue };

const day = z.iso.date();
/** As in the IANA database; one nobody knows is UTC. */
export const timeZoneSchema = z.string().min(1).max(64);
const octets = z.int().min(0);

/** Which messages are to be cleaned up: all of what is said holds together. Days are INTERNALDATE's (RFC 9051 section 6.4.4). */
export const storageSelectionSchema = z.object({
  /** Left out: all mailboxes where the act makes sense. */
  mailbox: mailboxPathSchema.optional(),
  act: z.enum(['archive', 'delete']),
  since: day.optional(),
  before: day.optional(),
  /** Where those days begin and end as they do there; without it they are the mail server's. */
  timeZone: timeZoneSchema.optional(),
  /** In this mailbox since before this day (RFC 8514); by `before` where the server does not tell. */
  savedBefore: day.optional(),
  larger: octets.optional(),
  /** An address; exactly this one. */
  from: z.string().min(1).max(400).optional(),
});

export type StorageSelection = z.infer<typeof storageSelectionSchema>;

/** The messages a selection has at this moment, named for good: what is done is done to these and to no others. */
export interface SelectedMessages extends StorageSum {
  ranges: UidRanges[];
  /** What `savedBefore` was counted by. */
  by: 'saved' | 'received';
}
