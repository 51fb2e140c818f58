import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { isEnded } from '#lib/mail/task-ends.ts';
import { limitRate } from '#server/auth/rate-limit.ts';
import { limitSignIn } from '#server/auth/sign-in-limits.ts';
import { env } from '#server/env.ts';
import { listenToAccount, pokeAccount } from '#server/events/hub.ts';
import { countStream } from '#server/events/open-streams.ts';
import { joinProcesses, leaveProcesses } from '#server/mail/join-processes.ts';
import { outboxTiming } from '#server/mail/outbox/outbox-timing.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { startOutbox } from '#server/mail/outbox/run-outbox.ts';
import { livingProcesses, ownProcess } from '#server/processes/links.ts';
import { fromLine, longestLine, toLine } from '#server/processes/message.ts';
import { takePlace } from '#server/processes/places.ts';
import { database } from '#server/store/database.ts';
import { listTaskRows } from '#server/store/task-rows.ts';
import { percentile } from '#tests/bench/statistics.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { listenToFeed } from './listen-to-feed.ts';
import type { Order } from './linked-process.ts';
import { startSendFixture } from './send-fixture.ts';
import type { SendFixture } from './send-fixture.ts';

let fixture: SendFixture;
/** Another process for all tests; those that end one start their own. */
let another: Another;
const alive = new Set<ChildProcess>();
beforeAll(async () => {
  fixture = await startSendFixture({ runs: false });
  await joinProcesses();
  another = await startAnother();
});
afterAll(async () => {
  for (const child of alive) child.kill('SIGKILL');
  await leaveProcesses();
  await fixture.end();
});

interface Another {
  /** As the processes call it. */
  name: string;
  child: ChildProcess;
  /** Has it done; answers what it says of it. */
  order(order: Order): Promise<unknown>;
  /** SIGKILL: it says goodbye to nobody. */
  kill(): Promise<void>;
}

/** Another server process on the same store and mail server, linked with this one. */
async function startAnother(): Promise<Another> {
  const started = await start();
  await vi.waitFor(() => expect(livingProcesses()).toContain(started.name), { interval: 5 });
  return started;
}

async function start(): Promise<Another> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--conditions=react-server', 'tests/imap/linked-process.ts'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  alive.add(child);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const answer = async () => JSON.parse(String((await lines.next()).value)) as unknown;
  const name = String(await answer());
  return {
    name,
    child,
    order(order) {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      return answer();
    },
    async kill() {
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
      alive.delete(child);
    },
  };
}

async function personOnTwo() {
  const writer = await fixture.newWriter();
  const { session, device, user } = writer;
  await device.append('INBOX', Array.from({ length: 10 }, (_, index) => ({ raw: aMessage({ subject: `Number ${index + 1}` }) })));
  const feed = listenToFeed(session);
  await feed.next('connection', ({ state }) => state === 'live');
  const { uidValidity } = await readWindow(session, 'INBOX', { newest: 50 });
  return { session, feed, user, uidValidity };
}

const folder = () => join(env().dataDir, 'processes');
const sockets = () => readdirSync(folder());

/** What this process was told to look at, of an account nobody has. */
function listen(accountKey: string) {
  const heard: string[] = [];
  onTestFinished(listenToAccount(accountKey, { sessionId: 'here', onPoke: (path) => void heard.push(path), onMailboxes: () => {}, onFact: () => true }));
  return heard;
}

async function connect(name: string): Promise<Socket> {
  const socket = createConnection(join(folder(), `${name}.sock`));
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

test('a star set in one server process is told in another long before the mail server would tell it', async () => {
  const { feed, user, uidValidity } = await personOnTwo();
  const times: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    const value = round % 2 === 0;
    const start = performance.now();
    const change = { type: 'set-keyword' as const, keyword: '$flagged', value, messages: [{ mailbox: 'INBOX', uidValidity, uid: 3 }] };
    void another.order({ do: 'change', user, change });
    await feed.next('keywords-changed', ({ changes }) => changes.some(({ uid, keywords }) => uid === 3 && keywords.includes('$flagged') === value));
    times.push(performance.now() - start);
    await feed.next('mailbox-counts');
  }
  // Dovecot collects what it notifies of for 500 ms; the time here has the other process' way to it in it.
  expect(percentile(times, 0.5)).toBeLessThan(250);
});

