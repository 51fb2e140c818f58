import { randomBytes, randomUUID } from 'node:crypto';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DraftContent } from '#lib/mail/draft.ts';
import { findPeople } from '#server/mail/find-people.ts';
import { outboxTiming } from '#server/mail/outbox/outbox-timing.ts';
import { actOnOutbox, listOutbox } from '#server/mail/outbox/outbox.ts';
import { readMessage } from '#server/mail/message/read-message.ts';
import { saveDraft } from '#server/mail/compose/save-draft.ts';
import { sendMessage } from '#server/mail/outbox/send-message.ts';
import { announceUpload, continueUpload } from '#server/mail/compose/uploads.ts';
import { database } from '#server/store/database.ts';
import { rawMessages } from '#tests/support/mail-server/raw-messages.ts';
import { aDraft, aSendRequest, startSendFixture } from './send-fixture.ts';
import type { SendFixture, Writer } from './send-fixture.ts';

let fixture: SendFixture;

beforeAll(async () => {
  fixture = await startSendFixture({ size: 40_000_000 });
});
afterAll(() => fixture.end());

/** What the server took under a subject, parsed by a parser that is not ours. */
async function takenAs(subject: string) {
  const found = fixture.smtp.taken.filter(({ raw }) => raw.includes(`Subject: ${subject}\r\n`));
  const parsed = await Promise.all(found.map(({ raw }) => PostalMime.parse(raw)));
  return { found, parsed, raw: found.map(({ raw }) => raw.toString('latin1')) };
}

async function attach({ auth }: Writer, bytes: Buffer) {
  const id = randomUUID();
  await announceUpload(auth, id, bytes.length);
  await continueUpload(auth, id, 0, (async function* all() { yield bytes; })());
  return { id, name: 'Naïve résumé – 日本.pdf', mediaType: 'application/pdf', size: bytes.length, contentId: null, source: { kind: 'upload' as const, upload: id } };
}

test('what is sent is what was written: addresses, subject, text beside HTML, picture and file', async () => {
  const writer = await fixture.newWriter();
  const bytes = randomBytes(200_000);
  const content: Partial<DraftContent> = {
    to: [{ name: 'Lee, "Ann" Ünï', address: 'ann@else.test' }, { name: null, address: 'two@bücher.example' }],
    cc: [{ name: null, address: 'three@else.test' }],
    bcc: [{ name: 'Secret', address: 'four@else.test' }],
    replyTo: [{ name: null, address: 'back@else.test' }],
    subject: 'All of it',
    html: '<p>Grüße <b>allen</b></p><p><img src="cid:bird@pipit" alt="A bird"></p>',
    text: '',
    inReplyTo: '<a@else.test>',
    references: ['<z@else.test>', '<a@else.test>'],
    priority: 'high',
    wantsReceipt: true,
    wantsDeliveryNotice: true,
    attachments: [await attach(writer, bytes), { ...(await attach(writer, randomBytes(999))), name: 'bird.png', mediaType: 'image/png', contentId: 'bird@pipit' }],
  };
  const { id } = await writer.send(content);
  const sent = await writer.reaches(id, 'sent');
  expect(sent).toMatchObject({ filedIn: 'Sent', refusals: [], reason: null });
  const { found, parsed, raw } = await takenAs('All of it');
  expect(found).toHaveLength(1);
  expect(found[0]?.mailArgs.SMTPUTF8).toBeUndefined(); // The domain went in ASCII: smtp-server shows it decoded.
  expect(found[0]).toMatchObject({ from: writer.user, user: writer.user, to: ['ann@else.test', 'two@bücher.example', 'three@else.test', 'four@else.test'] });
  expect(found[0]?.mailArgs).toMatchObject({ RET: 'HDRS', ENVID: id });
  expect(found[0]?.rcptArgs[0]).toMatchObject({ NOTIFY: 'SUCCESS,FAILURE,DELAY' });
  const [mail] = parsed;
  expect(mail?.from).toEqual({ name: '', address: writer.user });
  expect(mail?.to).toEqual([{ name: 'Lee, "Ann" Ünï', address: 'ann@else.test' }, { name: '', address: 'two@xn--bcher-kva.example' }]);
  expect(mail?.replyTo).toEqual([{ name: '', address: 'back@else.test' }]);
  expect(mail).toMatchObject({ inReplyTo: '<a@else.test>', references: '<z@else.test> <a@else.test>', messageId: `<${id}@example.test>` });
  expect(mail?.html?.trim()).toBe(content.html);
  expect(mail?.text?.trim()).toBe('Grüße allen\n\n[A bird]');
  expect(mail?.attachments.map(({ filename, mimeType, contentId }) => [filename, mimeType, contentId])).toEqual([
    ['bird.png', 'image/png', '<bird@pipit>'],
    ['Naïve résumé – 日本.pdf', 'application/pdf', undefined],
  ]);
  expect(Buffer.from(mail?.attachments[1]?.content as ArrayBuffer)).toEqual(bytes);
  expect(raw[0]).toMatch(/^Date: /);
  expect(raw[0]?.match(/^Date: /gm)).toHaveLength(1);
  expect(raw[0]).toMatch(/^Importance: high\r$/m);
  expect(raw[0]).toContain(`Disposition-Notification-To: <${writer.user}>`);
  expect(/^bcc:|four@|x-pipit/im.test(raw[0] ?? '')).toBe(false);
  for (const line of raw[0]?.split('\r\n') ?? []) expect(line.length).toBeLessThan(999);
  expect(/[^\x00-\x7f]/.test(raw[0] ?? '')).toBe(false);
});

