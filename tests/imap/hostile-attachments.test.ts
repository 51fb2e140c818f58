import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPart } from '#server/mail/message/open-part.ts';
import { readMessage } from '#server/mail/message/read-message.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';

let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture();
});
afterAll(() => fixture.end());

const evil = '<script>alert(1)</script><svg onrepeat=alert(1)>';
const calendar = [
  'BEGIN:VCALENDAR',
  'BEGIN:VEVENT',
  ...['SUMMARY', 'LOCATION', 'DESCRIPTION', 'CATEGORIES', 'URL'].map((name) => `${name}:${evil}`),
  `ORGANIZER;CN="${evil}":mailto:evil@z.test`,
  'RRULE:FREQ=SECONDLY;COUNT=1000000',
  ...Array.from({ length: 20_000 }, () => 'BEGIN:VALARM\r\nTRIGGER:-PT1S\r\nACTION:DISPLAY\r\nEND:VALARM'),
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');
/** 200 MB of nothing in 200 KB, and a TNEF stream whose first attribute says that it is 4 GB long. */
const bomb = gzipSync(Buffer.alloc(200_000_000));
const tnef = Buffer.concat([Buffer.from('223e9f78010001', 'hex'), Buffer.from('06900800ffffffff', 'hex'), Buffer.alloc(500_000, 0x41)]);

test.each([
  ['check 45: a calendar full of scripts, recurrences and alarms', 'invitation.ics', 'text/calendar', Buffer.from(calendar), 'calendar'],
  ['check 74: a packed bomb', 'holiday.zip', 'application/zip', bomb, null],
  ['check 74: a winmail.dat that lies of its size', 'winmail.dat', 'application/ms-tnef', tnef, null],
] as const)('%s is listed as a file, never unpacked, and comes out as it went in', async (_what, name, mediaType, content, preview) => {
  const { session, device, leave } = await fixture.newPerson();
  await device.append('INBOX', [{ raw: aMessage({ text: 'Beginning\n', attachments: [{ name, mediaType, content }] }) }]);
  const uidValidity = Number(/UIDVALIDITY (\d+)/.exec(await device.command('STATUS INBOX (UIDVALIDITY)'))?.[1]);
  const ref = { mailbox: 'INBOX', uidValidity, uid: 1 };
  const started = performance.now();
  const before = process.memoryUsage.rss();
  const message = await readMessage(session, ref, { prefer: 'html', section: null });
  expect(message.body.map((part) => part.content.trim())).toEqual(['Beginning']);
  expect(message.attachments).toMatchObject([{ name, mediaType, preview, inline: false }]);
  const pieces: Buffer[] = [];
  for await (const piece of (await openPart(session, ref, '2')).content()) pieces.push(piece);
  expect(Buffer.concat(pieces).equals(content)).toBe(true);
  expect(performance.now() - started).toBeLessThan(5_000);
  expect((process.memoryUsage.rss() - before) / 1024 / 1024).toBeLessThan(100);
  await leave();
});

test('check 45: a message that is nothing but a calendar shows no words of it, and says what it is', async () => {
  const { session, device, leave } = await fixture.newPerson();
  const raw = `From: evil@z.test\r\nSubject: Invitation\r\nMIME-Version: 1.0\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n${calendar}\r\n`;
  await device.append('INBOX', [{ raw: Buffer.from(raw) }]);
  const uidValidity = Number(/UIDVALIDITY (\d+)/.exec(await device.command('STATUS INBOX (UIDVALIDITY)'))?.[1]);
  const message = await readMessage(session, { mailbox: 'INBOX', uidValidity, uid: 1 }, { prefer: 'html', section: null });
  expect(message.body).toEqual([]);
  expect(message.notices).toContain('calendar');
  expect(message.attachments).toHaveLength(1);
  await leave();
});
