import 'server-only';
import { MailError } from '#lib/errors.ts';
import { parseListPost } from '#lib/mail/list-post.ts';
import type { BodyPart, MessageDetail } from '#lib/mail/message-detail.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { Envelope } from '#lib/mail/envelope.ts';
import type { PartNode } from '#lib/mail/part-node.ts';
import type { SenderTruth } from '#lib/mail/sender-truth.ts';
import type { Authentication } from '#server/content/authentication-results.ts';
import { chooseParts, findPart } from '#server/content/choose-parts.ts';
import { decodeText } from '#server/content/decode-text.ts';
import { findDeliveryStatus, parseDeliveryReport } from '#server/content/delivery-report.ts';
import { joinFlowed } from '#server/content/flowed.ts';
import { messageIdsIn, splitHeaders, valuesOf } from '#server/content/headers.ts';
import type { Header } from '#server/content/headers.ts';
import { judgeSender } from '#server/content/judge-sender.ts';
import { readImapMessage } from '#server/imap/read-message.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { authenticationOf } from './authentication-of.ts';
import { listExitOf } from './list-exit.ts';
import { receiptRequestOf } from './receipt-request-of.ts';

/**
 * Octets read of each text part, encoded, and characters given of it: 2 MB of HTML, 1 MB of text. The
 * rest is a download.
 */
const partLimit = 2_800_000;
const maxCharacters = { html: 2 * 1024 * 1024, plain: 1024 * 1024 };
/** Text parts shown; a digest with more offers them as they are. */
const maxTexts = 20;

export interface ReadOptions {
  prefer: 'html' | 'plain';
  /** Part number of a message/rfc822 part: the message nested there is read instead. */
  section: string | null;
  signal?: AbortSignal;
}

/** Opens a message: its head, its readable parts decoded, and what else it holds. Changes nothing, \Seen neither. */
export async function readMessage(session: ImapSession, ref: MessageRef, options: ReadOptions): Promise<MessageDetail> {
  const choose = (structure: PartNode) => chooseParts(rootOf(structure, options.section).root, options.prefer);
  const message = await readImapMessage(
    session,
    ref,
    (structure) => choose(structure).texts.slice(0, maxTexts),
    partLimit,
    options.signal,
  );
  const fields = splitHeaders(message.fields ?? Buffer.alloc(0));
  const isWhole = options.section === null;
  const authentication = authenticationOf(fields);
  const base = {
    ...message.head,
    section: options.section,
    references: messageIdsIn(valuesOf(fields, 'references')[0] ?? ''),
    listPost: parseListPost(valuesOf(fields, 'list-post')[0] ?? ''),
    exit: isWhole ? listExitOf(session.account, fields, message.head, authentication) : null,
    receipt: isWhole ? receiptRequestOf(session.account, message, fields) : null,
  };
  if (!message.structure) {
    return {
      ...base,
      truth: truthOf(session, base, fields, authentication),
      delivery: null,
      body: [],
      attachments: [],
      notices: ['unreadable-structure'],
    };
  }
  const { root, envelope } = rootOf(message.structure, options.section);
  const { texts, attachments, notices } = choose(message.structure);
  const body = texts.slice(0, maxTexts).map((node) => toBodyPart(node, message.parts.get(node.part)));
  const shown = { ...base, ...envelope };
  // What a server found is about the message it took in, not about one that somebody put inside.
  const truth = truthOf(session, shown, isWhole ? fields : [], isWhole ? authentication : null);
  const status = findDeliveryStatus(root);
  const said = status && message.parts.get(status.part);
  const delivery = said ? parseDeliveryReport(decodeText(said, status)) : null;
  return { ...shown, truth, delivery, body, attachments, notices };
}

function truthOf(
  session: ImapSession,
  { from, replyTo }: Pick<MessageDetail, 'from' | 'replyTo'>,
  fields: readonly Header[],
  authentication: Authentication | null,
): SenderTruth {
  const isList = valuesOf(fields, 'list-id').length > 0;
  const ownDomain = session.account.user.split('@')[1]?.toLowerCase() ?? null;
  return judgeSender({ from, replyTo, isList }, authentication, ownDomain);
}

function rootOf(structure: PartNode, section: string | null): { root: PartNode; envelope: Partial<Envelope> } {
  if (section === null) return { root: structure, envelope: {} };
  const container = findPart(structure, section);
  const [root] = container?.children ?? [];
  if (!container?.nested || !root) throw new MailError('part-missing');
  return { root, envelope: container.nested };
}

function toBodyPart(node: PartNode, bytes: Buffer | undefined): BodyPart {
  const text = bytes ? decodeText(bytes, node) : '';
  const kind = node.mediaType === 'text/html' ? 'html' : 'plain';
  const most = maxCharacters[kind];
  const truncated = bytes !== undefined && (bytes.length >= partLimit || text.length > most);
  const content = text.slice(0, most).toWellFormed();
  if (kind === 'html') return { part: node.part, kind, content, flowed: false, truncated };
  const flowed = node.parameters.format?.toLowerCase() === 'flowed';
  const joined = flowed
    ? joinFlowed(content, node.parameters.delsp?.toLowerCase() === 'yes')
    : content.replace(/\r\n/g, '\n');
  return { part: node.part, kind, content: joined, flowed, truncated };
}