test('our own copy stands once in Sent, seen, with its Bcc, and the draft is gone', async () => {
  const writer = await fixture.newWriter();
  const request = aSendRequest({ subject: 'Copy', bcc: [{ name: null, address: 'hidden@else.test' }] });
  const { answer: draft } = await saveDraft(writer.auth, { ...request, content: aDraft({ text: 'an older version' }) });
  if (!draft.saved) throw new Error('A conflict');
  const { id } = await writer.send({}, { ...request, base: draft.version });
  await writer.reaches(id, 'sent');
  const sent = await rawMessages(writer.device, 'Sent');
  expect(sent).toHaveLength(1);
  expect(sent[0]).toContain('Bcc: hidden@else.test\r\n');
  expect(await writer.device.command('UID FETCH 1:* FLAGS')).toMatch(/\\Seen/);
  expect(await rawMessages(writer.device, 'Drafts')).toHaveLength(0);
  const { raw } = await takenAs('Copy');
  expect(sent[0]?.replace('Bcc: hidden@else.test\r\n', '')).toBe(raw[0]);
});

test('plain text goes as format=flowed and reads as it was written', async () => {
  const writer = await fixture.newWriter();
  const text = `${'A long line of words that goes on and on. '.repeat(6).trim()}\n\n> quoted\n.\nFrom me\n-- \nAnn`;
  await writer.reaches((await writer.send({ subject: 'Flowed', text })).id, 'sent');
  const { parsed, raw } = await takenAs('Flowed');
  expect(raw[0]).toMatch(/Content-Type: text\/plain; charset=utf-8; format=flowed/i);
  expect(parsed[0]?.text?.replace(/ \n/g, ' ').replace(/^-- \s?/m, '-- \n').trimEnd()).toBe(text);
});

