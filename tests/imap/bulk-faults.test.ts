import { afterAll, beforeAll, expect, test } from 'vitest';
import { executeChange } from '#server/mail/execute-change.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { cancelTask, leaveTasks, listTasks, resumeTasks } from '#server/mail/tasks/tasks.ts';
import { countMatching, ended, manyInOneFile, newPersonWith, numbersIn, startOnAll, undo, upTo } from './bulk-fixture.ts';
import { startFaultFixture } from './fault-fixture.ts';
import type { FaultFixture } from './fault-fixture.ts';

let fixture: FaultFixture;
beforeAll(async () => {
  fixture = await startFaultFixture(manyInOneFile);
});
afterAll(() => fixture.end());

/** Far enough from the server that 5,000 messages take several batches. */
const far = { roundTripMs: 70, bitsPerSecond: 0 };
/** So far that between two batches there is time for another device. */
const farther = { roundTripMs: 400, bitsPerSecond: 0 };

async function personWith(count: number) {
  const person = await newPersonWith(fixture, count);
  person.proxy.slow(far);
  return person;
}

test('cancelled in the middle it says exactly what was done, and that can be taken back', async () => {
  const { session, device, feed } = await personWith(5_000);
  const task = await startOnAll(session, 'INBOX', { type: 'move', to: 'Attic' });
  await feed.next('task-progress', ({ task: { done } }) => done > 0);
  cancelTask(session, task.id);
  const end = await ended(feed, task);
  expect(end.state).toBe('cancelled');
  expect(end.done).toBeGreaterThan(0);
  expect(end.done).toBeLessThan(5_000);
  expect((await numbersIn(device, 'Attic')).length).toBe(end.done);
  expect((await numbersIn(device, 'INBOX')).length).toBe(5_000 - end.done);
  expect(await ended(feed, undo(session, task))).toMatchObject({ state: 'done', done: end.done });
  expect(await numbersIn(device, 'INBOX')).toEqual(upTo(5_000));
});

test('left in the middle it goes on where it was when the account is there again', async () => {
  const { session, device, feed } = await personWith(5_000);
  const task = await startOnAll(session, 'INBOX', { type: 'move', to: 'Attic' });
  await feed.next('task-progress', ({ task: { done } }) => done > 0);
  await leaveTasks(session.id);
  const [listed] = listTasks(session);
  expect(listed).toMatchObject({ task: { id: task.id, state: 'running', total: 5_000 }, messages: [{ mailbox: 'INBOX', uids: '1:5000' }] });
  expect(listed?.task.done).toBeLessThan(5_000);
  resumeTasks(session);
  expect(await ended(feed, task)).toMatchObject({ state: 'done', done: 5_000, missing: 0 });
  expect(await numbersIn(device, 'Attic')).toEqual(upTo(5_000));
  expect(await ended(feed, undo(session, task))).toMatchObject({ done: 5_000 });
  expect(await numbersIn(device, 'INBOX')).toEqual(upTo(5_000));
});


test.each(['unheard', 'unanswered'] as const)('a move of 5,000 whose command went %s is done once and whole', async (when) => {
  const { session, device, feed, proxy } = await personWith(5_000);
  const task = await startOnAll(session, 'INBOX', { type: 'move', to: 'Attic' });
  await feed.next('task-progress', ({ task: { done } }) => done > 0);
  await proxy.cutWhen(/UID MOVE/, when);
  expect(await feed.next('task-progress', ({ task: { state } }) => state === 'waiting')).toMatchObject({ task: { error: 'server-unreachable' } });
  expect(await ended(feed, task)).toMatchObject({ state: 'done', done: 5_000, missing: 0 });
  expect(await numbersIn(device, 'Attic')).toEqual(upTo(5_000));
  expect(await ended(feed, undo(session, task))).toMatchObject({ state: 'done', done: 5_000 });
  expect(await numbersIn(device, 'INBOX')).toEqual(upTo(5_000));
});

test('a copy whose answer was lost is not made twice', async () => {
  const { session, device, feed, proxy } = await personWith(3_000);
  const task = await startOnAll(session, 'INBOX', { type: 'copy', to: 'Attic' });
  await proxy.cutWhen(/UID COPY/, 'unanswered');
  expect(await ended(feed, task)).toMatchObject({ state: 'done', done: 3_000 });
  expect(await numbersIn(device, 'Attic')).toEqual(upTo(3_000));
  expect(await ended(feed, undo(session, task))).toMatchObject({ done: 3_000 });
  expect(await numbersIn(device, 'Attic')).toEqual([]);
});