test('mailboxes made, preferences, tasks and what is sent in one server process are told in another', async () => {
  const { session, feed, user } = await personOnTwo();
  await another.order({ do: 'prefer-compact', user });
  expect(await feed.next('preferences')).toMatchObject({ preferences: { density: 'compact' } });
  await another.order({ do: 'make', user, mailbox: 'Attic' });
  await feed.next('mailboxes-changed');
  // Nobody listens there: whoever hears the end here has heard it.
  const id = await another.order({ do: 'move-all', user, to: 'Attic' });
  const { task } = await feed.next('task-progress', ({ task: told }) => told.id === id && isEnded(told));
  expect(task).toMatchObject({ state: 'done', done: 10 });
  expect(listTaskRows(session.accountKey)).toEqual([]);
  // By itself this process would look at the store a minute later.
  Object.assign(outboxTiming, { pollMs: 60_000 });
  startOutbox();
  await another.order({ do: 'send', user });
  await feed.next('outbox-changed', ({ message }) => message.state === 'sent');
});

test('what travels names no account and no mailbox, and the way is open to nobody else', async () => {
  const line = toLine({ kind: 'mailbox', account: 'an-account', path: 'Divorce' });
  expect(`${line}${Buffer.from(line, 'base64url').toString('latin1')}`).not.toMatch(/an-account|Divorce|mailbox/);
  expect(fromLine(line.trim())).toEqual({ kind: 'mailbox', account: 'an-account', path: 'Divorce' });
  expect(statSync(folder()).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder(), `${ownProcess()}.sock`)).mode & 0o777).toBe(0o600);
});

test('whatever else is written to a process’ socket does nothing, and what has no end is cut off', async () => {
  const heard = listen('an-account');
  const good = toLine({ kind: 'mailbox', account: 'an-account', path: 'INBOX' });
  const changed = `${good.slice(0, -8)}${good.at(-8) === 'A' ? 'B' : 'A'}${good.slice(-7)}`;
  const unsealed = `${JSON.stringify({ kind: 'mailbox', account: 'an-account', path: 'Forged' })}\n`;
  const socket = await connect(ownProcess());
  for (const bytes of ['\n\n...\n', unsealed, changed, Buffer.from([0, 255, 10, 46, 10]), `${'x.'.repeat(1_000)}\n`, toLine({ kind: 'hello', name: 'never-there-' })]) socket.write(bytes);
  socket.write(good);
  await expect.poll(() => heard, { interval: 5 }).toEqual(['INBOX']);
  expect(livingProcesses()).not.toContain('never-there-');
  const closed = new Promise((resolve) => socket.on('close', resolve)); // Perhaps by a reset, which is no failure here.
  for (let sent = 0; sent <= longestLine; sent += 64 * 1024) socket.write('y'.repeat(64 * 1024));
  await closed;
  expect(heard).toEqual(['INBOX']);
});

test('a server process that was killed is cleared away, holds nothing any more, and is in nobody’s way', async () => {
  const killed = await startAnother();
  expect(sockets().sort()).toEqual([ownProcess(), another.name, killed.name].map((name) => `${name}.sock`).sort());
  expect(await killed.order({ do: 'place', name: 'a place', most: 1 })).toBe(true);
  await killed.order({ do: 'stream', session: 'of the killed' });
  expect(takePlace('a place', 1)).toBeNull();
  expect(await another.order({ do: 'place', name: 'a place', most: 1 })).toBe(false);
  await killed.kill();
  await expect.poll(sockets, { interval: 10, timeout: 5_000 }).not.toContain(`${killed.name}.sock`);
  const rows = () => database().prepare('SELECT process FROM held_places WHERE process = ?1 UNION SELECT process FROM open_streams WHERE process = ?1').all(killed.name);
  await expect.poll(rows, { interval: 10, timeout: 5_000 }).toEqual([]);
  await expect.poll(() => livingProcesses().sort(), { interval: 5, timeout: 5_000 }).toEqual([ownProcess(), another.name].sort());
  expect(await another.order({ do: 'place', name: 'a place', most: 1 })).toBe(true);
});

