import { readFileSync } from 'node:fs';
import { signInByHttp } from '#tests/bench/sign-in.ts';
import { brokenMessages, hostileMessages } from '#tests/support/mail-server/hostile-messages.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import { expect, test } from './fixture.ts';
import { password } from './start-app.ts';
import type { App } from './start-app.ts';

/** Megabytes that the server process holds. */
const heldBy = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

interface Row {
  uid: number;
  subject: string;
}

async function ask<T>(app: App, cookie: string, path: string): Promise<{ status: number; body: T; took: number }> {
  const started = performance.now();
  const response = await fetch(app.address + path, { headers: { cookie } });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, body: (isJson ? JSON.parse(text) : text) as T, took: performance.now() - started };
}

test('checks 66, 68 and 69: a mailbox full of hostile and broken mail lists and opens; the server keeps its size, and nobody else waits', async ({ app, person }) => {
  test.setTimeout(240_000);
  const names = Object.keys(hostileMessages);
  for (const make of Object.values(hostileMessages)) await person.device.append('INBOX', [{ raw: Buffer.from(make(), 'latin1') }]);
  await person.device.append('INBOX', brokenMessages(150, 7).map((raw) => ({ raw })));
  const calm = app.nextUser();
  const device = await connectRawImap(app.mail.imapPort, calm, password);
  await device.append('INBOX', Array.from({ length: 50 }, () => ({ raw: aMessage() })));
  const cookie = await signInByHttp(app, person.user, password);
  const other = await signInByHttp(app, calm, password);
  const window = '/api/messages?mailbox=INBOX&newest=200';
  // A server that has just started has not its size yet.
  for (let turn = 0; turn < 150; turn += 1) await ask(app, other, window);
  const before = heldBy(app.pid);
  let peak = before;

  let isOver = false;
  const waits: number[] = [];
  const neighbour = (async () => {
    while (!isOver) {
      const { status, took } = await ask(app, other, window);
      expect(status).toBe(200);
      waits.push(took);
      peak = Math.max(peak, heldBy(app.pid));
    }
  })();

  const { status, body, took } = await ask<{ rows: Row[]; uidValidity: number }>(app, cookie, window);
  expect(status).toBe(200);
  expect(body.rows).toHaveLength(names.length + 150);
  expect(took).toBeLessThan(15_000); // Most of it is Dovecot's, which reads them for the first time.
  const slow: string[] = [];
  for (const [index, { uid }] of body.rows.toReversed().entries()) {
    const query = `mailbox=INBOX&uidValidity=${body.uidValidity}`;
    const name = names[uid - 1] ?? `broken ${index}`;
    for (const path of [`/api/messages/${uid}?${query}`, `/api/messages/${uid}/headers?${query}`, `/api/messages/${uid}/source?${query}&show=100000`]) {
      const answer = await ask(app, cookie, path);
      // It opens, or its kind of failure is known and its source still can be looked at.
      expect([name, path, answer.status === 200]).toEqual([name, path, true]);
      if (answer.took > 5_000) slow.push(`${name} ${path} ${Math.round(answer.took)} ms`);
    }
  }
  isOver = true;
  await neighbour;
  expect(slow).toEqual([]);
  waits.sort((a, b) => a - b);
  const [middle = 0, longest = 0] = [waits[waits.length >> 1], waits.at(-1)];
  process.stdout.write(`the neighbour: ${waits.length} windows, median ${middle.toFixed(0)} ms, longest ${longest.toFixed(0)} ms; the server grew by ${(peak - before).toFixed(0)} MB\n`);
  expect(longest).toBeLessThan(5_000);
  expect(middle).toBeLessThan(500);
  expect(peak - before).toBeLessThan(200);
  expect(app.log()).not.toContain('"code":"unexpected"');
  device.close();
});
