import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DraftAttachment } from '#lib/mail/draft.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { openDraft, openDraftById } from '#server/mail/compose/open-draft.ts';
import { saveDraft } from '#server/mail/compose/save-draft.ts';
import { announceUpload, continueUpload } from '#server/mail/compose/uploads.ts';
import { startReplaceProxy } from '#tests/support/mail-server/replace-proxy.ts';
import type { ReplaceProxy } from '#tests/support/mail-server/replace-proxy.ts';
import { rawMessages } from '#tests/support/mail-server/raw-messages.ts';
import { aDraft, startSendFixture, writersOf } from './send-fixture.ts';
import type { SendFixture, Writer } from './send-fixture.ts';

let fixture: SendFixture;
let proxy: ReplaceProxy;

beforeAll(async () => {
  fixture = await startSendFixture({ runs: false });
  proxy = await startReplaceProxy(fixture.imap.server.imapPort);
});
afterAll(async () => {
  await fixture.end();
  await proxy.close();
});

/** A person whose server has REPLACE. */
function newWriter(): Promise<Writer> {
  Object.assign(proxy, { counts: { replaced: 0, appended: 0 }, before: () => Promise.resolve() });
  return writersOf({ ...fixture.imap, newPerson: () => fixture.imap.newPerson(proxy.port) })();
}

test('a version takes the place of the one before it by REPLACE, attachments included (RFC 8508)', async () => {
  const writer = await newWriter();
  const bytes = randomBytes(400_000);
  const upload = randomUUID();
  await announceUpload(writer.auth, upload, bytes.length);
  await continueUpload(writer.auth, upload, 0, (async function* all() { yield bytes; })());
  let attachments: DraftAttachment[] = [{ id: upload, name: 'a.bin', mediaType: 'application/x-thing', size: bytes.length, contentId: null, source: { kind: 'upload', upload } }];
  const [id, who] = [randomUUID(), randomUUID()];
  let base: MessageRef | null = null;
  for (let version = 1; version <= 5; version += 1) {
    const { answer } = await saveDraft(writer.auth, { id, writer: who, base, content: aDraft({ text: `Version ${version}`, attachments }) });
    if (!answer.saved) throw new Error('A conflict');
    ({ version: base, attachments } = answer);
    expect(await writer.device.command('STATUS Drafts (MESSAGES)')).toContain('MESSAGES 1');
  }
  expect(proxy.counts).toEqual({ replaced: 4, appended: 1 });
  const { content, version } = await openDraftById(writer.auth, id);
  expect([content.text, version]).toEqual(['Version 5', base]);
  const [raw = ''] = await rawMessages(writer.device, 'Drafts');
  expect(Buffer.from(/\r\n\r\n((?:[A-Za-z0-9+/=]+\r\n){100,})/.exec(raw)?.[1] ?? '', 'base64')).toEqual(bytes);
});

test("another program's draft is replaced too", async () => {
  const writer = await newWriter();
  await writer.device.append('Drafts', [{ raw: Buffer.from('Subject: Theirs\r\nMessage-ID: <t@else.test>\r\n\r\nTheirs\r\n'), flags: ['\\Draft'] }]);
  const uidValidity = Number(/UIDVALIDITY (\d+)/.exec(await writer.device.command('STATUS Drafts (UIDVALIDITY)'))?.[1]);
  const opened = await openDraft(writer.auth, { mailbox: 'Drafts', uidValidity, uid: 1 });
  await saveDraft(writer.auth, { id: opened.id, writer: randomUUID(), base: opened.version, content: { ...opened.content, text: 'Ours' } });
  expect(proxy.counts).toEqual({ replaced: 1, appended: 0 });
  const all = await rawMessages(writer.device, 'Drafts');
  expect(all).toHaveLength(1);
  expect(all[0]).toContain('Ours');
});

test('where the old version goes at that very moment, the new one is appended: no word is lost', async () => {
  const writer = await newWriter();
  const request = { id: randomUUID(), writer: randomUUID() };
  const { answer } = await saveDraft(writer.auth, { ...request, base: null, content: aDraft({ text: 'one' }) });
  if (!answer.saved) throw new Error('A conflict');
  proxy.before = async (uid) => {
    await writer.device.command('SELECT Drafts');
    await writer.device.command(`UID STORE ${uid} +FLAGS.SILENT (\\Deleted)`);
    await writer.device.command(`UID EXPUNGE ${uid}`);
  };
  const again = await saveDraft(writer.auth, { ...request, base: answer.version, content: aDraft({ text: 'two' }) });
  expect(again.answer.saved).toBe(true);
  expect(proxy.counts).toEqual({ replaced: 0, appended: 2 });
  const all = await rawMessages(writer.device, 'Drafts');
  expect(all).toHaveLength(1);
  expect(all[0]).toContain('two');
});
