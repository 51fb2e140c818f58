import { z } from 'zod';
import type { Address } from './address.ts';
import { draftContentSchema, draftIdSchema } from './draft.ts';
import type { MessageRef } from './message.ts';
import { messageRefSchema } from './message.ts';
import type { MailErrorCode } from '../errors.ts';

/**
 * `waiting`: for its time or for the next attempt; `unsure`: the line broke between the last octet and the server's answer, so
 * that it may have been sent or not: only the person can decide; `failed`: refused for good, the draft is still there.
 */
export type OutgoingState = 'waiting' | 'sending' | 'sent' | 'unsure' | 'failed' | 'cancelled';

/** A recipient that the server refused for good (RFC 3463 section 3). */
export interface Refusal {
  address: string;
  kind: 'no-such-address' | 'mailbox-full' | 'too-large' | 'not-permitted' | 'other';
  /** Enhanced status code such as "5.1.1", or the reply code such as "550". */
  status: string;
}

/** A message in the outbox as the browser sees it. */
export interface OutgoingMessage {
  /** The idempotency key it was sent with. */
  id: string;
  /** Id of the draft it was made from, which stays in Drafts until it is sent. */
  draft: string;
  version: MessageRef;
  subject: string;
  to: Address[];
  state: OutgoingState;
  /** ISO 8601: when it goes, or is tried next. */
  sendAt: string;
  /** A time chosen by the person, not the moments in which sending can be undone. */
  isScheduled: boolean;
  /** Why it still waits, or failed; null where nothing went wrong. `wrong-credentials`: the person has to sign in and send it again. */
  reason: MailErrorCode | null;
  /** Attempts made. */
  attempts: number;
  /** Recipients that the mail server took the message for. */
  acceptedFor: string[];
  refusals: Refusal[];
  /** Whether the copy stands in Sent. Null: not yet. */
  filedIn: string | null;
  /** A receipt that was asked for: it has no draft and no copy, and `version` is the message it is about. */
  isReceipt?: true;
}

/** Seconds in which sending can be undone. */
const longestUndo = 30;
/** A message may be scheduled this many days ahead. */
export const longestSchedule = 365;

/** `POST /api/send`: the draft is saved like by `POST /api/drafts` and queued. Asked twice with the same key it is sent once. */
export const sendSchema = z.object({
  id: draftIdSchema,
  writer: z.uuid(),
  base: messageRefSchema.nullable(),
  content: draftContentSchema,
  /** Chosen by the browser for this press of the button; kept for retries of the request. */
  key: z.uuid(),
  when: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('undoable'), seconds: z.int().min(0).max(longestUndo) }),
    /** ISO 8601. Refused on public computers. */
    z.object({ kind: z.literal('scheduled'), at: z.iso.datetime() }),
  ]),
});

export type SendRequest = z.infer<typeof sendSchema>;

/** What `POST /api/send` answers; a conflict is the same as when saving, and nothing is sent. */
export type SendAnswer =
  { queued: true; message: OutgoingMessage } | { queued: false; conflict: { version: MessageRef; savedAt: string } };

/** `POST /api/outbox/{id}`; `GET /api/outbox` answers `{messages: OutgoingMessage[]}`, soonest first. Throws too-late, message-missing. */
export const outboxActionSchema = z.discriminatedUnion('action', [
  /** Undo, or before editing: `{message}` in state `cancelled`; open the draft `message.draft` then. */
  z.object({ action: z.literal('cancel') }),
  z.object({ action: z.literal('send-now') }),
  z.object({ action: z.literal('reschedule'), at: z.iso.datetime() }),
  /** Of one that failed, or is unsure: the person has read it, and it goes from the list. */
  z.object({ action: z.literal('dismiss') }),
]);

export type OutboxAction = z.infer<typeof outboxActionSchema>;

/** `GET /api/send`: what the mail server and the administrator allow, known before anything is uploaded. */
export interface SendingLimits {
  /** Octets of a whole message, encoded: the smaller of the SMTP server's SIZE (RFC 1870) and the administrator's. */
  maxMessageSize: number;
  maxRecipients: number;
  maxAttachments: number;
  /** SMTPUTF8 (RFC 6531): addresses with letters beyond ASCII before the @. */
  canSendUtf8: boolean;
  /** DSN (RFC 3461). */
  canNotifyDelivery: boolean;
  canSchedule: boolean;
}
