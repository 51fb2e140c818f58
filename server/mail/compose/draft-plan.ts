import 'server-only';
import { isDeliverable } from '#lib/mail/address.ts';
import type { Address } from '#lib/mail/address.ts';
import type { DraftContent } from '#lib/mail/draft.ts';
import type { Identity } from '#lib/mail/identity.ts';
import { encodeFlowed } from '#server/content/flowed.ts';
import { htmlToText } from '#server/content/html-to-text.ts';
import type { MessagePlan, PlannedFile } from '#server/smtp/compose-message.ts';

/** What both say: a draft as any mail program reads it, and the message that is sent. */
function commonPlan(content: DraftContent, identity: Identity, messageId: string, files: PlannedFile[]) {
  const replyTo = content.replyTo.length > 0 ? content.replyTo : identity.replyTo ? [identity.replyTo] : [];
  return {
    from: { name: identity.name || null, address: identity.address },
    to: content.to.filter(isWhole),
    cc: content.cc.filter(isWhole),
    replyTo: replyTo.filter(isWhole),
    subject: content.subject,
    messageId,
    inReplyTo: content.inReplyTo,
    references: content.references,
    files,
  };
}

/** A draft: nothing wrapped and nothing made of anything, so that it opens as it was left. */
export function planDraft(
  content: DraftContent,
  identity: Identity,
  messageId: string,
  files: PlannedFile[],
  fields: Record<string, string>,
): MessagePlan {
  const { html, text } = content;
  // One line break more, since a message always ends in one: whoever opens the draft takes one away again.
  const plain = { mediaType: 'text/plain' as const, isFlowed: false, content: `${withLineFeeds(text)}\n` };
  const rich = html === null ? [] : [{ mediaType: 'text/html' as const, isFlowed: false, content: `${html}\n` }];
  return {
    ...commonPlan(content, identity, messageId, files),
    bcc: content.bcc.filter(isWhole),
    headers: { ...askedFor(content, identity), ...fields },
    texts: html === null || text ? [plain, ...rich] : rich,
  };
}

/** What is sent: text always, beside the HTML: the writer's own, else made of it; never a Bcc. */
export function planMessage(
  content: DraftContent,
  identity: Identity,
  messageId: string,
  files: PlannedFile[],
): MessagePlan {
  const { html } = content;
  const text = html === null || content.text ? content.text : htmlToText(html);
  const plain = { mediaType: 'text/plain' as const, isFlowed: true, content: encodeFlowed(text) };
  return {
    ...commonPlan(content, identity, messageId, files),
    bcc: [],
    headers: askedFor(content, identity),
    texts: html === null ? [plain] : [plain, { mediaType: 'text/html', isFlowed: false, content: html }],
  };
}

function askedFor({ priority, wantsReceipt }: DraftContent, identity: Identity): Record<string, string> {
  const headers: Record<string, string> = {};
  if (priority !== 'normal') {
    headers.Importance = priority; // RFC 4021 section 2.1.54, and what the others read:
    headers['X-Priority'] = priority === 'high' ? '1' : '5';
  }
  if (wantsReceipt) headers['Disposition-Notification-To'] = `<${identity.address}>`; // RFC 8098 section 2.1.
  return headers;
}

function isWhole({ address }: Address): boolean {
  return isDeliverable(address);
}

function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
