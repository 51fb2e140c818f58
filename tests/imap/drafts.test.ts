import { randomBytes, randomUUID } from 'node:crypto';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DraftAttachment, DraftContent, SaveDraftRequest } from '#lib/mail/draft.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { discardDraft } from '#server/mail/compose/discard-draft.ts';
import { withoutSource } from '#server/mail/compose/draft-files.ts';
import { openDraft, openDraftById } from '#server/mail/compose/open-draft.ts';
import { openPart } from '#server/mail/message/open-part.ts';
import { saveDraft } from '#server/mail/compose/save-draft.ts';
import { announceUpload, continueUpload, readUpload } from '#server/mail/compose/uploads.ts';
import { rawMessages } from '#tests/support/mail-server/raw-messages.ts';
import { aDraft, startSendFixture } from './send-fixture.ts';
import type { SendFixture, Writer } from './send-fixture.ts';

let fixture: SendFixture;

beforeAll(async () => {
  fixture = await startSendFixture({ runs: false });
});
afterAll(() => fixture.end());

async function* chunked(bytes: Buffer, size = 100_000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function upload({ auth }: Writer, bytes: Buffer, more: Partial<DraftAttachment> = {}): Promise<DraftAttachment> {
  const id = randomUUID();
  await announceUpload(auth, id, bytes.length);
  await continueUpload(auth, id, 0, chunked(bytes));
  return { id, name: 'Grüße vom Fluß.bin', mediaType: 'application/x-thing', size: bytes.length, contentId: null, source: { kind: 'upload', upload: id }, ...more };
}

async function save(writer: Writer, request: Partial<SaveDraftRequest> & { content: DraftContent }) {
  const { answer } = await saveDraft(writer.auth, { id: randomUUID(), writer: randomUUID(), base: null, ...request });
  if (!answer.saved) throw new Error('A conflict');
  return answer;
}

async function contentOf({ session }: Writer, { source }: DraftAttachment): Promise<Buffer> {
  if (source.kind !== 'part') throw new Error('Not a part');
  const pieces: Buffer[] = [];
  for await (const piece of (await openPart(session, source.message, source.part)).content()) pieces.push(piece);
  return Buffer.concat(pieces);
}

const rich: Partial<DraftContent> = {
  to: [{ name: 'Ünï "Quoted" Çode', address: 'ann@else.test' }, { name: null, address: 'unfinished' }],
  cc: [{ name: null, address: 'größe@bücher.example' }],
  bcc: [{ name: 'Hidden', address: 'hidden@else.test' }],
  replyTo: [{ name: null, address: 'elsewhere@else.test' }],
  subject: 'Ein langer Betreff mit Ümläuten, der ganz bestimmt über mehr als eine einzige Zeile des Kopfes hinausgeht 日本',
  inReplyTo: '<one@else.test>',
  references: ['<zero@else.test>', '<one@else.test>'],
  priority: 'high',
  wantsReceipt: true,
  wantsDeliveryNotice: true,
};

test('a plain draft opens on another device exactly as it was left', async () => {
  const writer = await fixture.newWriter();
  const id = randomUUID();
  const text = '  indented \n\n> quoted\nFrom here\n.\nlong '.repeat(40) + 'ends in blanks  \n\n';
  const content = aDraft({ ...rich, text });
  await save(writer, { id, content });
  const opened = await openDraftById(writer.auth, id);
  expect(opened.content).toEqual(content);
  const [raw = ''] = await rawMessages(writer.device, 'Drafts');
  const parsed = await PostalMime.parse(Buffer.from(raw, 'latin1'));
  expect(parsed.bcc).toEqual([{ name: 'Hidden', address: 'hidden@else.test' }]);
  expect(parsed.subject).toBe(content.subject);
  expect(await writer.device.command('UID FETCH 1:* FLAGS')).toMatch(/\\Draft/);
});

test('an HTML draft with a picture and a file keeps both through ten versions without uploading again', async () => {
  const writer = await fixture.newWriter();
  const [id, who] = [randomUUID(), randomUUID()];
  const [picture, file] = [randomBytes(3_000), randomBytes(400_000)];
  let attachments = [
    await upload(writer, picture, { name: 'bird.png', mediaType: 'image/png', contentId: 'bird@pipit' }),
    await upload(writer, file),
  ];
  let base: MessageRef | null = null;
  for (let version = 1; version <= 10; version += 1) {
    const html = `<p>Version ${version} ✓</p><img src="cid:bird@pipit">`;
    const saved = await save(writer, { id, writer: who, base, content: aDraft({ html, text: '', attachments }) });
    ({ version: base, attachments } = saved);
  }
  // The uploads are gone with their session: what stands in the mailbox is all there is.
  const later = { ...writer, auth: { ...writer.auth, id: 'another', storageKey: Buffer.alloc(32) } };
  const { content } = await openDraftById(later.auth, id);
  expect(content.html).toBe('<p>Version 10 ✓</p><img src="cid:bird@pipit">');
  expect(content.attachments.map(withoutSource)).toEqual(attachments.map(withoutSource));
  expect(await contentOf(writer, content.attachments[0] as DraftAttachment)).toEqual(picture);
  expect(await contentOf(writer, content.attachments[1] as DraftAttachment)).toEqual(file);
  expect(await rawMessages(writer.device, 'Drafts')).toHaveLength(1);
});

test('the same words are not stored twice', async () => {
  const writer = await fixture.newWriter();
  const request = { id: randomUUID(), writer: randomUUID(), content: aDraft() };
  const first = await save(writer, request);
  const second = await save(writer, { ...request, base: first.version });
  expect(second.version).toEqual(first.version);
});

test('an answer that got lost is no conflict: the same writer goes on', async () => {
  const writer = await fixture.newWriter();
  const request = { id: randomUUID(), writer: randomUUID() };
  await save(writer, { ...request, content: aDraft({ text: 'one' }) });
  await save(writer, { ...request, base: null, content: aDraft({ text: 'two' }) });
  expect((await openDraftById(writer.auth, request.id)).content.text).toBe('two');
  expect(await rawMessages(writer.device, 'Drafts')).toHaveLength(1);
});

test('two devices on one draft: the second is told, nothing is overwritten, and either can be kept', async () => {
  const writer = await fixture.newWriter();
  const id = randomUUID();
  const [laptop, phone] = [randomUUID(), randomUUID()];
  const first = await save(writer, { id, writer: laptop, content: aDraft({ text: 'begun on the laptop' }) });
  const second = await save(writer, { id, writer: phone, base: first.version, content: aDraft({ text: 'gone on with on the phone' }) });
  const request = { id, writer: laptop, base: first.version, content: aDraft({ text: 'gone on with on the laptop' }) };
  const { answer: refused } = await saveDraft(writer.auth, request);
  expect(refused).toMatchObject({ saved: false, conflict: { version: second.version } });
  expect((await openDraftById(writer.auth, id)).content.text).toBe('gone on with on the phone');
  await save(writer, { ...request, base: second.version });
  expect((await openDraftById(writer.auth, id)).content.text).toBe('gone on with on the laptop');
  expect(await rawMessages(writer.device, 'Drafts')).toHaveLength(1);
});

test('a draft that was deleted elsewhere is kept anew, and the writer is told', async () => {
  const writer = await fixture.newWriter();
  const request = { id: randomUUID(), writer: randomUUID() };
  const first = await save(writer, { ...request, content: aDraft() });
  await writer.device.command('SELECT Drafts');
  await writer.device.command('UID STORE 1:* +FLAGS (\\Deleted)');
  await writer.device.command('EXPUNGE');
  const second = await save(writer, { ...request, base: first.version, content: aDraft({ text: 'more' }) });
  expect(second.baseWasGone).toBe(true);
  expect((await openDraftById(writer.auth, request.id)).content.text).toBe('more');
});

test("another program's draft opens, and saving it takes its place", async () => {
  const writer = await fixture.newWriter();
  const raw = [
    'From: person@example.test', 'To: =?utf-8?Q?Ann_L=C3=A9e?= <ann@else.test>', 'Bcc: b@else.test', 'Subject: =?utf-8?B?R3LDvMOfZQ==?=',
    'Message-ID: <theirs@else.test>', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=x', '',
    '--x', 'Content-Type: text/plain; charset=utf-8; format=flowed', '', 'Soft ', 'line', '--x',
    'Content-Type: text/csv; name="a.csv"', 'Content-Disposition: attachment; filename="a.csv"', '', '1,2', '--x--', '',
  ].join('\r\n');
  await writer.device.append('Drafts', [{ raw: Buffer.from(raw), flags: ['\\Draft'] }]);
  const uidValidity = Number(/UIDVALIDITY (\d+)/.exec(await writer.device.command('STATUS Drafts (UIDVALIDITY)'))?.[1]);
  const ref = { mailbox: 'Drafts', uidValidity, uid: 1 };
  const opened = await openDraft(writer.auth, ref);
  expect(opened.content).toMatchObject({
    to: [{ name: 'Ann Lée', address: 'ann@else.test' }],
    bcc: [{ name: null, address: 'b@else.test' }],
    subject: 'Grüße',
    html: null,
    text: 'Soft line',
    attachments: [{ name: 'a.csv', mediaType: 'text/csv' }],
  });
  const saved = await save(writer, { id: opened.id, base: opened.version, content: { ...opened.content, text: 'Ours now' } });
  const all = await rawMessages(writer.device, 'Drafts');
  expect(all).toHaveLength(1);
  expect(all[0]).toContain('Ours now');
  expect((await contentOf(writer, saved.attachments[0] as DraftAttachment)).toString()).toBe('1,2');
});

test('whole messages and parts of others are attached without passing through the browser', async () => {
  const writer = await fixture.newWriter();
  const inner = 'From: a@else.test\r\nSubject: Inner\r\n\r\nGr\u00fc\u00dfe, 8 bit\r\n';
  await writer.device.append('INBOX', [{ raw: Buffer.from(inner, 'utf8') }]);
  const uidValidity = Number(/UIDVALIDITY (\d+)/.exec(await writer.device.command('STATUS INBOX (UIDVALIDITY)'))?.[1]);
  const message = { mailbox: 'INBOX', uidValidity, uid: 1 };
  const attachments: DraftAttachment[] = [
    { id: randomUUID(), name: 'Inner.eml', mediaType: 'message/rfc822', size: inner.length, contentId: null, source: { kind: 'message', message } },
  ];
  await save(writer, { content: aDraft({ attachments }) });
  const [raw = ''] = await rawMessages(writer.device, 'Drafts');
  expect(raw).toContain(Buffer.from(inner, 'utf8').toString('latin1'));
});

test('an upload goes on where it broke off, and only its session can read it', async () => {
  const writer = await fixture.newWriter();
  const bytes = randomBytes(500_000);
  const id = randomUUID();
  await announceUpload(writer.auth, id, bytes.length);
  async function* breaking() {
    yield* chunked(bytes.subarray(0, 230_000));
    throw new Error('The line broke');
  }
  await continueUpload(writer.auth, id, 0, breaking());
  const { offset } = await readUpload(writer.auth, id);
  expect(offset).toBeGreaterThan(150_000);
  await expect(continueUpload(writer.auth, id, offset + 1, chunked(bytes))).rejects.toMatchObject({ code: 'upload-offset' });
  await expect(readUpload({ ...writer.auth, id: 'another session' }, id)).rejects.toMatchObject({ code: 'upload-missing' });
  await continueUpload(writer.auth, id, offset, chunked(bytes.subarray(offset)));
  const attachment: DraftAttachment = { id, name: 'x', mediaType: 'application/octet-stream', size: bytes.length, contentId: null, source: { kind: 'upload', upload: id } };
  const saved = await save(writer, { content: aDraft({ attachments: [attachment] }) });
  expect(await contentOf(writer, saved.attachments[0] as DraftAttachment)).toEqual(bytes);
});

test('a discarded draft lies in Trash, and none is left in Drafts', async () => {
  const writer = await fixture.newWriter();
  const id = randomUUID();
  const { version } = await save(writer, { id, content: aDraft({ text: 'never mind' }) });
  await discardDraft(writer.session, id, version);
  await discardDraft(writer.session, id, version);
  expect(await rawMessages(writer.device, 'Drafts')).toHaveLength(0);
  expect((await rawMessages(writer.device, 'Trash'))[0]).toContain('never mind');
});

test('a version that a crash left marked as deleted is no draft any more, and the next save takes it away', async () => {
  const writer = await fixture.newWriter();
  const request = { id: randomUUID(), writer: randomUUID() };
  const first = await save(writer, { ...request, content: aDraft({ text: 'one' }) });
  await writer.device.command('SELECT Drafts');
  await writer.device.command(`UID STORE ${first.version.uid} +FLAGS (\\Deleted)`);
  await expect(openDraftById(writer.auth, request.id)).rejects.toMatchObject({ code: 'draft-missing' });
  await save(writer, { ...request, base: first.version, content: aDraft({ text: 'two' }) });
  expect(await rawMessages(writer.device, 'Drafts')).toHaveLength(1);
});
