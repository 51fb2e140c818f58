import 'server-only';
import type { Attachment, MessageNotice } from '#lib/mail/message-detail.ts';
import type { PartNode } from '#lib/mail/part-node.ts';
import { fileNameOf } from './file-name.ts';
import { previewKind } from './preview-kind.ts';

export interface ChosenParts {
  /** In the order of the message; media type text/plain or text/html. */
  texts: PartNode[];
  attachments: Attachment[];
  notices: MessageNotice[];
}

/** Above this the rest is neither shown nor listed, and the message offers its source. */
const maxParts = 1_000;

interface Walk {
  prefer: 'html' | 'plain';
  texts: PartNode[];
  attached: PartNode[];
  related: Set<PartNode>;
  notices: Set<MessageNotice>;
  parts: number;
}

/** What of a message is read, what is offered for download, and what it is besides (RFC 2046, 2387, 1847, 3156, 8551). */
export function chooseParts(root: PartNode, prefer: 'html' | 'plain'): ChosenParts {
  const walk = walkThrough(root, prefer);
  const attachments = walk.attached.map((node) => toAttachment(node, isInText(node, walk)));
  if (walk.texts.length === 0 && attachments.length === 0) walk.notices.add('empty');
  return { texts: walk.texts, attachments, notices: [...walk.notices] };
}

function walkThrough(root: PartNode, prefer: 'html' | 'plain'): Walk {
  const walk: Walk = { prefer, texts: [], attached: [], related: new Set(), notices: new Set(), parts: 0 };
  visit(root, walk, false);
  if (walk.parts > maxParts) walk.notices.add('too-many-parts');
  return walk;
}

/** A picture of the text's own. */
function isInText(node: PartNode, { related, texts }: Walk): boolean {
  return related.has(node) && texts.some(({ mediaType }) => mediaType === 'text/html');
}

function visit(node: PartNode, walk: Walk, inRelated: boolean): void {
  walk.parts += 1;
  if (walk.parts > maxParts) return;
  const [type] = node.mediaType.split('/');
  if (type === 'multipart') return visitMultipart(node, walk, inRelated);
  if (isShownText(node)) {
    walk.texts.push(node);
    return;
  }
  noteSecurity(node, walk);
  if (node.mediaType === 'text/calendar') walk.notices.add('calendar');
  if (isHousekeeping(node)) return;
  walk.attached.push(node);
  if (node.contentId && type === 'image' && (inRelated || node.disposition !== 'attachment')) walk.related.add(node);
}

function visitMultipart(node: PartNode, walk: Walk, inRelated: boolean): void {
  if (node.mediaType === 'multipart/alternative') return visitAlternative(node, walk, inRelated);
  if (node.mediaType === 'multipart/encrypted') walk.notices.add('pgp-encrypted');
  if (node.mediaType === 'multipart/signed') {
    walk.notices.add(/pkcs7/.test(node.parameters.protocol ?? '') ? 'smime-signed' : 'pgp-signed');
  }
  const related = inRelated || node.mediaType === 'multipart/related';
  for (const child of node.children) visit(child, walk, related);
}

/** The last alternative we can show is the best (RFC 2046 section 5.1.4), unless plain text is preferred. */
function visitAlternative(node: PartNode, walk: Walk, inRelated: boolean): void {
  const readable = node.children.filter(isReadable);
  const plain = readable.find((child) => child.mediaType === 'text/plain');
  const chosen = (walk.prefer === 'plain' ? plain : undefined) ?? readable.at(-1);
  for (const child of node.children) {
    if (child === chosen) visit(child, walk, inRelated);
    else if (child.mediaType === 'text/calendar') {
      walk.notices.add('calendar');
      walk.attached.push(child);
    } else if (!readable.includes(child) && !isIgnoredAlternative(child)) visit(child, walk, inRelated);
  }
}

function isReadable(node: PartNode): boolean {
  if (node.mediaType === 'text/plain' || node.mediaType === 'text/html') return node.disposition !== 'attachment';
  return node.mediaType.startsWith('multipart/') && node.children.some(isReadable);
}

/** Other makers' own forms of the same text. */
function isIgnoredAlternative(node: PartNode): boolean {
  return ['text/x-amp-html', 'text/watch-html', 'text/enriched', 'text/rtf'].includes(node.mediaType);
}

function isShownText(node: PartNode): boolean {
  if (node.disposition === 'attachment') return false;
  if (node.mediaType === 'text/html') return !rawName(node) || node.disposition === 'inline' || node.part === '1';
  // A named text in the middle of a message is a file somebody attached, whatever its disposition says.
  return node.mediaType === 'text/plain' ? !rawName(node) || node.part === '1' : isReport(node);
}

function isReport(node: PartNode): boolean {
  return node.mediaType === 'message/delivery-status' || node.mediaType === 'message/disposition-notification';
}

/** Parts that belong to the envelope of a signature and mean nothing as files. */
function isHousekeeping(node: PartNode): boolean {
  return (
    node.mediaType === 'application/pgp-signature' ||
    node.mediaType === 'application/pkcs7-signature' ||
    node.mediaType === 'application/x-pkcs7-signature' ||
    node.mediaType === 'application/pgp-encrypted' ||
    isIgnoredAlternative(node)
  );
}

function noteSecurity(node: PartNode, walk: Walk): void {
  if (!/^application\/(x-)?pkcs7-mime$/.test(node.mediaType)) return;
  const isSigned = /signed/.test(node.parameters['smime-type'] ?? '');
  walk.notices.add(isSigned ? 'smime-signed' : 'smime-encrypted');
}

function toAttachment(node: PartNode, inline: boolean): Attachment {
  return {
    part: node.part,
    name: fileNameOf(node),
    mediaType: node.mediaType,
    size: node.encoding === 'base64' ? Math.floor((node.size * 3) / 4 / 1.027) : node.size,
    contentId: node.contentId,
    inline,
    preview: previewKind(node),
  };
}

function rawName(node: PartNode): string | undefined {
  return node.dispositionParameters.filename ?? node.parameters.name;
}

/**
 * What can be taken out of a message without changing how its text reads: its attachments, but nothing that is another form of the text
 * (multipart/alternative) and nothing within a nested message.
 */
export function removableParts(root: PartNode): Attachment[] {
  const alternatives = new Set<string>();
  note(root);
  return chooseParts(root, 'html').attachments.filter(({ inline, part }) => !inline && !alternatives.has(part));

  function note(node: PartNode): void {
    for (const child of node.children) {
      if (node.mediaType === 'multipart/alternative') alternatives.add(child.part);
      note(child);
    }
  }
}

/** Whether the list marks a message: a file somebody sent along, not a picture in the text nor a signature. */
export function hasAttachment(root: PartNode): boolean {
  const walk = walkThrough(root, 'html');
  return walk.attached.some((node) => node.mediaType !== 'text/calendar' && !isInText(node, walk));
}

/** The node with a section number, not looking into nested messages' own numbers twice; null when there is none. */
export function findPart(root: PartNode, part: string): PartNode | null {
  if (root.part === part && !root.mediaType.startsWith('multipart/')) return root;
  for (const child of root.children) {
    const found = findPart(child, part);
    if (found) return found;
  }
  return null;
}

/** The picture that a `cid:` address names (RFC 2392), within the given message only. */
export function findByContentId(root: PartNode, contentId: string): PartNode | null {
  if (root.contentId === contentId) return root;
  for (const child of root.children) {
    const found = findByContentId(child, contentId);
    if (found) return found;
  }
  return null;
}
