import { z } from 'zod';
import type { MailErrorValue } from '../errors.ts';
import type { MailEvent } from './event.ts';
import { keywordSchema } from './keyword.ts';
import { mailboxPathSchema } from './mailbox.ts';
import type { Mailbox, MailboxPath } from './mailbox.ts';
import { mailboxChangeSchema } from './mailbox-change.ts';
import { choosableRoles } from './choosable-roles.ts';
import type { MailboxChange } from './mailbox-change.ts';
import { messageRefSchema, uidSchema } from './message.ts';
import type { Quota } from './quota.ts';

/** With `unchangedSince`, a modseq: only if nothing happened to the message since (RFC 7162 section 3.1.3). */
const messages = z
  .array(
    messageRefSchema.extend({
      unchangedSince: z
        .string()
        .regex(/^[1-9]\d{0,18}$/)
        .optional(),
    }),
  )
  .min(1)
  .max(1000);
/**
 * With those of their conversations: in the same mailbox, and for a keyword in all where a muted conversation may lie. `below`: only in the
 * same mailbox, and those with a lower UID; what came since is not meant.
 */
const conversations = z.union([z.literal(true), z.object({ below: uidSchema })]).optional();
const keywordValue = z.object({ keyword: keywordSchema, value: z.boolean() });

/** What a move may do to mailboxes: to where it goes, and to those it leaves. */
export const moveMailboxesSchema = z.object({
  /** Each goes below `to`, by its date (archive-by.ts), into a mailbox that is made where it is missing. */
  by: z.object({ unit: z.enum(['year', 'month']), timeZone: z.string().min(1).max(64) }).optional(),
  /** Where `to` is missing it is made, for no use in particular. */
  make: z.literal(true).optional(),
  /** Mailboxes that were made for these messages, deepest first: each goes when nothing is left in it. */
  tidy: z.array(mailboxPathSchema).max(4).optional(),
});

/** Names the wanted state, never "toggle", so that a retry or a replay is harmless. */
export const mailChangeSchema = z.discriminatedUnion('type', [
  keywordValue.extend({ type: z.literal('set-keyword'), messages, conversations }),
  z.object({
    /** They are in `to` and nowhere else. */
    type: z.literal('move'),
    messages,
    conversations,
    to: mailboxPathSchema,
    /** Where `to` is missing it is made, for this use. */
    as: z.enum(choosableRoles).optional(),
    /** Set before they go, as far as the mailbox takes them ($Junk, $NotJunk); those that say until when must be taken (snooze.ts). */
    keywords: z.array(keywordValue).max(100).optional(),
    ...moveMailboxesSchema.shape,
  }),
  /** They are in `to` as well. */
  z.object({ type: z.literal('copy'), messages, conversations, to: mailboxPathSchema }),
  /** They are gone for good. */
  z.object({ type: z.literal('destroy'), messages }),
  z.object({
    /** In each message's place is the same without its attachments, each of which left a line; the original is in `to`, the trash. */
    type: z.literal('remove-attachments'),
    messages,
    to: mailboxPathSchema,
    as: z.literal('trash').optional(),
    /** What the lines are written in. */
    language: z.enum(['en', 'de', 'ar']),
  }),
]);

export type MailChange = z.infer<typeof mailChangeSchema>;

/** Whatever a person wants, of messages or of mailboxes: in one queue, for the one may build on the other. */
export type AnyChange = MailChange | MailboxChange;

/** A change on its way to the server. `again`: it was sent before and nobody knows what became of it. */
export const sentChangeSchema = z.object({
  id: z.uuid(),
  again: z.boolean(),
  change: z.discriminatedUnion('type', [mailChangeSchema, mailboxChangeSchema]),
});

export type SentChange = z.infer<typeof sentChangeSchema>;

/** What became of a change. */
export interface ChangeOutcome {
  /** What takes it back, in order; empty where it changed nothing, or for good. */
  undo: AnyChange[];
  /** Where moved and copied messages are now, as far as the server told. */
  placed: Placement[];
  /** Messages left as they are, for something happened to them since. */
  kept: number;
  /** Messages that were no longer there. */
  gone: number;
  /** Messages besides those that were named: they belong to the same conversations. */
  added?: number;
  /** Where a mailbox is now that was changed, with all below it; `to` is null where it is gone. */
  renamed?: RenamedMailbox;
}

export interface RenamedMailbox {
  from: Pick<Mailbox, 'path' | 'delimiter'>;
  to: MailboxPath | null;
}

/** UIDs of messages in one mailbox, each with its UID in another (COPYUID, RFC 4315 section 3). */
export interface Placement {
  from: { mailbox: string; uidValidity: number };
  to: { mailbox: string; uidValidity: number };
  uids: [from: number, to: number][];
}

/**
 * What became of changes sent together, in their order. After one that may be tried again those behind it were not tried, and
 * are not answered. `events` are the facts of every mailbox they touched, the same that the feed tells; `tree` is
 * how all mailboxes stand after one of them was changed.
 */
export interface ChangesAnswer {
  results: ({ id: string; outcome: ChangeOutcome } | { id: string; error: MailErrorValue })[];
  events: MailEvent[];
  tree: { mailboxes: Mailbox[]; quota: Quota | null } | null;
}
