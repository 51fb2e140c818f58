import { z } from 'zod';
import { addressSchema, headerText } from './address.ts';
import type { OutgoingMessage } from './outgoing.ts';
import { messageRefSchema } from './message.ts';
import type { MessageRef } from './message.ts';

/** Chosen by the browser when a composer opens; the same on every device and in every version of the draft. */
export const draftIdSchema = z.uuid();

/** Where the octets of an attachment are. The server copies them; nothing is uploaded twice. */
const attachmentSourceSchema = z.discriminatedUnion('kind', [
  /** Sent to /api/uploads by this session. */
  z.object({ kind: z.literal('upload'), upload: z.uuid() }),
  /** A part of a message in the mailbox, of a former version of this draft too. `part` is its section number. */
  z.object({
    kind: z.literal('part'),
    message: messageRefSchema,
    part: z.string().regex(/^\d{1,4}(\.\d{1,4}){0,64}$/),
  }),
  /** A whole message, attached as message/rfc822. */
  z.object({ kind: z.literal('message'), message: messageRefSchema }),
]);

export type AttachmentSource = z.infer<typeof attachmentSourceSchema>;

export const draftAttachmentSchema = z.object({
  /** Chosen by the browser; stays when the source changes. */
  id: z.uuid(),
  name: headerText(255).min(1),
  mediaType: z
    .string()
    .max(127)
    .regex(/^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/),
  /** Octets, decoded. */
  size: z.int().min(0),
  /** Of a picture that the HTML shows by `cid:` (RFC 2392), without angle brackets; null: listed below the message. */
  contentId: z
    .string()
    .max(200)
    .regex(/^[^\s<>\0-\x1f\x7f-\uffff]+$/)
    .nullable(),
  source: attachmentSourceSchema,
});

export type DraftAttachment = z.infer<typeof draftAttachmentSchema>;

const messageIdSchema = z
  .string()
  .max(998)
  .regex(/^<[^<>\s\0-\x1f\x7f]+>$/);

/** Everything a person wrote and chose. Addresses may be unfinished; only sending demands that they are whole. */
export const draftContentSchema = z.object({
  /** Id of an identity (lib/mail/identity.ts). */
  identity: z.string().max(100),
  to: z.array(addressSchema).max(1000),
  cc: z.array(addressSchema).max(1000),
  bcc: z.array(addressSchema).max(1000),
  /** Empty: the identity's. */
  replyTo: z.array(addressSchema).max(10),
  subject: headerText(2000),
  /** Null: written as plain text. Pictures stand as `cid:` addresses of attachments. */
  html: z.string().max(2_000_000).nullable(),
  /** What was written as plain text, unwrapped; with `html` it may be empty, then it is made from that. */
  text: z.string().max(1_000_000),
  inReplyTo: messageIdSchema.nullable(),
  references: z.array(messageIdSchema).max(200),
  /** Messages that get \Answered or $Forwarded once this is sent. */
  related: z.array(z.object({ how: z.enum(['answers', 'forwards']), message: messageRefSchema })).max(50),
  attachments: z.array(draftAttachmentSchema).max(100),
  priority: z.enum(['high', 'normal', 'low']),
  /** Asks the reader's program for a receipt (RFC 8098). */
  wantsReceipt: z.boolean(),
  /** Asks the servers on the way for a notice of delivery (RFC 3461). */
  wantsDeliveryNotice: z.boolean(),
  /** The one attached message goes on to others as it is, with Resent fields before it (RFC 5322 section 3.6.6); nothing else is sent. */
  resends: z.boolean().optional(),
});

export type DraftContent = z.infer<typeof draftContentSchema>;

/** `POST /api/drafts`: saves a version in place of `base`. */
export const saveDraftSchema = z.object({
  id: draftIdSchema,
  /** Chosen once per open composer: a version by the same writer is never a conflict, only an answer that got lost. */
  writer: z.uuid(),
  /** The version this one grew from; null: never saved. To overwrite another's version after a conflict, name that one. */
  base: messageRefSchema.nullable(),
  content: draftContentSchema,
});

export type SaveDraftRequest = z.infer<typeof saveDraftSchema>;

/** What `POST /api/drafts` answers. */
export type SaveDraftAnswer =
  | {
      saved: true;
      version: MessageRef;
      /** ISO 8601. */
      savedAt: string;
      /** The same attachments, their sources now parts of `version`: keep these in place of yours. */
      attachments: DraftAttachment[];
      /** The base was deleted or sent elsewhere meanwhile; the words were kept in a new draft, and the person is told. */
      baseWasGone: boolean;
    }
  /** Somebody else saved another version: nothing was written. `version` can be opened, or named as `base` to replace it. */
  | { saved: false; conflict: { version: MessageRef; savedAt: string } };

/** What `GET /api/drafts/{id}` and `GET /api/drafts?mailbox=&uidValidity=&uid=` answer; the latter for any program's draft. */
export interface OpenedDraft {
  id: string;
  version: MessageRef;
  /** ISO 8601. */
  savedAt: string;
  content: DraftContent;
  /** The outbox job that is sending this draft: it is not to be edited before that is cancelled. */
  outgoing: OutgoingMessage | null;
}

/** `POST /api/drafts/{id}/discard`: removes all versions. Answers `{discarded: true}`, also when there is none. */
export const discardDraftSchema = z.object({ version: messageRefSchema.nullable() });
