import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { executeChange } from '#server/mail/execute-change.ts';
import { startTask } from '#server/mail/tasks/tasks.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { countMatching, ended, fill, manyInOneFile, newPersonWith, numbersIn, startOnAll, undo, upTo } from './bulk-fixture.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';

let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture(manyInOneFile);
});
afterAll(() => fixture.end());

const personWith = (count: number, flags: string[] = []) => newPersonWith(fixture, count, 'INBOX', flags);

test('thousands of messages are moved, told as ranges, and moved back', async () => {
  const { session, device, feed } = await personWith(3_000, ['\\Flagged']);
  await readWindow(session, 'INBOX', { newest: 50 });
  const started = await startOnAll(session, 'INBOX', { type: 'move', to: 'Attic' });
  expect(started).toMatchObject({ state: 'running', total: 3_000, done: 0 });
  const events = await feed.until('task-progress', ({ task }) => task.state === 'done');
  const gone = events.flatMap((event) => (event.type === 'messages-gone' ? event.uids : []));
  expect(gone.length).toBeLessThan(20);
  expect(gone.reduce((sum, [first, last]) => sum + last - first + 1, 0)).toBe(3_000);
  expect(events.at(-1)).toMatchObject({ task: { total: 3_000, done: 3_000, missing: 0, kept: 0, error: null, canUndo: true } });
  expect(await numbersIn(device, 'Attic')).toEqual(upTo(3_000));
  const undone = await ended(feed, undo(session, started));
  expect(undone).toMatchObject({ isUndo: true, state: 'done', total: 3_000, done: 3_000 });
  expect(await numbersIn(device, 'INBOX')).toEqual(upTo(3_000));
  expect(await countMatching(device, 'FLAGGED')).toBe(3_000);
  await expect(undo(session, started)).rejects.toThrow('message-missing');
  // An undo is taken back like anything else.
  expect(await ended(feed, undo(session, undone))).toMatchObject({ state: 'done', done: 3_000 });
  expect(await numbersIn(device, 'Attic')).toEqual(upTo(3_000));
});

test('undoing a keyword touches only what it changed and nobody changed since', async () => {
  const { session, device, feed } = await personWith(2_500);
  await device.command('SELECT INBOX');
  await device.command('STORE 1:500 +FLAGS.SILENT (\\Seen)');
  const task = await startOnAll(session, 'INBOX', { type: 'set-keyword', keyword: '$seen', value: true });
  expect(await ended(feed, task)).toMatchObject({ state: 'done', total: 2_500, done: 2_500 });
  await device.command('NOOP');
  expect(await countMatching(device, 'SEEN')).toBe(2_500);
  await device.command('STORE 501:510 +FLAGS.SILENT (\\Flagged)');
  expect(await ended(feed, undo(session, task))).toMatchObject({ state: 'done', total: 2_000, done: 1_990, kept: 10 });
  await device.command('NOOP');
  expect(await countMatching(device, 'SEEN')).toBe(510);
});

test('acts on the same thousands are taken back one after the other: what was ours since is nobody else\'s change', async () => {
  const { session, device, feed } = await personWith(2_500);
  const read = await startOnAll(session, 'INBOX', { type: 'set-keyword', keyword: '$seen', value: true });
  await ended(feed, read);
  const star = await startOnAll(session, 'INBOX', { type: 'set-keyword', keyword: '$flagged', value: true });
  await ended(feed, star);
  const uidValidity = Number(/UIDVALIDITY (\d+)/.exec(await device.command('SELECT INBOX'))?.[1]);
  const label = { type: 'set-keyword', keyword: 'Work', value: true, messages: [{ mailbox: 'INBOX', uidValidity, uid: 7 }] } as const;
  const { undo: unlabel } = await executeChange(session, { ...label, messages: [...label.messages] });
  const unstar = undo(session, star);
  expect(await ended(feed, unstar)).toMatchObject({ state: 'done', done: 2_500, kept: 0 });
  for (const change of unlabel) expect(await executeChange(session, change)).toMatchObject({ kept: 0 });
  await device.command('NOOP');
  expect(await countMatching(device, 'KEYWORD Work')).toBe(0);
  await device.command('STORE 11:20 +FLAGS.SILENT (Other)');
  expect(await ended(feed, undo(session, read))).toMatchObject({ state: 'done', done: 2_490, kept: 10 });
  await device.command('NOOP');
  expect([await countMatching(device, 'SEEN'), await countMatching(device, 'FLAGGED')]).toEqual([10, 0]);
});

test('what was done to messages before they were moved, there and back, is taken back where they are now', async () => {
  const { session, device, feed } = await personWith(2_500);
  const uidValidity = Number(/UIDVALIDITY (\d+)/.exec(await device.command('SELECT INBOX'))?.[1]);
  const ref = (uid: number) => ({ mailbox: 'INBOX', uidValidity, uid });
  const read = await startOnAll(session, 'INBOX', { type: 'set-keyword', keyword: '$seen', value: true });
  await ended(feed, read);
  const starred = await executeChange(session, { type: 'set-keyword', keyword: '$flagged', value: true, messages: [ref(7)] });
  const moved = await executeChange(session, { type: 'move', to: 'Attic', messages: [ref(1), ref(2)] });
  for (const change of moved.undo) await executeChange(session, change);
  const away = await startOnAll(session, 'INBOX', { type: 'move', to: 'Attic' });
  expect(await ended(feed, away)).toMatchObject({ done: 2_500 });
  // The star, where it went to.
  for (const change of starred.undo) expect(await executeChange(session, change)).toMatchObject({ gone: 0 });
  await device.command('SELECT Attic');
  expect(await countMatching(device, 'FLAGGED')).toBe(0);
  expect(await ended(feed, undo(session, away))).toMatchObject({ done: 2_500, missing: 0 });
  expect(await ended(feed, undo(session, read))).toMatchObject({ state: 'done', total: 2_500, done: 2_500, missing: 0, kept: 0 });
  await device.command('SELECT INBOX');
  expect(await countMatching(device, 'UNSEEN')).toBe(2_500);
});

