import fc from 'fast-check';
import { toPieces } from '#components/message-view/body/linkify.ts';
import { toTextBlocks, unquote } from '#components/message-view/body/quote-blocks.ts';
import { isMailError } from '#lib/errors.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import { checkMailboxName, tidyMailboxName } from '#lib/mail/check-mailbox-name.ts';
import { isDeliverable } from '#lib/mail/is-deliverable.ts';
import { labelNameOf, tidyLabelName, toLabelKeyword } from '#lib/mail/label.ts';
import { mailboxPathSchema } from '#lib/mail/mailbox.ts';
import { formatAddressList, parseAddressList } from '#lib/mail/parse-address-list.ts';
import { parseComposeQuery } from '#lib/mail/parse-mailto.ts';
import { parseSearch } from '#lib/mail/parse-search.ts';
import type { PartNode } from '#lib/mail/part-node.ts';
import { printSearch } from '#lib/mail/print-search.ts';
import { parseSyncToken, toSyncToken } from '#lib/mail/sync-token.ts';
import { formatUidSet, parseUidSet } from '#lib/mail/uid-set.ts';
import { isDrawable } from '#lib/picture/is-drawable.ts';
import { clientAddress } from '#server/auth/client-address.ts';
import { deviceLabel } from '#server/auth/device-label.ts';
import { readAuthentication } from '#server/content/authentication-results.ts';
import { chooseParts, findByContentId, findPart, hasAttachment } from '#server/content/choose-parts.ts';
import { decodeText } from '#server/content/decode-text.ts';
import { parseDeliveryReport } from '#server/content/delivery-report.ts';
import { contentDisposition, fileNameOf, safeFileName } from '#server/content/file-name.ts';
import { encodeFlowed, joinFlowed } from '#server/content/flowed.ts';
import { messageIdsIn, parseHeaders } from '#server/content/headers.ts';
import { htmlToText } from '#server/content/html-to-text.ts';
import { areWaysSigned, readListName, readListWays } from '#server/content/list-unsubscribe.ts';
import { judgeSender } from '#server/content/judge-sender.ts';
import { previewText } from '#server/content/preview-text.ts';
import { readReceiptRequest } from '#server/content/receipt-request.ts';
import { toPartTree } from '#server/imap/to-part-tree.ts';
import { readResumePoints } from '#server/mail/feed/stream-events.ts';
import { hostileOctets, hostileText } from './hostile.ts';
import { imapTarget } from './imap-target.ts';

