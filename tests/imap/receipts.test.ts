import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerReceipt } from '#server/mail/message/answer-receipt.ts';
import { listOutbox } from '#server/mail/outbox/outbox.ts';
import { readMessage } from '#server/mail/message/read-message.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { aclConfig } from '#tests/support/mail-server/acl-config.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import type { MessageParts } from '#tests/support/mail-server/a-message.ts';
import { listenToFeed } from './listen-to-feed.ts';
import { startSendFixture } from './send-fixture.ts';
import type { SendFixture } from './send-fixture.ts';

// "Plain" keeps no keyword (the right w, RFC 4314 section 4).
const acl = aclConfig('Plain owner lrstei');
let fixture: SendFixture;
beforeAll(async () => {
  fixture = await startSendFixture({ extraConfig: acl.config });
});
afterAll(async () => {
  await fixture.end();
  acl.remove();
});

const wish = { 'Return-Path': '<ann@else.test>', 'Disposition-Notification-To': 'Ann Lee <ann@else.test>' };
const send = { answer: 'send', language: 'en' } as const;
const decline = { answer: 'decline', language: 'en' } as const;

/** Somebody who was asked for a receipt. */
async function asked(parts: MessageParts = {}, mailbox = 'INBOX') {
  const writer = await fixture.newWriter();
  if (mailbox === 'Later') await writer.device.create(mailbox);
  const raw = aMessage({ from: 'Ann Lee <ann@else.test>', to: writer.user, subject: 'Plan', ...parts, headers: { ...wish, ...parts.headers } });
  await writer.device.append(mailbox, [{ raw }]);
  const { uidValidity } = await readWindow(writer.session, mailbox, { newest: 1 });
  const ref = { mailbox, uidValidity, uid: 1 };
  return {
    ...writer,
    ref,
    open: () => readMessage(writer.session, ref, { prefer: 'html', section: null }),
    reply: (what: typeof send | typeof decline) => answerReceipt(writer.auth, ref, what),
    /** What the server took that is about this message. */
    taken: () => fixture.smtp.taken.filter(({ user }) => user === writer.user),
    flags: async () => {
      await writer.device.command(`SELECT ${mailbox}`);
      return writer.device.command('FETCH 1 (FLAGS)');
    },
  };
}

/** Resolves when the account's outbox has nothing left to do. */
const idle = (auth: Parameters<typeof answerReceipt>[0]) => expect.poll(() => listOutbox(auth.account), { timeout: 10_000 }).toEqual([]);

test('check 85: opening tells nobody; a click sends one receipt of RFC 8098 to the one address, from nobody', async () => {
  const person = await asked({ messageId: '<plan.1@else.test>', date: new Date('2026-11-01T10:00:00Z'), headers: { 'Original-Recipient': 'rfc822;alias@example.test' } });
  expect((await person.open()).receipt).toEqual({ name: 'Ann Lee', address: 'ann@else.test', isSender: true });
  expect(await person.flags()).not.toMatch(/MDNSent|Seen/i);
  expect(person.taken()).toEqual([]);
  expect(await person.reply(send)).toEqual({ outcome: 'sent', isKept: true });
  await idle(person.auth);
  const [receipt, ...more] = person.taken();
  expect(more).toEqual([]);
  expect(receipt).toMatchObject({ from: '', to: ['ann@else.test'] });
  const raw = receipt?.raw.toString('latin1') ?? '';
  const boundary = /^Content-Type: multipart\/report;\r?\n? report-type=disposition-notification;\r\n boundary="([^"]+)"\r$/m.exec(raw)?.[1] ?? 'none';
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const names = head.split(/\r\n(?![ \t])/).map((line) => line.slice(0, line.indexOf(':')));
  expect(names.sort()).toEqual(['Auto-Submitted', 'Content-Type', 'Date', 'From', 'In-Reply-To', 'MIME-Version', 'Message-ID', 'References', 'Subject', 'To']);
  for (const line of [`From: ${person.user}`, 'To: Ann Lee <ann@else.test>', 'Subject: Read: Plan', 'Auto-Submitted: auto-replied', 'In-Reply-To: <plan.1@else.test>', 'References: <plan.1@else.test>'])
    expect(`${head}\r\n`).toContain(`\r\n${line}\r\n`);
  const parts = rest.join('\r\n\r\n').split(`--${boundary}`);
  expect(parts).toHaveLength(4); // Before, two parts, after.
  expect(parts[2]).toBe(
    [
      '',
      'Content-Type: message/disposition-notification',
      '',
      'Reporting-UA: Pipit',
      'Original-Recipient: rfc822; alias@example.test',
      `Final-Recipient: rfc822; ${person.user}`,
      'Original-Message-ID: <plan.1@else.test>',
      'Disposition: manual-action/MDN-sent-manually; displayed',
      '',
      '',
    ].join('\r\n'),
  );
  expect(parts[3]?.trim()).toBe('--');
  const { text, attachments, html } = await PostalMime.parse(receipt?.raw ?? '');
  expect(text).toContain(`The message “Plan” that was sent to ${person.user} on November 1, 2026 at 10:00:00 AM UTC was displayed on`);
  expect(text).toContain('no proof that it was read');
  expect(html ?? '').toBe('');
  expect(attachments.map(({ mimeType }) => mimeType)).toEqual(['message/disposition-notification']);
  for (const line of raw.split('\r\n')) expect(line.length).toBeLessThan(999);
  expect(/[^\x00-\x7f]/.test(raw)).toBe(false);
  // Another program sees that it was answered; nothing lies in Sent or Drafts.
  expect(await person.flags()).toContain('$MDNSent');
  for (const mailbox of ['Sent', 'Drafts']) expect(await person.device.command(`STATUS ${mailbox} (MESSAGES)`)).toContain('MESSAGES 0');
});