test('what is where it was wanted by now is not moved back from there', async () => {
  const { session, device, feed } = await personWith(1_500);
  const away = await startOnAll(session, 'INBOX', { type: 'move', to: 'Attic' });
  await ended(feed, away);
  const uidValidity = Number(/UIDVALIDITY (\d+)/.exec(await device.command('SELECT Attic'))?.[1]);
  const messages = [1, 2, 3].map((uid) => ({ mailbox: 'Attic', uidValidity, uid }));
  await executeChange(session, { type: 'move', to: 'INBOX', messages });
  expect(await ended(feed, undo(session, away))).toMatchObject({ state: 'done', done: 1_497, missing: 0 });
  expect(await numbersIn(device, 'INBOX')).toEqual(upTo(1_500));
});

test('marked and moved in one go, taken back in one go', async () => {
  const { session, device, feed } = await personWith(1_500);
  const acts = [{ type: 'set-keyword', keyword: '$Junk', value: true }, { type: 'move', to: 'Attic' }] as const;
  const task = await startOnAll(session, 'INBOX', ...acts);
  expect(await ended(feed, task)).toMatchObject({ state: 'done', done: 1_500 });
  await device.command('SELECT Attic');
  expect(await countMatching(device, 'KEYWORD $Junk')).toBe(1_500);
  expect(await ended(feed, undo(session, task))).toMatchObject({ state: 'done', kept: 0, missing: 0 });
  expect(await numbersIn(device, 'INBOX')).toEqual(upTo(1_500));
  expect(await countMatching(device, 'KEYWORD $Junk')).toBe(0);
});

test('copied thousands are taken back by destroying the copies, and destroyed ones are gone for good', async () => {
  const { session, device, feed } = await personWith(1_200);
  const copied = await startOnAll(session, 'INBOX', { type: 'copy', to: 'Attic' });
  expect(await ended(feed, copied)).toMatchObject({ state: 'done', done: 1_200 });
  expect(await numbersIn(device, 'Attic')).toEqual(upTo(1_200));
  expect(await ended(feed, undo(session, copied))).toMatchObject({ state: 'done', done: 1_200, canUndo: false });
  expect(await numbersIn(device, 'Attic')).toEqual([]);
  const destroyed = await ended(feed, await startOnAll(session, 'INBOX', { type: 'destroy' }));
  expect(destroyed).toMatchObject({ state: 'done', done: 1_200, canUndo: false });
  expect(await numbersIn(device, 'INBOX')).toEqual([]);
});

test('what other devices took meanwhile is counted as missing', async () => {
  const { session, device, feed } = await personWith(1_500);
  const { uidValidity } = await readWindow(session, 'INBOX', { newest: 1 });
  await device.command('SELECT INBOX');
  await device.command('STORE 1:100 +FLAGS.SILENT (\\Deleted)');
  await device.command('EXPUNGE');
  const messages = [{ mailbox: 'INBOX', uidValidity, uids: '1:1500' }];
  const task = startTask(session, { id: randomUUID(), acts: [{ type: 'move', to: 'Attic' }], messages, count: 1_500 });
  expect(await ended(feed, task)).toMatchObject({ state: 'done', total: 1_500, done: 1_400, missing: 100 });
});

test('marking counts what was gone, and takes back no more than it changed', async () => {
  const { session, device, feed } = await personWith(1_500);
  const { uidValidity } = await readWindow(session, 'INBOX', { newest: 1 });
  await device.command('SELECT INBOX');
  await device.command('STORE 1:30 +FLAGS.SILENT (\\Seen)');
  await device.command('STORE 21:40 +FLAGS.SILENT (\\Deleted)');
  await device.command('EXPUNGE');
  const messages = [{ mailbox: 'INBOX', uidValidity, uids: '1:1500' }];
  const task = startTask(session, { id: randomUUID(), acts: [{ type: 'set-keyword', keyword: '$seen', value: true }], messages, count: 1_500 });
  expect(await ended(feed, task)).toMatchObject({ state: 'done', total: 1_500, done: 1_480, missing: 20 });
  expect(await ended(feed, undo(session, task))).toMatchObject({ state: 'done', total: 1_460, done: 1_460, missing: 0 });
  await device.command('NOOP');
  expect(await countMatching(device, 'SEEN')).toBe(20);
});

test('a mailbox that is missing or was made again ends it with the reason and touches nothing', async () => {
  const { session, device, feed } = await personWith(1_200);
  const lost = await ended(feed, await startOnAll(session, 'INBOX', { type: 'move', to: 'Nowhere' }));
  expect(lost).toMatchObject({ state: 'failed', error: 'target-missing', done: 0, canUndo: false });
  await fill(device, 'Attic', 1_100);
  const messages = [{ mailbox: 'Attic', uidValidity: 1, uids: '1:1100' }];
  const other = startTask(session, { id: randomUUID(), acts: [{ type: 'destroy' }], messages, count: 1_100 });
  expect(await ended(feed, other)).toMatchObject({ state: 'failed', error: 'mailbox-changed', done: 0 });
  expect(await numbersIn(device, 'Attic')).toEqual(upTo(1_100));
});
