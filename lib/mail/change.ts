import { z } from 'zod';
import type { MailEvent } from './event.ts';
import { keywordSchema } from './keyword.ts';
import { mailboxPathSchema } from './mailbox.ts';
import { messageRefSchema } from './message.ts';

const messages = z.array(messageRefSchema).min(1).max(1000);

/** Names the wanted state, never "toggle", so that a retry or a replay is harmless. */
export const mailChangeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('set-keyword'), messages, keyword: keywordSchema, value: z.boolean() }),
  /** They are in `to` and nowhere else. */
  z.object({ type: z.literal('move'), messages, to: mailboxPathSchema }),
  /** They are in `to` as well. */
  z.object({ type: z.literal('copy'), messages, to: mailboxPathSchema }),
  /** They are gone for good. */
  z.object({ type: z.literal('destroy'), messages }),
]);

export type MailChange = z.infer<typeof mailChangeSchema>;

/** What a change led to. */
export interface ChangeOutcome {
  /** The facts of every mailbox it touched, the same that the feed tells. */
  events: MailEvent[];
  /** Where moved and copied messages are now, as far as the server told. */
  placed: Placement[];
}

/** UIDs of messages in one mailbox, each with its UID in another (COPYUID, RFC 4315 section 3). */
export interface Placement {
  from: { mailbox: string; uidValidity: number };
  to: { mailbox: string; uidValidity: number };
  uids: [from: number, to: number][];
}