test('check 85: a receipt is sent once, whichever device asks, also where both ask at once', async () => {
  const person = await asked();
  const both = await Promise.all([person.reply(send), person.reply(send)]);
  expect(both.map(({ outcome }) => outcome).sort()).toEqual(['before', 'sent']);
  expect(await person.reply(send)).toEqual({ outcome: 'before', isKept: true });
  await idle(person.auth);
  expect(person.taken()).toHaveLength(1);
});

test('check 85: who declines sends nothing, and the feed tells it at once', async () => {
  const person = await asked();
  const feed = listenToFeed(person.session);
  expect(await person.reply(decline)).toEqual({ outcome: 'declined', isKept: true });
  const { changes } = await feed.next('keywords-changed');
  expect(changes[0]?.keywords).toContain('$MDNSent');
  expect(await person.flags()).toContain('$MDNSent');
  expect(await person.reply(send)).toEqual({ outcome: 'before', isKept: true });
  expect(person.taken()).toEqual([]);
});

test('check 85: where the mail server keeps no keywords the receipt goes all the same, once, and that is said', async () => {
  const person = await asked({}, 'Later');
  await person.device.command('RENAME Later Plain');
  const { uidValidity } = await readWindow(person.session, 'Plain', { newest: 1 });
  const ref = { mailbox: 'Plain', uidValidity, uid: 1 };
  expect(await answerReceipt(person.auth, ref, decline)).toEqual({ outcome: 'declined', isKept: false });
  expect(await answerReceipt(person.auth, ref, send)).toEqual({ outcome: 'sent', isKept: false });
  expect(await answerReceipt(person.auth, ref, send)).toEqual({ outcome: 'before', isKept: false });
  await idle(person.auth);
  expect(person.taken()).toHaveLength(1);
});

test('a server that lets nobody write in no name gets the receipt in the person’s own', async () => {
  const person = await asked();
  fixture.smtp.script.onSender = (address) => (address === '' ? { code: 553, text: '5.7.1 Not your address' } : null);
  expect(await person.reply(send)).toEqual({ outcome: 'sent', isKept: true });
  await idle(person.auth);
  fixture.smtp.script.onSender = () => null;
  expect(person.taken()).toMatchObject([{ from: person.user, to: ['ann@else.test'] }]);
});

test('a receipt whose line broke after its last octet is not sent again, and nobody is asked what became of it', async () => {
  const person = await asked();
  fixture.smtp.script.onMessage = () => 'take-and-break';
  expect((await person.reply(send)).outcome).toBe('sent');
  await idle(person.auth);
  fixture.smtp.script.onMessage = () => 'take';
  expect(person.taken()).toHaveLength(1);
});

test('a receipt that is refused is told of in the outbox as what it is', async () => {
  const person = await asked();
  fixture.smtp.script.onRecipient = () => ({ code: 550, text: '5.1.1 No such' });
  await person.reply(send);
  await expect.poll(() => listOutbox(person.auth.account)).toMatchObject([{ state: 'failed', isReceipt: true, reason: 'recipients-refused' }]);
  fixture.smtp.script.onRecipient = () => null;
});

test.each<[what: string, parts: MessageParts, mailbox?: string]>([
  ['a list', { headers: { 'List-Id': '<x.test>' } }],
  ['a program', { headers: { 'Auto-Submitted': 'auto-generated' } }],
  ['several', { headers: { 'Disposition-Notification-To': 'a@else.test, b@else.test' } }],
  ['one’s own sent mail', {}, 'Sent'],
  ['Spam', {}, 'Junk'],
])('check 85: no receipt goes to %s', async (_what, parts, mailbox) => {
  const person = await asked(parts, mailbox);
  if (!mailbox) expect((await person.open()).receipt).toBeNull();
  await expect(person.reply(send)).rejects.toMatchObject({ code: 'invalid-input' });
  expect(person.taken()).toEqual([]);
  expect(await person.flags()).not.toContain('MDNSent');
});

test('check 85: no receipt goes to oneself, nor for a receipt', async () => {
  const { device, session, auth, user } = await fixture.newWriter();
  const report = [
    ...Object.entries({ ...wish, From: 'ann@else.test', To: user, 'Content-Type': 'multipart/report; report-type=disposition-notification; boundary=x' }).map(([name, value]) => `${name}: ${value}`),
    ...['', '--x', '', 'It was read.', '--x', 'Content-Type: message/disposition-notification', '', 'Disposition: manual-action/MDN-sent-manually; displayed', '', '--x--', ''],
  ].join('\r\n');
  await device.append('INBOX', [{ raw: aMessage({ from: user, headers: { ...wish, 'Disposition-Notification-To': user } }) }, { raw: Buffer.from(report) }]);
  const { uidValidity } = await readWindow(session, 'INBOX', { newest: 2 });
  for (const uid of [1, 2]) {
    const ref = { mailbox: 'INBOX', uidValidity, uid };
    expect((await readMessage(session, ref, { prefer: 'html', section: null })).receipt).toBeNull();
    await expect(answerReceipt(auth, ref, send)).rejects.toMatchObject({ code: 'invalid-input' });
  }
});
