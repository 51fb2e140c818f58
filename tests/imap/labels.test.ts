import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readKnownKeywords } from '#server/imap/read-label-keywords.ts';
import { relabel } from '#server/mail/relabel.ts';
import { ended, undo } from './bulk-fixture.ts';
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
  expect(await relabel(session, { id: randomUUID(), from: 'Work', to: 'B&APw-ro' })).toMatchObject({ messages: 3, left: [] });
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
  expect(await relabel(session, { id: randomUUID(), from: 'Work', to: null })).toMatchObject({ messages: 2, left: [] });
  await feed.next('task-progress', ({ task }) => task.state === 'done');
  await device.command('SELECT INBOX');
  expect(await device.command('SEARCH KEYWORD Work')).toContain('* SEARCH\r\n');
  expect(await device.command('SEARCH KEYWORD Home')).toContain('SEARCH 2');
});

test('a label nobody has is renamed in no time', async () => {
  const { session } = await fixture.newPerson();
  expect(await relabel(session, { id: randomUUID(), from: 'Never', to: 'Nowhere' })).toEqual({ messages: 0, left: [], task: null, isMailbox: false });
});

test('renaming a label is taken back and done again on what nobody changed since, and what had both names keeps them', async () => {
  const { session, device } = await fixture.newPerson();
  await device.append('INBOX', [flagged('Work'), flagged('Work', 'Office'), flagged('Work'), flagged('Office')]);
  const feed = listenToFeed(session);
  await feed.next('connection', ({ state }) => state === 'live');
  const { task } = await relabel(session, { id: randomUUID(), from: 'Work', to: 'Office' });
  await feed.next('task-progress', ({ task: told }) => told.id === task?.id && told.state === 'done');
  await device.command('SELECT INBOX');
  expect(await device.command('SEARCH KEYWORD Office UNKEYWORD Work')).toContain('SEARCH 1 2 3 4');
  await device.command('STORE 3 +FLAGS (\\Flagged)');
  const undone = await ended(feed, undo(session, { id: task?.id ?? '' }));
  expect(undone).toMatchObject({ state: 'done', done: 2, kept: 1 });
  await device.command('NOOP');
  expect(await device.command('SEARCH KEYWORD Work')).toContain('SEARCH 1 2\r\n');
  expect(await device.command('SEARCH KEYWORD Office')).toContain('SEARCH 2 3 4\r\n');
  expect(await ended(feed, undo(session, undone))).toMatchObject({ state: 'done', done: 2, kept: 0 });
  await device.command('NOOP');
  expect(await device.command('SEARCH KEYWORD Office UNKEYWORD Work')).toContain('SEARCH 1 2 3 4\r\n');
});

test('a wish whose answer was lost is sent again and begun once, also while it is being looked for', async () => {
  const { session, device } = await fixture.newPerson();
  await device.append('INBOX', [flagged('Work'), flagged('Work')]);
  const feed = listenToFeed(session);
  await feed.next('connection', ({ state }) => state === 'live');
  const wish = { id: randomUUID(), from: 'Work', to: 'Office' };
  const [first, second] = await Promise.all([relabel(session, wish), relabel(session, wish)]);
  expect([first.task?.id, second.task?.id]).toEqual([wish.id, wish.id]);
  await feed.next('task-progress', ({ task }) => task.id === wish.id && task.state === 'done');
  expect(await relabel(session, wish)).toMatchObject({ messages: 2, task: { id: wish.id, done: 2, canUndo: true } });
  expect(await ended(feed, undo(session, { id: wish.id }))).toMatchObject({ state: 'done', done: 2 });
  // What was taken back is not begun anew either.
  await relabel(session, wish);
  await device.command('SELECT INBOX');
  expect(await device.command('SEARCH KEYWORD Work UNKEYWORD Office')).toContain('SEARCH 1 2\r\n');
});