/** One reader of hostile input. `property` throws where something that must hold does not. */
export interface Target {
  name: string;
  /** How much of the time it gets. */
  share: number;
  property(onInput: (input: unknown) => void): fc.IRawProperty<unknown>;
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

function target<T>(name: string, input: fc.Arbitrary<T>, run: (input: T) => void): Target {
  return {
    name,
    share: 1,
    property: (onInput) =>
      fc.property(input, (value) => {
        onInput(value);
        run(value);
      }),
  };
}

const headerWords = ['Subject: ', 'From: ', 'References: ', '=?utf-8?q?', '=?utf-8?b?', '=?iso-2022-jp?B?', '?=', '=?', 'A@b.test', '<a@b>', '\r\n ', '\r\n\t', '\r\n\r\n', 'X: ', '; ', "*0*=utf-8''", 'filename='];
const addressWords = ['ann@example.test', 'Ann Lee <ann@example.test>', '"Lee, Ann" ', '<', '>', ', ', '; ', 'Friends: ', '(comment)', '=?utf-8?q?', 'mailto:', '[127.0.0.1]', 'b@y.test\r\nBcc: evil@z.test', '"evil@z.test"@y.test', '?subject=', '&body=', 'to=', 'cc='];
const searchWords = ['from:', 'to:', 'subject:', 'has:attachment', 'is:unread', 'in:', 'label:', 'larger:100k', 'before:2026-01-01', 'older:3d', '-', '"', '(', ')', ' OR ', ' ', 'word', '"a phrase"', '*', '{5+}', 'A1 LOGOUT'];
const tokenWords = ['1', ':', '1:2', '12345:67890', '4294967295:18446744073709551615', 'INBOX', ','];
const nameWords = ['INBOX', '/', '.', '&', '&-', '&AOk-', '&AA', '*', '%', 'Work', '~', '#news', '\\Noselect', '{3}'];
const htmlWords = ['<p>', '</p>', '<table>', '<tr>', '<td>', '<a href="x">', '<img src=x>', '<style>', '</style>', '<script>', '<!--', '-->', '<![CDATA[', '&amp;', '&#x;', '&#1114112;', '<br>', '<svg>', '<ul><li>', '<pre>', '<blockquote>', '<div style="'];
const textWords = ['> ', '>> ', '\n', '-- \n', 'On Monday, Ann wrote:\n', 'https://example.test/', 'http://', 'www.', 'a@', 'a@a.co', '[x](', ' ', ' \n', 'word'];
const reportWords = ['Final-Recipient: rfc822; a@b.test\r\n', 'Action: failed\r\n', 'Status: 5.1.1\r\n', 'Diagnostic-Code: smtp; 550 ', 'mx.example.test; ', 'spf=pass ', 'dkim=fail ', 'dmarc=pass ', 'arc=none ', 'header.d=', 'smtp.mailfrom=', '(', ')', '; ', '\r\n ', '/1 '];
const exitWords = ['<https://lists.test/out?u=1>', '<mailto:out@lists.test?subject=out>', '<http://', '<javascript:', '<https://localhost/', '@', '>', ', ', '(comment) ', '(', ')', '\\', 'd=lists.test; ', 'h=list-unsubscribe:list-unsubscribe-post; ', '"List" <list.test>', '=?utf-8?q?', '?=', '\r\n ', '%0d%0aBcc: evil@z.test'];
const charsets = ['utf-8', 'us-ascii', 'iso-8859-1', 'iso-2022-jp', 'shift_jis', 'gb18030', 'utf-16', 'utf-7', 'big5', 'x-nonsense', '', '__proto__'];

const field = hostileText(headerWords, 12);
const parameters = fc.dictionary(fc.constantFrom('charset', 'name', 'filename', 'format', 'protocol', 'smime-type', '__proto__'), field, { maxKeys: 3 });

/** What imapflow makes of a BODYSTRUCTURE: any tree, also one that no server should send. */
const structure = fc.letrec<{ node: Record<string, unknown> }>((tie) => ({
  node: fc.record(
    {
      type: fc.oneof(fc.constantFrom('text/plain', 'text/html', 'multipart/mixed', 'multipart/alternative', 'multipart/related', 'message/rfc822', 'image/png', 'text/calendar', 'application/pkcs7-mime'), field),
      parameters,
      encoding: fc.oneof(fc.constantFrom('7bit', 'base64', 'quoted-printable', 'binary'), field),
      size: fc.oneof(fc.nat(), fc.double(), fc.constant(-1)),
      disposition: fc.oneof(fc.constantFrom('attachment', 'inline'), field),
      dispositionParameters: parameters,
      id: field,
      description: field,
      envelope: fc.record({ subject: field, from: fc.array(fc.record({ name: field, address: field }), { maxLength: 3 }), messageId: field, date: fc.oneof(fc.date({ noInvalidDate: false }), field) }, { requiredKeys: [] }),
      childNodes: fc.array(tie('node'), { maxLength: 4 }),
    },
    { requiredKeys: [] },
  ),
})).node;

/** A tree many levels deep, or with many parts, around an ordinary one. */
const bigStructure = fc.tuple(structure, fc.integer({ min: 1, max: 3_000 }), fc.boolean()).map(([leaf, times, isDeep]) => {
  if (!isDeep) return { type: 'multipart/mixed', childNodes: Array.from({ length: times }, () => leaf) };
  let node = leaf;
  for (let level = 0; level < times; level += 1) node = { type: level % 2 ? 'message/rfc822' : 'multipart/mixed', childNodes: [node] };
  return node;
});

export const targets: readonly Target[] = [
  target('headers', hostileOctets(headerWords), (octets) => {
    const fields = parseHeaders(octets);
    must(fields.length <= 1_000, 'more than 1,000 fields');
    for (const { value } of fields) messageIdsIn(value);
  }),
  target('text parts', fc.tuple(hostileOctets([...textWords, ...htmlWords]), fc.constantFrom(...charsets), fc.constantFrom('base64', 'quoted-printable', '7bit', 'x-uuencode', ''), fc.constantFrom('text/plain', 'text/html')), ([octets, charset, encoding, mediaType]) => {
    const text = decodeText(octets, { encoding, parameters: { charset }, mediaType });
    must(text.isWellFormed() && !text.includes('\0'), 'a lone surrogate or NUL came out');
    const shown = joinFlowed(text, charset === '');
    joinFlowed(encodeFlowed(shown), true);
    must([...previewText(text, mediaType === 'text/html' ? 'html' : 'plain')].length <= 200, 'a long preview');
  }),
  target('HTML as text', hostileText(htmlWords), (html) => {
    const text = htmlToText(html);
    must(text.length <= 4 * html.length + 1_000, `${text.length} characters of ${html.length}`);
  }),
  target('plain text', hostileText(textWords), (text) => {
    must(toPieces(text).map((piece) => piece.text).join('') === text, 'linking changed the text');
    for (const { href } of toPieces(text)) must(href === null || /^(https?:\/\/|mailto:)/i.test(href), `a link to ${href}`);
    for (const block of toTextBlocks(text)) unquote(block.text);
    visibleText(text);
  }),
  target('addresses', hostileText(addressWords), (text) => {
    const list = parseAddressList(text);
    parseAddressList(formatAddressList(list));
    for (const { address } of list) must(!isDeliverable(address) || !/[\r\n\0]/.test(address), 'an address with a line break is deliverable');
    const { subject } = parseComposeQuery(text);
    must(!/[\r\n\0]/.test(subject), 'a subject with a line break');
  }),
  target('search syntax', hostileText(searchWords), (text) => {
    const parsed = parseSearch(text);
    if (!parsed.ok) return;
    const again = parseSearch(printSearch(parsed.query));
    // What is printed may be longer than may be typed; then it is refused, not misread.
    must(!again.ok || JSON.stringify(again.query) === JSON.stringify(parsed.query), 'printed, it reads otherwise');
  }),
  target('sync tokens', fc.tuple(hostileText(tokenWords), hostileText(nameWords), hostileText(tokenWords)), ([token, mailbox, uidNext]) => {
    const parts = parseSyncToken(token);
    if (parts) must(JSON.stringify(parseSyncToken(toSyncToken(parts.uidValidity, parts.modseq))) === JSON.stringify(parts), 'a token reads otherwise');
    try {
      readResumePoints(new URLSearchParams([['mailbox', mailbox], ['since', token], ['uidNext', uidNext]]));
    } catch (error) {
      must(isMailError(error), `threw ${String(error)}`);
    }
    parseUidSet(formatUidSet(parseUidSet(token)));
  }),
  target('mailbox names and labels', hostileText(nameWords), (text) => {
    mailboxPathSchema.safeParse(text);
    checkMailboxName(tidyMailboxName(text), [], null);
    const name = tidyLabelName(text);
    const keyword = toLabelKeyword(name);
    if (keyword !== null && name.isWellFormed()) must(tidyLabelName(labelNameOf(keyword)) === name, 'a label reads otherwise');
    labelNameOf(text);
  }),
  target('file names', fc.tuple(hostileText(headerWords), field), ([filename, name]) => {
    const safe = safeFileName(filename);
    must(Buffer.byteLength(safe) <= 255 && !/[\\/\0-\x1f\x7f\u202a-\u202e\u2066-\u2069]/.test(safe), `an unsafe name ${JSON.stringify(safe)}`);
    const node = { ...leaf, dispositionParameters: { filename }, parameters: { name } };
    new Headers({ 'content-disposition': contentDisposition('attachment', fileNameOf(node)) });
  }),
  target('structures', fc.oneof({ weight: 10, arbitrary: structure }, { weight: 1, arbitrary: bigStructure }), (raw) => {
    // True as far as any server's words are: the reader believes none of it.
    const root = toPartTree(raw as unknown as Parameters<typeof toPartTree>[0]);
    const { attachments } = chooseParts(root, 'html');
    must(attachments.length <= 1_000, 'more than 1,000 parts');
    hasAttachment(root);
    findPart(root, '1.2.3');
    findByContentId(root, 'x');
    must(depthOf(root) <= 66, 'deeper than 64');
  }),
  target('reports and authentication', hostileText(reportWords), (text) => {
    parseDeliveryReport(text);
    const authentication = readAuthentication([text, text], ['mx.example.test']);
    judgeSender({ from: [{ name: text, address: text }], replyTo: [{ name: null, address: text }], isList: false }, authentication, 'example.test');
  }),
  target('ways out of lists and receipts', hostileText(exitWords), (text) => {
    const { post, page, mail } = readListWays([text], ['List-Unsubscribe=One-Click'], 'localhost');
    for (const way of [post, page]) must(way === null || (/^https?:\/\/[\x21-\x7e]+$/i.test(way) && new URL(way).host !== 'localhost'), `a way to ${way}`);
    must(post === null || /^https:/i.test(post), 'a POST in the clear');
    if (mail) must(isDeliverable(mail.to) && !/[\r\n\0]/.test(mail.to + mail.subject), 'a message with a header more');
    readListName(text);
    areWaysSigned([text, text], ['lists.test']);
    const asked = readReceiptRequest([{ name: 'Disposition-Notification-To', value: text }, { name: 'Return-Path', value: text }]);
    must(asked === null || isDeliverable(asked.address), 'a receipt to nobody');
  }),
  target('octets of pictures, clients and devices', fc.tuple(hostilePicture(), hostileText(['192.0.2.1', '::1', '2001:db8::1', ', ', 'Mozilla/5.0 ', 'Firefox/'])), ([octets, text]) => {
    isDrawable(octets);
    deviceLabel(text);
    const sent = text.replace(/[^\x20-\x7e]/g, '');
    must(/^(unknown|[\d.]+|[\da-f:]+)$/i.test(clientAddress(new Headers({ 'x-forwarded-for': sent }))), 'an address that is none');
  }),
  imapTarget,
];

function hostilePicture(): fc.Arbitrary<Uint8Array> {
  const heads = ['', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', '\xff\xd8\xff\xe0\0\x04', 'GIF89a', 'RIFF\0\0\0\0WEBPVP8X', 'RIFF\0\0\0\0WEBPVP8L'];
  return fc.tuple(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 200 })).map(([head, octets]) => Buffer.concat([Buffer.from(head, 'latin1'), octets]));
}

const leaf: PartNode = { part: '1', mediaType: 'application/octet-stream', parameters: {}, encoding: '', size: 0, disposition: null, dispositionParameters: {}, contentId: null, description: null, children: [], nested: null };

function depthOf({ children }: PartNode): number {
  return 1 + Math.max(0, ...children.map(depthOf));
}