test('what a process left that nobody saw die is cleared away by the next that starts', async () => {
  another.child.kill('SIGSTOP'); // It sees nothing.
  onTestFinished(() => void another.child.kill('SIGCONT'));
  await leaveProcesses();
  const killed = await start();
  expect(sockets()).not.toContain(`${ownProcess()}.sock`);
  expect(await killed.order({ do: 'place', name: 'lonely', most: 1 })).toBe(true);
  await killed.kill();
  expect(sockets()).toContain(`${killed.name}.sock`);
  await joinProcesses();
  await expect.poll(() => sockets().sort(), { interval: 5 }).toEqual([ownProcess(), another.name].map((name) => `${name}.sock`).sort());
  expect(takePlace('lonely', 1)).not.toBeNull();
});

test('a server process that hangs costs the others no time, and hears again when it goes on', async () => {
  another.child.kill('SIGSTOP');
  const start = performance.now();
  // More than a socket holds, so that what is beyond is left out.
  for (let count = 0; count < 5_000; count += 1) pokeAccount('an-account', 'A mailbox with a name of some length', 'nobody');
  expect(performance.now() - start).toBeLessThan(5_000);
  const newcomer = await startAnother();
  another.child.kill('SIGCONT');
  expect(await another.order({ do: 'place', name: 'of the awakened', most: 1 })).toBe(true);
  expect(await newcomer.order({ do: 'place', name: 'of the awakened', most: 1 })).toBe(false);
  await newcomer.kill();
});

test('check 81: change feeds of a session are counted over all server processes, and the oldest ends wherever it is', async () => {
  const endedHere: number[] = [];
  for (let count = 0; count < 2; count += 1) onTestFinished(countStream('a session', '192.0.2.1', () => endedHere.push(count)));
  for (let count = 0; count < 2; count += 1) expect(await another.order({ do: 'stream', session: 'a session' })).toEqual([]);
  expect(endedHere).toEqual([]);
  await another.order({ do: 'stream', session: 'a session' });
  await expect.poll(() => endedHere, { interval: 5 }).toEqual([0]);
  for (let count = 2; count < 5; count += 1) onTestFinished(countStream('a session', '192.0.2.1', () => endedHere.push(count)));
  await expect.poll(() => another.order({ do: 'stream', session: 'another session' }), { interval: 10 }).toEqual(['a session', 'a session']);
  expect(endedHere).toEqual([0, 1]);
});

test('searches and uploads of a session, and sign-ins under way, are counted over all server processes', async () => {
  for (let count = 0; count < 3; count += 1) {
    limitRate('a use', 'somebody', 6);
    expect(await another.order({ do: 'use', what: 'a use', perMinute: 6 })).toBeNull();
  }
  expect(() => limitRate('a use', 'somebody', 6)).toThrow(expect.objectContaining({ code: 'rate-limited' }));
  expect(await another.order({ do: 'use', what: 'a use', perMinute: 6 })).toMatchObject({ error: expect.stringContaining('rate-limited') as unknown });
  limitRate('a use', 'somebody', 6, Date.now() + 61_000);

  const killed = await startAnother();
  const attempt = { client: '203.0.113.40', account: 'an-account', isKnownDevice: false };
  for (let count = 0; count < 2; count += 1) await killed.order({ do: 'place', name: `sign-in ${attempt.account}`, most: 2 });
  await expect(limitSignIn(attempt, () => Promise.resolve('in'))).rejects.toMatchObject({ code: 'too-many-attempts' });
  await killed.kill();
  await expect.poll(livingProcesses, { interval: 5, timeout: 5_000 }).not.toContain(killed.name);
  expect(await limitSignIn(attempt, () => Promise.resolve('in'))).toBe('in');
});
