import { afterAll, beforeAll, expect, test } from 'vitest';
import { readKnownKeywords } from '#server/imap/read-label-keywords.ts';
import { relabel } from '#server/mail/relabel.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';
import { listenToFeed } from './listen-to-feed.ts';

let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture();
});
afterAll(() => fixture.end());

const flagged = (...flags: string[]) => ({ raw: aMessage(), flags });

test('the keywords of a mailbox are known, with those that other programs set, and whether it takes others', async () => {
  const { session, device } = await fixture.newPerson();
  await device.append('INBOX', [flagged('Work', '$label1', '\\Seen'), flagged('B&APw-ro')]);
  const known = await readKnownKeywords(session, 'INBOX');
  expect(known.takesNew).toBe(true);
  expect(known.keywords).toEqual(expect.arrayContaining(['$label1', 'B&APw-ro', 'Work']));
  expect(known.settable).toEqual(known.keywords);
});

test('renaming a label gives every message that has it the other one, in all mailboxes, and tells how far it is', async () => {
  const { session, device } = await fixture.newPerson();
  await device.create('Old');
  await device.append('INBOX', [flagged('Work'), flagged(), flagged('Work', 'Home')]);
  await device.append('Old', [flagged('Work')]);
  const feed = listenToFeed(session);
  await feed.next('connection', ({ state }) => state === 'live');
  expect(await relabel(session, 'Work', 'B&APw-ro')).toEqual({ messages: 3, left: [] });
  await feed.next('task-progress', ({ task }) => task.state === 'done' && task.done === task.total);
  await device.command('SELECT INBOX');
  expect(await device.command('SEARCH KEYWORD B&APw-ro UNKEYWORD Work')).toContain('SEARCH 1 3');
  expect(await device.command('SEARCH KEYWORD Home')).toContain('SEARCH 3');
  await device.command('SELECT Old');
  expect(await device.command('FETCH 1 FLAGS')).toContain('B&APw-ro');
});

test('removing a label takes it off every message and leaves them where they are', async () => {
  const { session, device } = await fixture.newPerson();
  await device.append('INBOX', [flagged('Work'), flagged('Work', 'Home')]);
  const feed = listenToFeed(session);
  await feed.next('connection', ({ state }) => state === 'live');
  expect(await relabel(session, 'Work', null)).toEqual({ messages: 2, left: [] });
  await feed.next('task-progress', ({ task }) => task.state === 'done');
  await device.command('SELECT INBOX');
  expect(await device.command('SEARCH KEYWORD Work')).toContain('* SEARCH\r\n');
  expect(await device.command('SEARCH KEYWORD Home')).toContain('SEARCH 2');
});

test('a label nobody has is renamed in no time', async () => {
  const { session } = await fixture.newPerson();
  expect(await relabel(session, 'Never', 'Nowhere')).toEqual({ messages: 0, left: [] });
});