test.each([
  ['asked at once by two clicks', (request: ReturnType<typeof aSendRequest>, writer: Writer) => Promise.all([sendMessage(writer.auth, request), sendMessage(writer.auth, request)])],
  ['asked again after it was sent', async (request: ReturnType<typeof aSendRequest>, writer: Writer) => {
    const first = await sendMessage(writer.auth, request);
    await writer.reaches(request.key, 'sent');
    return [first, await sendMessage(writer.auth, request)];
  }],
])('check 77: a message %s is sent once', async (name, ask) => {
  const writer = await fixture.newWriter();
  const request = aSendRequest({ subject: `Once ${name}` });
  const answers = await ask(request, writer);
  expect(answers.every((answer) => answer.queued && answer.message.id === request.key)).toBe(true);
  await writer.reaches(request.key, 'sent');
  expect((await takenAs(`Once ${name}`)).found).toHaveLength(1);
  expect(await rawMessages(writer.device, 'Sent')).toHaveLength(1);
});

test('one draft cannot be sent under two keys', async () => {
  const writer = await fixture.newWriter();
  const request = aSendRequest({ subject: 'Two tabs' }, { when: { kind: 'undoable', seconds: 30 } });
  await sendMessage(writer.auth, request);
  await expect(sendMessage(writer.auth, { ...request, key: randomUUID() })).rejects.toMatchObject({ code: 'already-sending' });
  await actOnOutbox(writer.auth, request.key, { action: 'send-now' });
  await writer.reaches(request.key, 'sent');
  expect((await takenAs('Two tabs')).found).toHaveLength(1);
});

test('sending can be undone while it waits, and the draft is still there; afterwards it is too late', async () => {
  const writer = await fixture.newWriter();
  const request = aSendRequest({ subject: 'Undone' }, { when: { kind: 'undoable', seconds: 30 } });
  await sendMessage(writer.auth, request);
  expect(listOutbox(writer.auth.account)).toMatchObject([{ id: request.key, subject: 'Undone', state: 'waiting', isScheduled: false }]);
  expect(await actOnOutbox(writer.auth, request.key, { action: 'cancel' })).toMatchObject({ state: 'cancelled', draft: request.id });
  await expect(actOnOutbox(writer.auth, request.key, { action: 'send-now' })).rejects.toMatchObject({ code: 'too-late' });
  expect(await rawMessages(writer.device, 'Drafts')).toHaveLength(1);
  expect(listOutbox(writer.auth.account)).toEqual([]);
  expect((await takenAs('Undone')).found).toHaveLength(0);
  const other = await fixture.newWriter();
  await expect(actOnOutbox(other.auth, request.key, { action: 'cancel' })).rejects.toMatchObject({ code: 'message-missing' });
});

test('a scheduled message waits for its time, goes without its person, and leaves no password behind', async () => {
  const writer = await fixture.newWriter();
  const at = new Date(Date.now() + 1_500).toISOString();
  const { id, isScheduled } = await writer.send({ subject: 'Later' }, { when: { kind: 'scheduled', at } });
  expect(isScheduled).toBe(true);
  await writer.reaches(id, 'sent');
  const { parsed } = await takenAs('Later');
  expect(Date.parse(parsed[0]?.date ?? '')).toBeGreaterThanOrEqual(Math.floor(Date.parse(at) / 1000) * 1000);
  const { openRow } = await import('#server/mail/outbox/outbox-job.ts');
  const { findOutboxRow } = await import('#server/store/outbox-rows.ts');
  const row = findOutboxRow(id);
  expect(row && openRow(row)).toMatchObject({ password: null, fileKey: null });
  const stored = JSON.stringify(database().prepare('SELECT * FROM outbox WHERE id = ?').get(id));
  expect(stored).not.toMatch(/kingfisher|Later|example\.test/);
});

test('nothing is scheduled on a public computer', async () => {
  const writer = await fixture.newWriter({ publicComputer: true });
  const when = { kind: 'scheduled' as const, at: new Date(Date.now() + 60_000).toISOString() };
  await expect(writer.send({}, { when })).rejects.toMatchObject({ code: 'schedule-refused' });
});

