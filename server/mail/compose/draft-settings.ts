import 'server-only';
import { z } from 'zod';
import { draftAttachmentSchema, draftContentSchema, draftIdSchema } from '#lib/mail/draft.ts';
import { parseHeaders } from '#server/content/headers.ts';
import { draftField, settingsField } from '#server/imap/draft-versions.ts';

/**
 * What of a draft no header of RFC 5322 says, kept in two fields of its own that are never sent. Another program that edits the
 * draft drops them; then nothing is missing but these. Whoever can write into the mailbox can write them: hostile like all else.
 */
const settingsSchema = z.object({
  /** Names this version. */
  revision: z.uuid(),
  writer: z.uuid(),
  /** Revisions this one took the place of, newest first: what of them is still there is left over from a crash. */
  after: z.array(z.uuid()).max(5),
  /** Of the content, so that the same words are not stored twice. */
  digest: z.string().max(100),
  identity: draftContentSchema.shape.identity,
  related: draftContentSchema.shape.related,
  wantsDeliveryNotice: z.boolean(),
  resends: draftContentSchema.shape.resends,
  /** As written: a header holds whole addresses only. */
  to: draftContentSchema.shape.to,
  cc: draftContentSchema.shape.cc,
  bcc: draftContentSchema.shape.bcc,
  replyTo: draftContentSchema.shape.replyTo,
  isHtml: z.boolean(),
  attachments: z.array(draftAttachmentSchema.omit({ source: true })).max(100),
});

export type DraftSettings = z.infer<typeof settingsSchema>;

const lineLength = 60;

/** The two fields; the second as base64 in pieces that can be folded. */
export function formatDraftFields(id: string, settings: DraftSettings): Record<string, string> {
  const text = Buffer.from(JSON.stringify(settings)).toString('base64');
  return { [draftField]: id, [settingsField]: text.match(new RegExp(`.{1,${lineLength}}`, 'g'))?.join(' ') ?? '' };
}

/** Null for what is missing or makes no sense. */
export function parseDraftFields(header: Buffer | null): { id: string | null; settings: DraftSettings | null } {
  const fields = header ? parseHeaders(header) : [];
  const valueOf = (name: string) =>
    fields.find((field) => field.name.toLowerCase() === name.toLowerCase())?.value ?? '';
  const id = draftIdSchema.safeParse(valueOf(draftField).trim());
  const settings = settingsSchema.safeParse(parseJson(valueOf(settingsField)));
  return { id: id.success ? id.data : null, settings: settings.success ? settings.data : null };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text.replace(/\s+/g, ''), 'base64').toString('utf8'));
  } catch {
    return null;
  }
}
