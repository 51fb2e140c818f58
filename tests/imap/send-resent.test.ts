import { randomUUID } from 'node:crypto';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DraftAttachment, DraftContent } from '#lib/mail/draft.ts';
import { openDraftById } from '#server/mail/compose/open-draft.ts';
import { saveDraft } from '#server/mail/compose/save-draft.ts';
import { rawMessages } from '#tests/support/mail-server/raw-messages.ts';
import { aDraft, aSendRequest, startSendFixture } from './send-fixture.ts';
import type { SendFixture, Writer } from './send-fixture.ts';

let fixture: SendFixture;
beforeAll(async () => {
  fixture = await startSendFixture();
});
afterAll(() => fixture.end());

const head = [
  'From: Ann Lee <ann@else.test>', 'To: person1@example.test', 'Subject: =?utf-8?B?R3LDvMOfZQ==?=', 'Date: Mon, 23 Nov 2026 10:00:00 +0000', 'Message-ID: <first@else.test>',
  'X-Long: one', ' two', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit',
];
const text = '\r\nGr\u00fc\u00dfe, as they were.\r\n.\r\n  And spaces.  \r\n';
/** As it stands in somebody's mailbox: with what is nobody else's business. */
const original = Buffer.from(['Return-Path: <ann@else.test>', ...head.slice(0, 2), 'Bcc: hidden@else.test,', ' more@else.test', ...head.slice(2), text].join('\r\n'));

async function resent(writer: Writer, more: Partial<DraftContent> = {}): Promise<Partial<DraftContent>> {
  await writer.device.append('INBOX', [{ raw: original }]);
  const uidValidity = Number(/UIDVALIDITY (\d+)/.exec(await writer.device.command('STATUS INBOX (UIDVALIDITY)'))?.[1]);
  const message = { mailbox: 'INBOX', uidValidity, uid: 1 };
  const file: DraftAttachment = { id: randomUUID(), name: 'Gr\u00fc\u00dfe.eml', mediaType: 'message/rfc822', size: original.length, contentId: null, source: { kind: 'message', message } };
  return { subject: 'Gr\u00fc\u00dfe', text: '', html: null, attachments: [file], related: [{ how: 'forwards', message }], resends: true, ...more };
}

test('a message goes on to others as it was, octet by octet, with Resent fields before it and nobody hidden told (RFC 5322 section 3.6.6)', async () => {
  const writer = await fixture.newWriter();
  const before = fixture.smtp.taken.length;
  const content = await resent(writer, { to: [{ name: 'B\u00f6', address: 'bo@else.test' }], cc: [{ name: null, address: 'cy@else.test' }], bcc: [{ name: null, address: 'di@else.test' }] });
  const { id } = await writer.send(content);
  expect(await writer.reaches(id, 'sent')).toMatchObject({ filedIn: 'Sent' });
  const [taken, ...others] = fixture.smtp.taken.slice(before);
  expect(others).toEqual([]);
  expect(taken?.to).toEqual(['bo@else.test', 'cy@else.test', 'di@else.test']);
  expect(taken?.from).toBe(writer.user);
  const raw = taken?.raw.toString('utf8') ?? '';
  const at = raw.indexOf('From: Ann');
  expect(raw.slice(at)).toBe([...head, text].join('\r\n'));
  const block = raw.slice(0, at).replace(/\r\n[ \t]+/g, ' ').trimEnd().split('\r\n');
  expect(block.map((line) => line.split(':')[0])).toEqual(['Resent-Date', 'Resent-From', 'Resent-To', 'Resent-Cc', 'Resent-Message-ID']);
  expect(block[1]).toBe(`Resent-From: ${writer.user}`);
  expect(block[2]).toMatch(/^Resent-To: =\?UTF-8\?[QB]\?[^?]+\?= <bo@else\.test>$/i);
  expect(block[4]).toBe(`Resent-Message-ID: <${id}@example.test>`);
  const mail = await PostalMime.parse(taken?.raw ?? Buffer.alloc(0));
  expect(mail).toMatchObject({ subject: 'Gr\u00fc\u00dfe', from: { address: 'ann@else.test' }, messageId: '<first@else.test>' });
  const [copy = ''] = await rawMessages(writer.device, 'Sent');
  expect(copy).toContain('Resent-Bcc: di@else.test\r\n');
  expect(await rawMessages(writer.device, 'Drafts')).toHaveLength(0);
  await writer.device.command('SELECT INBOX');
  expect(await writer.device.command('UID FETCH 1 FLAGS')).toContain('$Forwarded');
});

test('it waits as a draft that opens on another device, and goes on from there though the message is gone', async () => {
  const writer = await fixture.newWriter();
  const request = aSendRequest(await resent(writer, { to: [{ name: null, address: 'bo@else.test' }] }));
  const { answer } = await saveDraft(writer.auth, request);
  if (!answer.saved) throw new Error('A conflict');
  await writer.device.command('SELECT INBOX');
  await writer.device.command('UID STORE 1 +FLAGS.SILENT (\\Deleted)');
  await writer.device.command('EXPUNGE');
  const { content, version } = await openDraftById(writer.auth, request.id);
  expect(content).toMatchObject({ resends: true, subject: 'Gr\u00fc\u00dfe', attachments: [{ mediaType: 'message/rfc822' }] });
  const { id } = await writer.send({}, { ...request, base: version, content });
  await writer.reaches(id, 'sent');
  expect(fixture.smtp.taken.at(-1)?.raw.toString('utf8')).toContain([...head, text].join('\r\n'));
});

test('a line that breaks after the last octet is decided by the Resent-Message-ID, not by the message\'s own', async () => {
  const writer = await fixture.newWriter();
  await writer.device.append('Sent', [{ raw: original }]); // The message itself says nothing.
  fixture.smtp.script.onMessage = () => 'take-and-break';
  const { id } = await writer.send(await resent(writer));
  expect(await writer.reaches(id, 'unsure', 'sent')).toMatchObject({ state: 'unsure' });
  fixture.smtp.script.onMessage = (message) => {
    void writer.device.append('Sent', [{ raw: message.raw }]);
    return 'take-and-break';
  };
  const again = await writer.send(await resent(writer));
  await writer.reaches(again.id, 'sent');
  fixture.smtp.script.onMessage = () => 'take';
});

test('without the one message there is nothing to send on', async () => {
  const writer = await fixture.newWriter();
  await expect(writer.send({ ...aDraft(), resends: true })).rejects.toMatchObject({ code: 'invalid-input', field: 'attachments' });
});
