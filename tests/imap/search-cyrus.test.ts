import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCyrus } from '#tests/support/mail-server/start-cyrus.ts';
import { password, peopleOf } from './imap-fixture.ts';
import { appendLetters, runSearch, someLetters } from './search-fixture.ts';

/** Another server's words for the same. */
let dataDir: string;
let cyrus: Awaited<ReturnType<typeof startCyrus>>;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'pipit-cyrus-search-'));
  cyrus = await startCyrus({ dataDir, password });
  people = peopleOf(cyrus.imapPort, join(dataDir, 'pipit'));
});
afterAll(async () => {
  await people.leave();
  await cyrus.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('words, other scripts, attachments and ages are found on Cyrus too', async () => {
  const { session, device } = await people.newPerson();
  const letters = someLetters(40);
  await appendLetters(device, 'INBOX', letters);
  const found = async (query: string) => (await runSearch(session, query)).uids.get('INBOX') ?? [];
  const uidsOf = (matches: (letter: (typeof letters)[number]) => boolean) => letters.flatMap((letter, index) => (matches(letter) ? [index + 1] : [])).reverse();
  expect(await found('subject:Größe')).toEqual(uidsOf(({ subject }) => subject.includes('Größe')));
  expect(await found('body:kingfisher is:unread')).toEqual(uidsOf(({ text, flags }) => text.includes('kingfisher') && !flags.includes('\\Seen')));
  expect(await found('has:attachment -filename:pdf')).toEqual(uidsOf(({ files }) => files.some((name) => !name.endsWith('.pdf'))));
  expect(await found('before:2026-02-10 OR list:birds')).toEqual(uidsOf(({ received, listId }) => received < new Date('2026-02-10') || listId !== null));
});

test('Cyrus sorts one mailbox, and several are sorted here', async () => {
  const { session, device } = await people.newPerson();
  const letters = someLetters(40);
  await appendLetters(device, 'INBOX', letters);
  const latest = [...letters].sort((a, b) => b.received.getTime() - a.received.getTime()).map(({ subject }) => subject);
  const { uids } = await runSearch(session, 'is:unread', { sort: 'date' });
  const unread = (uids.get('INBOX') ?? []).map((uid) => letters[uid - 1]);
  expect(unread.map((letter) => letter?.flags.includes('\\Seen'))).toEqual(Array(20).fill(false));
  expect(unread.map((letter) => letter?.received.getTime())).toEqual(unread.map((letter) => letter?.received.getTime() ?? 0).sort((a, b) => b - a));
  await device.create('Work');
  const all = await runSearch(session, '', { sort: 'date', scope: 'all' });
  expect((all.uids.get('INBOX') ?? []).map((uid) => letters[uid - 1]?.subject)).toEqual(latest);
});
