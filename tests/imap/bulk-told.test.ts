import { afterAll, beforeAll, expect, test } from 'vitest';
import { readWindow } from '#server/mail/read-window.ts';
import { countMatching, manyInOneFile, newPersonWith, startOnAll } from './bulk-fixture.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';

let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture(manyInOneFile);
});
afterAll(() => fixture.end());

async function personWith(count: number) {
  const person = await newPersonWith(fixture, count);
  await readWindow(person.session, 'INBOX', { newest: 50 });
  return person;
}

test('marking thousands is not told message by message; the counts are right', async () => {
  const { session, device, feed } = await personWith(9_000);
  await startOnAll(session, 'INBOX', { type: 'set-keyword', keyword: '$seen', value: true });
  const events = await feed.until('task-progress', ({ task }) => task.state === 'done');
  const told = events.flatMap((event) => (event.type === 'keywords-changed' ? event.changes : []));
  expect(told.length).toBeLessThan(9_000);
  expect(events.some(({ type }) => type === 'keywords-untold')).toBe(true);
  const counts = events.findLast((event) => event.type === 'mailbox-counts' && event.mailbox === 'INBOX');
  expect(counts).toMatchObject({ counts: { messages: 9_000, unseen: 0 } });
  await device.command('SELECT INBOX');
  expect(await countMatching(device, 'UNSEEN')).toBe(0);
});

test('what arrives and what goes is told exactly beside thousands of other changes', async () => {
  const { device, feed } = await personWith(3_000);
  await device.command('SELECT INBOX');
  await device.command('STORE 1:3000 +FLAGS.SILENT (\\Flagged $Plan)');
  await device.command('STORE 7 +FLAGS.SILENT (\\Deleted)');
  await device.command('EXPUNGE');
  await device.append('INBOX', [{ raw: Buffer.from('From: ann@example.test\r\nSubject: Number 3001\r\n\r\nText\r\n') }]);
  const events = await feed.until('mailbox-counts', ({ mailbox, counts }) => mailbox === 'INBOX' && counts.uidNext === 3_002 && counts.messages === 3_000);
  expect(events.some(({ type }) => type === 'keywords-untold')).toBe(true);
  expect(events.flatMap((event) => (event.type === 'messages-gone' ? event.uids : []))).toEqual([[7, 7]]);
  expect(events.flatMap((event) => (event.type === 'messages-arrived' ? event.messages : []))).toMatchObject([{ uid: 3_001, subject: 'Number 3001' }]);
});
