import 'server-only';
import { randomUUID } from 'node:crypto';
import { isMailError, MailError } from '#lib/errors.ts';
import type { Address } from '#lib/mail/address.ts';
import { draftAttachmentSchema, draftContentSchema } from '#lib/mail/draft.ts';
import type { DraftAttachment, DraftContent, OpenedDraft } from '#lib/mail/draft.ts';
import type { Attachment, BodyPart } from '#lib/mail/message-detail.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { messageIdsIn } from '#server/content/headers.ts';
import { readDraftVersions } from '#server/imap/draft-versions.ts';
import { roleMailbox } from '#server/mail/role-mailbox.ts';
import { imapSession } from '#server/imap/sessions.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { partIdOf } from './draft-files.ts';
import { parseDraftFields } from './draft-settings.ts';
import type { DraftSettings } from './draft-settings.ts';
import { readIdentities } from './identities.ts';
import { judgeVersions } from './judge-versions.ts';
import { outgoingOfDraft } from '#server/mail/outbox/outbox.ts';
import { readHeaders } from '#server/mail/message/read-headers.ts';
import { readMessage } from '#server/mail/message/read-message.ts';

/** A draft that is saved elsewhere at this moment has another version a moment later. */
const attempts = 3;

/** Opens the newest version of a draft. Throws draft-missing. */
export async function openDraftById(auth: AuthSession, id: string, signal?: AbortSignal): Promise<OpenedDraft> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await openNewest(auth, id, signal);
    } catch (error) {
      if (attempt === attempts || !isMailError(error) || error.code !== 'message-missing') throw error;
    }
  }
}

async function openNewest(auth: AuthSession, id: string, signal?: AbortSignal): Promise<OpenedDraft> {
  const session = imapSession(auth);
  const versions = await readDraftVersions(session, await roleMailbox(session, 'drafts'), id);
  const { newest } = judgeVersions(versions, { base: null, writer: null });
  if (!newest) throw new MailError('draft-missing');
  return openDraft(auth, newest.ref, signal);
}

/**
 * Opens a message as a draft: one of ours as it was left, one of another program as far as its headers and parts tell. Everything
 * in it may be somebody else's (a shared mailbox): the HTML is raw and hostile. Throws message-missing, mailbox-changed.
 */
export async function openDraft(auth: AuthSession, ref: MessageRef, signal?: AbortSignal): Promise<OpenedDraft> {
  const session = imapSession(auth);
  const rich = await readMessage(session, ref, { prefer: 'html', section: null, signal });
  const headers = await readHeaders(session, ref, null, signal);
  const raw = Buffer.from(headers.map(({ name, value }) => `${name}: ${value}\r\n`).join(''));
  const { id: named, settings } = parseDraftFields(raw);
  const headerOf = (name: string) => headers.find((header) => header.name.toLowerCase() === name)?.value ?? '';
  const { html, text } = await bodyOf(session, ref, rich.body, settings, signal);
  const id = named ?? randomUUID();
  const content: DraftContent = {
    identity: settings?.identity ?? identityFor(auth, rich.from),
    to: settings?.to ?? rich.to.map(toClean),
    cc: settings?.cc ?? rich.cc.map(toClean),
    bcc: settings?.bcc ?? rich.bcc.map(toClean),
    // IMAP's envelope repeats the sender where there is no Reply-To (RFC 9051 section 7.5.2).
    replyTo: settings?.replyTo ?? (headerOf('reply-to') ? rich.replyTo.map(toClean) : []),
    subject: clean(rich.subject, 2000),
    html,
    text,
    inReplyTo: messageIdsIn(rich.inReplyTo ?? '')[0] ?? null,
    references: rich.references,
    related: settings?.related ?? [],
    attachments: rich.attachments.slice(0, 100).map((attachment) => toDraftAttachment(ref, attachment, settings)),
    priority: priorityOf(headerOf('importance'), headerOf('x-priority')),
    wantsReceipt: headerOf('disposition-notification-to') !== '',
    wantsDeliveryNotice: settings?.wantsDeliveryNotice ?? false,
    ...(settings?.resends ? { resends: true } : {}),
  };
  const parsed = draftContentSchema.safeParse(content);
  if (!parsed.success) throw new MailError('part-not-viewable');
  return {
    id,
    version: ref,
    savedAt: rich.receivedAt,
    content: parsed.data,
    outgoing: outgoingOfDraft(auth.account, id),
  };
}

async function bodyOf(
  session: ImapSession,
  ref: MessageRef,
  body: BodyPart[],
  settings: DraftSettings | null,
  signal?: AbortSignal,
): Promise<{ html: string | null; text: string }> {
  const textOf = (parts: BodyPart[]) => parts.map(({ content }) => content).join('\n');
  const exact = (content: string) => (settings ? content.replace(/\r?\n$/, '') : content);
  const hasHtml = body.some(({ kind }) => kind === 'html');
  if (!hasHtml) return { html: null, text: exact(textOf(body)).slice(0, 1_000_000) };
  const pieces = body.map(({ kind, content }) => (kind === 'html' ? content : `<pre>${escape(content)}</pre>`));
  const html = exact(pieces.join('\n')).replace(/\r\n/g, '\n').slice(0, 2_000_000);
  if (settings && !settings.isHtml) return { html, text: '' };
  const { body: plain } = await readMessage(session, ref, { prefer: 'plain', section: null, signal });
  const text = plain.every(({ kind }) => kind === 'plain') ? exact(textOf(plain)) : '';
  return { html, text: text.slice(0, 1_000_000) };
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function toDraftAttachment(ref: MessageRef, attachment: Attachment, settings: DraftSettings | null): DraftAttachment {
  const { part, name, mediaType, size, contentId } = attachment;
  const kept = settings?.attachments.find((known) => partIdOf(known) === contentId);
  const made = {
    id: kept?.id ?? randomUUID(),
    name: clean(kept?.name ?? name, 255) || 'file',
    mediaType:
      kept?.mediaType ?? draftAttachmentSchema.shape.mediaType.safeParse(mediaType).data ?? 'application/octet-stream',
    size: kept?.size ?? size,
    contentId: kept
      ? kept.contentId
      : (draftAttachmentSchema.shape.contentId.safeParse(attachment.inline ? contentId : null).data ?? null),
  };
  return { ...made, source: { kind: 'part', message: ref, part } };
}

function identityFor(auth: AuthSession, from: Address[]): string {
  const { identities } = readIdentities(auth.account);
  const written = from[0]?.address.toLowerCase();
  return (identities.find(({ address }) => address.toLowerCase() === written) ?? identities[0])?.id ?? 'default';
}

function toClean({ name, address }: Address): Address {
  return { name: name === null ? null : clean(name, 400), address: clean(address, 400) };
}

function clean(text: string, most: number): string {
  return text.replace(/[\0-\x1f\x7f]+/g, ' ').slice(0, most);
}

function priorityOf(importance: string, number: string): DraftContent['priority'] {
  if (/^high/i.test(importance) || /^[12]\b/.test(number)) return 'high';
  return /^low/i.test(importance) || /^[45]\b/.test(number) ? 'low' : 'normal';
}
