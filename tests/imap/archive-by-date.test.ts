import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MailChange } from '#lib/mail/change.ts';
import { readUids } from '#server/imap/read-uids.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { selectMessages } from '#server/mail/storage/select-messages.ts';
import { ended, manyInOneFile, numbersIn, startOnAll, undo } from './bulk-fixture.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';
import { listenToFeed } from './listen-to-feed.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';

let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture(manyInOneFile);
});
afterAll(() => fixture.end());

const zone = 'Europe/Berlin';
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Number n was written in the middle of the month n after January 2024. */
const written = (number: number) => new Date(Date.UTC(2024, number % 30, 15, 12));
const yearOf = (number: number) => `${written(number).getUTCFullYear()}`;
const monthOf = (number: number) => `${yearOf(number)}/${`${written(number).getUTCMonth() + 1}`.padStart(2, '0')}`;

async function fill(device: RawImap, mailbox: string, count: number): Promise<void> {
  const raw = (number: number) => {
    const at = written(number);
    const date = `${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()} 12:00:00 +0000 (a comment)`;
    return Buffer.from(`From: ann@example.test\r\nSubject: Number ${number}\r\nDate:\r\n ${date}\r\n\r\nText\r\n`);
  };
  // They were brought here on one day of 2030: INTERNALDATE says nothing of when they were written.
  await device.append(
    mailbox,
    Array.from({ length: count }, (_, index) => ({
      raw: raw(index + 1),
      internalDate: new Date(Date.UTC(2030, 5, 1)),
    })),
  );
}

/** What another program finds in every mailbox below Archive. */
async function archived(device: RawImap): Promise<Record<string, number[]>> {
  const listed = await device.command('LIST "" "Archive/*"');
  const found: Record<string, number[]> = {};
  for (const [, flags = '', name = ''] of listed.matchAll(/^\* LIST \(([^)]*)\) "\/" "?([^"\r\n]+)"?/gm)) {
    if (/noselect|nonexistent/i.test(flags)) continue;
    found[name.replace('Archive/', '')] = await numbersIn(device, name);
  }
  return found;
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const grouped = (count: number, by: (number: number) => string) => Object.fromEntries(Map.groupBy(upTo(count), by));

test('a message is archived by the year and month it was written, and undo takes it back with what was made for it', async () => {
  const { session, device } = await fixture.newPerson();
  await fill(device, 'INBOX', 1);
  const { counts } = await readUids(session, 'INBOX');
  const messages = [{ mailbox: 'INBOX', uidValidity: counts.uidValidity, uid: 1 }];
  const by = { unit: 'month' as const, timeZone: zone };
  const done = await executeChange(session, { type: 'move', messages, to: 'Archive', as: 'archive', by });
  expect(await archived(device)).toEqual({ '2024': [], '2024/02': [1] });
  expect(done.gone).toBe(0);
  expect(done.placed[0]?.to.mailbox).toBe('Archive/2024/02');
  const [back] = done.undo;
  const undone = await executeChange(session, back as MailChange);
  expect(await numbersIn(device, 'INBOX')).toEqual([1]);
  expect(await archived(device)).toEqual({});
  // And once more, for good: what undo removed is made again, and goes again.
  const again = await executeChange(session, undone.undo[0] as MailChange);
  expect(await archived(device)).toEqual({ '2024': [], '2024/02': [1] });
  await executeChange(session, again.undo[0] as MailChange);
  expect(await archived(device)).toEqual({});
});

test('a hundred are filed by year in one act; what was there, and what came meanwhile, keeps its mailbox', async () => {
  const { session, device } = await fixture.newPerson();
  await device.create('Archive/2025');
  await fill(device, 'INBOX', 100);
  const { counts } = await readUids(session, 'INBOX');
  const messages = upTo(100).map((uid) => ({ mailbox: 'INBOX', uidValidity: counts.uidValidity, uid }));
  const by = { unit: 'year' as const, timeZone: zone };
  const done = await executeChange(session, { type: 'move', messages, to: 'Archive', by });
  expect(await archived(device)).toEqual(grouped(100, yearOf));
  expect(done.placed.flatMap(({ uids }) => uids)).toHaveLength(100);
  await device.append('Archive/2026', [
    { raw: Buffer.from('From: b@example.test\r\nSubject: Number 777\r\n\r\nLater\r\n') },
  ]);
  for (const back of done.undo) await executeChange(session, back);
  expect(await numbersIn(device, 'INBOX')).toEqual(upTo(100));
  expect(await archived(device)).toEqual({ '2025': [], '2026': [777] });
});

test('ten thousand are filed by month as a task, which is taken back and done again', async () => {
  const { session, device } = await fixture.newPerson();
  const feed = listenToFeed(session);
  await feed.next('connection', ({ state }) => state === 'live');
  await fill(device, 'INBOX', 10_000);
  const act = { type: 'move' as const, to: 'Archive', by: { unit: 'month' as const, timeZone: zone } };
  const task = await startOnAll(session, 'INBOX', act);
  const done = await ended(feed, task);
  expect(done).toMatchObject({ state: 'done', done: 10_000, missing: 0, total: 10_000, acts: [act] });
  const wanted = { '2024': [], '2025': [], '2026': [], ...grouped(10_000, monthOf) };
  expect(await archived(device)).toEqual(wanted);
  // What lies below the archive is not archived once more.
  const selected = await selectMessages(session, { act: 'archive' }, new AbortController().signal);
  expect(selected.messages).toBe(0);
  const back = undo(session, task);
  expect(await ended(feed, back)).toMatchObject({ state: 'done', done: 10_000 });
  expect(await numbersIn(device, 'INBOX')).toEqual(upTo(10_000));
  expect(await archived(device)).toEqual({});
  expect(await ended(feed, undo(session, await back))).toMatchObject({ state: 'done', done: 10_000 });
  expect(await archived(device)).toEqual(wanted);
});

test('what is where it belongs stays there, and what has no date goes by its arrival', async () => {
  const { session, device } = await fixture.newPerson();
  const feed = listenToFeed(session);
  await feed.next('connection', ({ state }) => state === 'live');
  await device.create('Archive/2024');
  await fill(device, 'Archive/2024', 3);
  await device.append('Archive/2024', [
    {
      raw: Buffer.from('From: c@example.test\r\nSubject: Number 900\r\nDate: soon\r\n\r\nText\r\n'),
      internalDate: new Date(Date.UTC(2025, 11, 31, 23, 30)),
    },
  ]);
  const act = { type: 'move' as const, to: 'Archive', by: { unit: 'year' as const, timeZone: zone } };
  const task = await startOnAll(session, 'Archive/2024', act);
  expect(await ended(feed, task)).toMatchObject({ state: 'done', done: 4, missing: 0 });
  expect(await archived(device)).toEqual({ '2024': [1, 2, 3], '2026': [900] });
});