test('one recipient of five is refused: who got it and who did not is told', async () => {
  const writer = await fixture.newWriter();
  fixture.smtp.script.onRecipient = (address) => (address === 'gone@else.test' ? { code: 550, text: '5.1.1 <b>No such</b>' } : null);
  const to = ['a', 'b', 'gone', 'c', 'd'].map((user) => ({ name: null, address: `${user}@else.test` }));
  const { id } = await writer.send({ subject: 'Five', to });
  const sent = await writer.reaches(id, 'sent', 'failed');
  fixture.smtp.script.onRecipient = () => null;
  expect(sent).toMatchObject({
    state: 'sent',
    acceptedFor: ['a@else.test', 'b@else.test', 'c@else.test', 'd@else.test'],
    refusals: [{ address: 'gone@else.test', kind: 'no-such-address', status: '5.1.1' }],
  });
  expect((await takenAs('Five')).found[0]?.to).toHaveLength(4);
});

test('all recipients are refused: the draft is there again, and it can be sent after a change', async () => {
  const writer = await fixture.newWriter();
  fixture.smtp.script.onRecipient = () => ({ code: 550, text: '5.7.1 No' });
  const request = aSendRequest({ subject: 'Nobody' });
  const { id } = await writer.send({}, request);
  expect(await writer.reaches(id, 'failed')).toMatchObject({ reason: 'recipients-refused', refusals: [{ kind: 'not-permitted' }], acceptedFor: [] });
  fixture.smtp.script.onRecipient = () => null;
  expect(await rawMessages(writer.device, 'Drafts')).toHaveLength(1);
  const again = await writer.send({}, { ...request, key: randomUUID() });
  await writer.reaches(again.id, 'sent');
  await actOnOutbox(writer.auth, id, { action: 'dismiss' });
  expect(listOutbox(writer.auth.account)).toEqual([]);
  expect((await takenAs('Nobody')).found).toHaveLength(1);
});

test('a recipient deferred is tried again alone, and nobody gets it twice', async () => {
  const writer = await fixture.newWriter();
  let deferrals = 2;
  fixture.smtp.script.onRecipient = (address) => (address === 'slow@else.test' && deferrals-- > 0 ? { code: 450, text: '4.2.1 Later' } : null);
  const to = ['slow', 'quick'].map((user) => ({ name: null, address: `${user}@else.test` }));
  const { id } = await writer.send({ subject: 'Deferred', to });
  const sent = await writer.reaches(id, 'sent');
  fixture.smtp.script.onRecipient = () => null;
  expect(sent.acceptedFor.toSorted()).toEqual(['quick@else.test', 'slow@else.test']);
  expect((await takenAs('Deferred')).found.map((message) => message.to)).toEqual([['quick@else.test'], ['slow@else.test']]);
  expect(await rawMessages(writer.device, 'Sent')).toHaveLength(1);
});

test('a temporary failure is tried again and shows why it waits', async () => {
  const writer = await fixture.newWriter();
  let failures = 2;
  fixture.smtp.script.onMessage = () => (failures-- > 0 ? { code: 451, text: '4.3.0 Busy' } : 'take');
  const { id } = await writer.send({ subject: 'Busy' });
  const waiting = await writer.reaches(id, 'waiting');
  const sent = await writer.reaches(id, 'sent');
  fixture.smtp.script.onMessage = () => 'take';
  expect([waiting.reason, null]).toContain(waiting.reason);
  expect(sent.attempts).toBeGreaterThan(0);
  expect((await takenAs('Busy')).found).toHaveLength(1);
});

test('a line that breaks before the last octet is told from one that breaks after it: only the former is tried again', async () => {
  const writer = await fixture.newWriter();
  fixture.smtp.script.onMessage = () => 'take-and-break';
  const { id, draft } = await writer.send({ subject: 'Broken' });
  expect(await writer.reaches(id, 'unsure')).toMatchObject({ reason: 'delivery-unknown', draft });
  fixture.smtp.script.onMessage = () => 'take';
  expect(await rawMessages(writer.device, 'Drafts')).toHaveLength(1);
  expect((await takenAs('Broken')).found).toHaveLength(1);
  // The person looked and decides: again.
  await actOnOutbox(writer.auth, id, { action: 'send-now' });
  await writer.reaches(id, 'sent');
  const ids = (await takenAs('Broken')).parsed.map(({ messageId }) => messageId);
  expect(ids).toEqual([ids[0], ids[0]]); // The same message, so that a server can tell.
});