test('a keyword whose answer was lost is taken back as exactly as any', async () => {
  const { session, device, feed, proxy } = await personWith(3_000);
  await device.command('SELECT INBOX');
  await device.command('STORE 1:10 +FLAGS.SILENT (\\Seen)');
  const task = await startOnAll(session, 'INBOX', { type: 'set-keyword', keyword: '$seen', value: true });
  await proxy.cutWhen(/UID STORE/, 'unanswered');
  expect(await ended(feed, task)).toMatchObject({ state: 'done', done: 3_000 });
  await device.command('STORE 11 +FLAGS.SILENT (\\Flagged)');
  expect(await ended(feed, undo(session, task))).toMatchObject({ total: 2_990, kept: 1, done: 2_989 });
  await device.command('NOOP');
  expect(await countMatching(device, 'SEEN')).toBe(11);
});

test('a mailbox deleted in the middle ends it; what was done by then is told', async () => {
  const { session, device, feed, proxy } = await personWith(5_000);
  await device.create('Short-lived');
  proxy.slow(farther);
  const task = await startOnAll(session, 'INBOX', { type: 'copy', to: 'Short-lived' });
  await feed.next('task-progress', ({ task: { done } }) => done > 0);
  // Dovecot refuses while something is being added.
  await expect.poll(() => device.command('DELETE Short-lived').then(() => true, () => false)).toBe(true);
  const end = await ended(feed, task);
  expect(end).toMatchObject({ state: 'failed', error: 'mailbox-missing' });
  expect(end.done).toBeLessThan(5_000);
  expect((await numbersIn(device, 'INBOX')).length).toBe(5_000);
});

test('other clicks do not wait for it', async () => {
  const { session, feed } = await personWith(5_000);
  await readWindow(session, 'INBOX', { newest: 50 });
  const task = await startOnAll(session, 'INBOX', { type: 'copy', to: 'Attic' });
  await feed.next('task-progress', ({ task: { done } }) => done > 0);
  await readWindow(session, 'INBOX', { from: 1, to: 50 });
  expect(session.tasks.isOpen()).toBe(true);
  expect(feed.told.some((event) => event.type === 'task-progress' && event.task.state === 'done')).toBe(false);
  expect(await ended(feed, task)).toMatchObject({ done: 5_000 });
});

test('what is wanted otherwise of single messages or of all, while a task is under way, holds when it comes to them', async () => {
  const { session, device, feed } = await personWith(5_000);
  const task = await startOnAll(session, 'INBOX', { type: 'set-keyword', keyword: '$seen', value: true });
  await feed.next('task-progress', ({ task: { done } }) => done > 0 && done < 5_000);
  const uidValidity = Number(/UIDVALIDITY (\d+)/.exec(await device.command('SELECT INBOX'))?.[1]);
  // It is unread still: nothing to be done to it now.
  const left = { type: 'set-keyword', keyword: '$seen', value: false, messages: [{ mailbox: 'INBOX', uidValidity, uid: 5_000 }] } as const;
  await executeChange(session, { ...left, messages: [...left.messages] });
  expect(await ended(feed, task)).toMatchObject({ state: 'done', done: 5_000, kept: 0 });
  await device.command('NOOP');
  expect(await device.command('SEARCH UNSEEN')).toContain('SEARCH 5000\r\n');
  const star = await startOnAll(session, 'INBOX', { type: 'set-keyword', keyword: '$flagged', value: true });
  await feed.next('task-progress', ({ task: { id, done } }) => id === star.id && done > 0 && done < 5_000);
  const unstar = await startOnAll(session, 'INBOX', { type: 'set-keyword', keyword: '$flagged', value: false });
  await Promise.all([ended(feed, star), ended(feed, unstar)]);
  await device.command('NOOP');
  expect(await device.command('SEARCH FLAGGED')).toContain('* SEARCH\r\n');
  expect(await ended(feed, undo(session, task))).toMatchObject({ state: 'done', done: 4_999 });
});
