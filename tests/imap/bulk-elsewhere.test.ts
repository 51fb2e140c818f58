import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isEnded } from '#lib/mail/task-ends.ts';
import { cancelTask, undoTask } from '#server/mail/tasks/tasks.ts';
import { findTaskRow } from '#server/store/task-rows.ts';
import { randomUUID } from 'node:crypto';
import { ended, manyInOneFile, newPersonWith, numbersIn, upTo } from './bulk-fixture.ts';
import { startFaultFixture } from './fault-fixture.ts';
import type { FaultFixture } from './fault-fixture.ts';

let fixture: FaultFixture;
const alive = new Set<ChildProcess>();
beforeAll(async () => {
  fixture = await startFaultFixture(manyInOneFile);
});
afterAll(async () => {
  for (const child of alive) child.kill('SIGKILL');
  await fixture.end();
});

const count = 5_000;
const far = { roundTripMs: 70, bitsPerSecond: 0 };

/** Somebody whose messages another server process on the same store has begun to move, far from the mail server. */
async function personWithTaskElsewhere() {
  const person = await newPersonWith(fixture, count);
  person.proxy.slow(far);
  const { port } = person.session.account;
  const options = ['--disable-warning=ExperimentalWarning', '--conditions=react-server', 'tests/imap/task-process.ts', person.user, `${port}`];
  const child = spawn(process.execPath, options, { stdio: ['pipe', 'pipe', 'inherit'] });
  alive.add(child);
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const id = said.toString();
  const progress = () => findTaskRow(person.session.accountKey, id)?.progress;
  await expect.poll(() => progress()?.done ?? 0, { interval: 10 }).toBeGreaterThan(0);
  return { ...person, child, id, progress };
}

test('a task that another server process carries out is cancelled from here', async () => {
  const { session, device, id, progress } = await personWithTaskElsewhere();
  cancelTask(session, id);
  await expect.poll(() => progress()?.state, { interval: 20 }).toBe('cancelled');
  const done = progress()?.done ?? 0;
  expect(done).toBeLessThan(count);
  expect((await numbersIn(device, 'Attic')).length).toBe(done);
  expect((await numbersIn(device, 'INBOX')).length).toBe(count - done);
});

test('a task that another server process carries out is ended and taken back from here', async () => {
  const { session, device, feed, id, progress } = await personWithTaskElsewhere();
  const undone = await ended(feed, undoTask(session, { id: randomUUID(), task: id }));
  expect(undone).toMatchObject({ isUndo: true, state: 'done', missing: 0 });
  expect(progress()).toMatchObject({ state: 'cancelled', done: undone.done });
  expect(await numbersIn(device, 'INBOX')).toEqual(upTo(count));
  expect(await numbersIn(device, 'Attic')).toEqual([]);
});

test('a task whose server process was killed is taken over, and what it had done by then is taken back exactly', { timeout: 60_000 }, async () => {
  const { session, device, feed, child, id, progress } = await personWithTaskElsewhere();
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isEnded({ state: progress()?.state ?? 'done' })).toBe(false);
  const undone = await ended(feed, undoTask(session, { id: randomUUID(), task: id }));
  expect(undone).toMatchObject({ isUndo: true, state: 'done', missing: 0 });
  expect(await numbersIn(device, 'INBOX')).toEqual(upTo(count));
  expect(await numbersIn(device, 'Attic')).toEqual([]);
});