test('a message of unknown fate that turned up in Sent was sent: providers file themselves', async () => {
  const writer = await fixture.newWriter();
  fixture.smtp.script.onMessage = (message) => {
    void writer.device.append('Sent', [{ raw: message.raw, flags: ['\\Seen'] }]);
    return 'take-and-break';
  };
  const { id } = await writer.send({ subject: 'Filed by them' });
  await writer.reaches(id, 'sent');
  fixture.smtp.script.onMessage = () => 'take';
  expect((await takenAs('Filed by them')).found).toHaveLength(1);
  expect(await rawMessages(writer.device, 'Sent')).toHaveLength(1);
});

test('a copy that the provider files after ours stays, and ours goes', async () => {
  const writer = await fixture.newWriter();
  const { filedTwiceMs } = outboxTiming;
  outboxTiming.filedTwiceMs = 1_000;
  const { id } = await writer.send({ subject: 'Filed late' });
  await writer.reaches(id, 'sent');
  outboxTiming.filedTwiceMs = filedTwiceMs;
  const [ours = ''] = await rawMessages(writer.device, 'Sent');
  await writer.device.append('Sent', [{ raw: Buffer.from(`X-Theirs: yes\r\n${ours}`, 'latin1') }]);
  await expect.poll(() => rawMessages(writer.device, 'Sent'), { timeout: 5_000 }).toEqual([`X-Theirs: yes\r\n${ours}`]);
});

test('what it answers is marked answered, what it forwards forwarded', async () => {
  const writer = await fixture.newWriter();
  await writer.device.append('INBOX', [1, 2].map((n) => ({ raw: Buffer.from(`From: a@else.test\r\nSubject: ${n}\r\n\r\nx\r\n`) })));
  const uidValidity = Number(/UIDVALIDITY (\d+)/.exec(await writer.device.command('STATUS INBOX (UIDVALIDITY)'))?.[1]);
  const message = (uid: number) => ({ mailbox: 'INBOX', uidValidity, uid });
  const { id } = await writer.send({
    subject: 'Marks',
    related: [
      { how: 'answers', message: message(1) },
      { how: 'forwards', message: message(2) },
      { how: 'answers', message: message(77) },
    ],
  });
  await writer.reaches(id, 'sent');
  await writer.device.command('SELECT INBOX');
  const flags = await writer.device.command('UID FETCH 1:* FLAGS');
  expect(flags).toMatch(/UID 1 FLAGS \([^)]*\\Answered/);
  expect(flags).toMatch(/UID 2 FLAGS \([^)]*\$Forwarded/);
});

test('a password that the mail server no longer takes is said, and the message goes after signing in anew', async () => {
  const writer = await fixture.newWriter();
  fixture.smtp.script.password = 'another one';
  const { id } = await writer.send({ subject: 'Password' });
  expect(await writer.reaches(id, 'failed')).toMatchObject({ reason: 'wrong-credentials' });
  fixture.smtp.script.password = 'kingfisher';
  await actOnOutbox(writer.auth, id, { action: 'send-now' });
  await writer.reaches(id, 'sent');
  expect((await takenAs('Password')).found).toHaveLength(1);
});

