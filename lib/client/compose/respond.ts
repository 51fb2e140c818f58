import type { Address } from '#lib/mail/address.ts';
import type { DraftContent } from '#lib/mail/draft.ts';
import type { Identity } from '#lib/mail/identity.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import type { RespondHow } from './composers.ts';

/** Header fields that an answer needs beside the message's own. */
export interface ListHeaders {
  /** Whom the sender wants answers to go to (Mail-Followup-To). */
  followupTo: Address[];
  /** The address that the message was delivered to: tells which of one's own was written to when no recipient field does. */
  deliveredTo: string[];
}

export const noListHeaders: ListHeaders = { followupTo: [], deliveredTo: [] };

type Recipients = Pick<DraftContent, 'to' | 'cc' | 'bcc'>;

/** The identity that was written to; else the first. */
export function chooseIdentity(
  message: MessageDetail,
  headers: ListHeaders,
  identities: readonly Identity[],
): Identity | undefined {
  const written = [...message.to, ...message.cc, ...message.bcc].map(({ address }) => address);
  // In one's own sent mail the identity is the sender.
  const candidates = [...written, ...headers.deliveredTo, ...message.from.map(({ address }) => address)];
  for (const candidate of candidates) {
    const found = identities.find(({ address }) => isSame(address, candidate));
    if (found) return found;
  }
  return identities[0];
}

/** Whom an answer goes to. One's own addresses are never among them, but when one answers oneself. */
export function chooseRecipients(
  how: RespondHow,
  message: MessageDetail,
  { followupTo }: ListHeaders,
  own: readonly string[],
): Recipients {
  const isOwn = ({ address }: Address) => own.some((one) => isSame(one, address));
  const nobody: Recipients = { to: [], cc: [], bcc: [] };
  const { listPost } = message;
  const isFromMe = message.from.some(isOwn);
  // A list that sets Reply-To to itself means "reply" no less than its members do: the author (RFC 5322 section 3.6.2
  // meant the author's wish).
  const isMunged =
    listPost !== null && message.replyTo.length === 1 && isSame(message.replyTo[0]?.address ?? '', listPost);
  const author = message.replyTo.length > 0 && !isMunged ? message.replyTo : message.from;
  switch (how) {
    case 'forward':
    case 'forward-attached':
    case 'resend':
      return nobody;
    case 'edit-as-new':
      return { to: message.to, cc: message.cc, bcc: message.bcc };
    case 'reply-list':
      return listPost ? { ...nobody, to: [{ name: null, address: listPost }] } : nobody;
    case 'reply':
      // Answering one's own letter goes on writing to the same people.
      return { ...nobody, to: isFromMe ? orElse(message.to, message.from) : unique(author) };
    case 'reply-all': {
      if (isFromMe) return { to: unique(orElse(message.to, message.from)), cc: unique(message.cc), bcc: [] };
      if (followupTo.length > 0) return { ...nobody, to: unique(followupTo.filter((one) => !isOwn(one))) };
      const to = unique(author.filter((one) => !isOwn(one)).concat(message.to.filter((one) => !isOwn(one))));
      const cc = unique(message.cc).filter(
        (one) => !isOwn(one) && !to.some(({ address }) => isSame(address, one.address)),
      );
      return { to: orElse(to, message.from), cc, bcc: [] };
    }
  }
}

/** "Re: " once, whatever language said it before. */
export function toSubject(how: RespondHow, subject: string): string {
  const text = subject.replace(/[\0-\x1f\x7f]+/g, ' ').trim();
  switch (how) {
    case 'reply':
    case 'reply-all':
    case 'reply-list':
      return /^(?:re|aw|antw|sv|vs|odp|ynt|回复|答复)(?:\[\d+\]|\^\d+)?\s*[:：]/i.test(text) ? text : `Re: ${text}`;
    case 'forward':
    case 'forward-attached':
      return /^(?:fwd?|wg|tr|rv|vb|pd|转发)\s*[:：]/i.test(text) ? text : `Fwd: ${text}`;
    case 'edit-as-new':
    case 'resend':
      return text;
  }
}

const mostReferences = 50;

/** In-Reply-To and References of an answer (RFC 5322 section 3.6.4). The first and the newest of a long thread stay. */
export function toThread(how: RespondHow, message: MessageDetail): Pick<DraftContent, 'inReplyTo' | 'references'> {
  const isThreaded = how.startsWith('reply') || how.startsWith('forward');
  const id = toMessageId(message.messageId);
  if (!isThreaded || !id) return { inReplyTo: null, references: [] };
  const before = message.references.length > 0 ? message.references : (message.inReplyTo?.match(/<[^<>]+>/g) ?? []);
  const known = before.flatMap((one) => toMessageId(one) ?? []);
  const references = [...new Set([...known, id])];
  const kept =
    references.length <= mostReferences
      ? references
      : [...references.slice(0, 1), ...references.slice(1 - mostReferences)];
  return { inReplyTo: how.startsWith('reply') ? id : null, references: kept };
}

function toMessageId(text: string | null): string | null {
  const id = /<[^<>\s\0-\x1f\x7f]{1,900}>/.exec(text ?? '')?.[0];
  return id ?? null;
}

function unique(addresses: readonly Address[]): Address[] {
  return addresses.filter(({ address }, index) => addresses.findIndex((one) => isSame(one.address, address)) === index);
}

function orElse(wanted: readonly Address[], other: readonly Address[]): Address[] {
  return wanted.length > 0 ? [...wanted] : [...other];
}

/** Mailbox names are compared without case, as every provider of today does. */
export function isSame(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
