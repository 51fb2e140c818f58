import 'server-only';
import { MailError } from '#lib/errors.ts';
import type { DraftAttachment } from '#lib/mail/draft.ts';
import type { PartNode } from '#lib/mail/part-node.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { findByContentId } from '#server/content/choose-parts.ts';
import type { DraftVersion } from '#server/imap/draft-versions.ts';
import { readSection } from '#server/imap/read-section.ts';
import { imapSession } from '#server/imap/sessions.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import type { PlannedFile } from '#server/smtp/compose-message.ts';
import { openPart } from '#server/mail/message/open-part.ts';
import { openUpload } from './uploads.ts';

type Owner = Pick<AuthSession, 'id' | 'storageKey'>;

/** The Content-ID under which a draft keeps an attachment: its own where the HTML names it, else one made of its id. */
export function partIdOf({ id, contentId }: Pick<DraftAttachment, 'id' | 'contentId'>): string {
  return contentId ?? `${id}@draft.pipit`;
}

/** What an attachment is, wherever it is fetched from. */
export function withoutSource({
  id,
  name,
  mediaType,
  size,
  contentId,
}: DraftAttachment): Omit<DraftAttachment, 'source'> {
  return { id, name, mediaType, size, contentId };
}

/**
 * Attachments as files whose octets are read when they are needed: from the upload while it is there, else from the newest
 * version of the draft, which holds them under their ids, else from where the browser says. Throws upload-missing.
 */
export async function planFiles(
  auth: AuthSession,
  attachments: readonly DraftAttachment[],
  newest: DraftVersion | null,
  isDraft: boolean,
): Promise<PlannedFile[]> {
  const session = imapSession(auth);
  return Promise.all(
    attachments.map(async (attachment) => ({
      name: attachment.name,
      mediaType: typeOf(attachment),
      contentId: attachment.contentId,
      partId: isDraft && !attachment.contentId ? partIdOf(attachment) : null,
      open: await opener(auth, session, attachment, newest),
    })),
  );
}

async function opener(owner: Owner, session: ImapSession, attachment: DraftAttachment, newest: DraftVersion | null) {
  const { source } = attachment;
  const upload = await openUpload(owner, source.kind === 'upload' ? source.upload : attachment.id);
  if (upload) return upload.open;
  const kept = newest?.structure ? findByContentId(newest.structure, partIdOf(attachment)) : null;
  if (newest && kept) return () => partContent(session, newest, kept);
  switch (source.kind) {
    case 'upload':
      throw new MailError('upload-missing', { field: 'attachments' });
    case 'part':
      return async function* part() {
        yield* (await openPart(session, source.message, source.part)).content();
      };
    case 'message':
      return () => readSection(session, source.message, '');
  }
}

async function* partContent(session: ImapSession, { ref }: DraftVersion, { part }: PartNode): AsyncGenerator<Buffer> {
  yield* (await openPart(session, ref, part)).content();
}

/** A file never is a container: only a whole message of the mailbox is one (RFC 2046 section 5). */
function typeOf({ mediaType, source }: DraftAttachment): string {
  const isMessage = mediaType === 'message/rfc822' && source.kind !== 'upload';
  return /^(multipart|message)\//.test(mediaType) && !isMessage ? 'application/octet-stream' : mediaType;
}