test.each([
  ['check 28: a From that is not theirs', { identity: 'somebody-else' }, 'sender-refused', 'identity'],
  ['nobody to send to', { to: [] }, 'recipients-missing', 'to'],
  ['an address that is none', { cc: [{ name: null, address: 'nowhere' }] }, 'address-invalid', 'cc'],
  ['check 25: a quoted local part', { to: [{ name: null, address: '"evil@z.test"@y.test' }] }, 'address-invalid', 'to'],
  ['checks 24 and 25: a header in an address', { bcc: [{ name: null, address: 'b@y.test\r\nBcc: evil@z.test' }] }, 'address-invalid', 'bcc'],
  ['check 25: a group', { to: [{ name: null, address: 'friends: a@b.test, c@d.test;' }] }, 'address-invalid', 'to'],
  ['check 75: more recipients than allowed', { to: Array.from({ length: 101 }, (_, n) => ({ name: null, address: `p${n}@else.test` })) }, 'too-many-recipients', 'to'],
  ['check 75: a file of 200 MB', { attachments: [{ id: randomUUID(), name: 'x', mediaType: 'a/b', size: 200_000_000, contentId: null, source: { kind: 'upload' as const, upload: randomUUID() } }] }, 'message-too-large', 'attachments'],
  ['check 75: more attachments than allowed', { attachments: Array.from({ length: 21 }, () => ({ id: randomUUID(), name: 'x', mediaType: 'a/b', size: 1, contentId: null, source: { kind: 'upload' as const, upload: randomUUID() } })) }, 'too-many-attachments', 'attachments'],
])('%s is refused with its field, and nothing is sent', async (_name, content, code, field) => {
  const writer = await fixture.newWriter();
  const before = fixture.smtp.taken.length;
  await expect(writer.send(content as Partial<DraftContent>)).rejects.toMatchObject({ code, field });
  expect(listOutbox(writer.auth.account)).toEqual([]);
  expect(fixture.smtp.taken).toHaveLength(before);
});

test('completion knows whom one wrote to and heard from; on a public computer it knows nobody', async () => {
  const writer = await fixture.newWriter();
  await writer.device.append('INBOX', [{ raw: Buffer.from('From: "Zo\u00eb Else" <zoe@else.test>\r\nSubject: x\r\n\r\nx\r\n') }, { raw: Buffer.from('From: no-reply@zoo.test\r\nSubject: x\r\n\r\nx\r\n') }]);
  await writer.reaches((await writer.send({ subject: 'To Zora', to: [{ name: 'Zora', address: 'zora@else.test' }] })).id, 'sent');
  expect((await findPeople(writer.auth, 'zo', 10)).map(({ address }) => address)).toEqual(['zora@else.test', 'zoe@else.test']);
  expect(await findPeople({ ...writer.auth, publicComputer: true }, 'zo', 10)).toEqual([]);
});

test('a bounce is shown as what it is: the failing address and the reason', async () => {
  const writer = await fixture.newWriter();
  const raw = [
    'From: MAILER-DAEMON@else.test', 'Subject: Undelivered', 'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary=x', '',
    '--x', 'Content-Type: text/plain', '', 'Sorry.', '--x', 'Content-Type: message/delivery-status', '',
    'Reporting-MTA: dns; mx.else.test', '', 'Final-Recipient: rfc822; gone@else.test', 'Action: failed', 'Status: 5.1.1', 'Diagnostic-Code: smtp; 550 no such user', '',
    '--x', 'Content-Type: message/rfc822', '', 'Subject: Original', '', 'x', '--x--', '',
  ].join('\r\n');
  await writer.device.append('INBOX', [{ raw: Buffer.from(raw) }]);
  const uidValidity = Number(/UIDVALIDITY (\d+)/.exec(await writer.device.command('STATUS INBOX (UIDVALIDITY)'))?.[1]);
  const { delivery } = await readMessage(writer.session, { mailbox: 'INBOX', uidValidity, uid: 1 }, { prefer: 'html', section: null });
  expect(delivery).toEqual({ recipients: [{ address: 'gone@else.test', action: 'failed', status: '5.1.1', reason: '550 no such user' }] });
});
