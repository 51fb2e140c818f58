import { afterAll, beforeAll, expect, test } from 'vitest';
import { countUids } from '#lib/mail/uid-set.ts';
import { readUids } from '#server/imap/read-uids.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { countMatching, ended, fill, manyInOneFile, startOnAll, undo } from './bulk-fixture.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';
import { listenToFeed } from './listen-to-feed.ts';

const all = 100_000;
const seeded = 3_125;

let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture(manyInOneFile);
});
afterAll(() => fixture.end());

/** A hundred thousand messages: some are stored, and copied onto themselves until they are enough (one file holds them once). */
async function personWithAll() {
  const person = await fixture.newPerson();
  await fill(person.device, 'INBOX', seeded);
  await person.device.command('SELECT INBOX');
  for (let have = seeded; have < all; have *= 2) await person.device.command('COPY 1:* INBOX');
  await person.device.create('Attic');
  const feed = listenToFeed(person.session);
  await feed.next('connection', ({ state }) => state === 'live');
  await readWindow(person.session, 'INBOX', { newest: 50 });
  return { ...person, feed };
}

test('a hundred thousand are selected, marked, moved and taken back, and not one more or less', { timeout: 180_000 }, async () => {
  const { session, device, feed } = await personWithAll();
  // Every seventh of a stretch is read before: it stays so when the others are taken back.
  const read = Array.from({ length: 1_000 }, (_, index) => 40_001 + index * 7).join(',');
  await device.command(`UID STORE ${read} +FLAGS.SILENT (\\Seen)`);
  const { counts, uids } = await readUids(session, 'INBOX');
  expect([counts.messages, countUids(uids)]).toEqual([all, all]);
  const marked = await startOnAll(session, 'INBOX', { type: 'set-keyword', keyword: '$seen', value: true });
  expect(await ended(feed, marked)).toMatchObject({ state: 'done', total: all, done: all, missing: 0, kept: 0 });
  await device.command('NOOP');
  expect(await countMatching(device, 'UNSEEN')).toBe(0);
  expect(await ended(feed, undo(session, marked))).toMatchObject({ state: 'done', done: all - 1_000, kept: 0 });
  await device.command('NOOP');
  expect(await countMatching(device, 'SEEN')).toBe(1_000);
  expect(await countMatching(device, `UID ${read} SEEN`)).toBe(1_000);
  const moved = await startOnAll(session, 'INBOX', { type: 'move', to: 'Attic' });
  expect(await ended(feed, moved)).toMatchObject({ state: 'done', total: all, done: all, missing: 0, kept: 0 });
  await device.command('UNSELECT');
  expect(await device.command('STATUS INBOX (MESSAGES)')).toContain('MESSAGES 0');
  expect(await device.command('STATUS Attic (MESSAGES)')).toContain(`MESSAGES ${all}`);
  expect(await ended(feed, undo(session, moved))).toMatchObject({ state: 'done', done: all, missing: 0 });
  expect(await device.command('STATUS INBOX (MESSAGES UNSEEN)')).toMatch(new RegExp(`MESSAGES ${all} UNSEEN ${all - 1_000}`));
  expect(await device.command('STATUS Attic (MESSAGES)')).toContain('MESSAGES 0');
});
