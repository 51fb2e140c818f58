import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { password } from '#tests/e2e/start-app.ts';
import type { App } from '#tests/e2e/start-app.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import { signInByHttp } from './sign-in.ts';

const messages = 300;
/** Commands connections are closed after 60 s without use, a watch 30 s after its last listener. Seconds. */
const graceSeconds = 120;

interface Tally {
  signedIn: number;
  signedOut: number;
  left: number;
  read: number;
  linesLost: number;
  kicked: number;
  refused: number;
}

/**
 * A day of many people in some minutes: each signs in, listens, reads at random depths, loses the line, comes back with what it
 * knew, is thrown out by the mail server, signs out or just leaves. Prints a line a minute; answers lines of a report, of which the
 * last says what is left at the mail server once everybody is gone.
 */
export async function soak(app: App, users: readonly string[], seconds: number, say: (line: string) => void): Promise<string> {
  await Promise.all(users.map((user) => seed(app, user)));
  const tally: Tally = { signedIn: 0, signedOut: 0, left: 0, read: 0, linesLost: 0, kicked: 0, refused: 0 };
  const ending = new AbortController();
  const rows = ['| minute | memory MB | connections | signed in | reads | lines lost |', '| --- | --- | --- | --- | --- | --- |'];
  const started = Date.now();
  const people = users.map(async (user) => {
    while (!ending.signal.aborted) await oneVisit(app, user, tally, ending.signal);
  });
  const report = async (label: string) => {
    const row = `| ${label} | ${megabytes(app.pid).toFixed(0)} | ${await connections(app)} | ${tally.signedIn} | ${tally.read} | ${tally.linesLost} |`;
    say(row);
    rows.push(row);
  };
  await report('start');
  for (let minute = 1; Date.now() - started < seconds * 1000; minute += 1) {
    await pause(Math.min(60_000, Math.max(0, started + seconds * 1000 - Date.now())));
    await report(`${minute}`);
  }
  ending.abort();
  await Promise.all(people);
  for (let waited = 0; waited < graceSeconds && (await connections(app)) > 0; waited += 5) await pause(5_000);
  await report('all gone');
  return `${rows.join('\n')}\n\n${JSON.stringify(tally)}; left behind at the mail server: ${await connections(app)} connections (goal: 0)`;
}

async function seed(app: App, user: string): Promise<void> {
  const device = await connectRawImap(app.mail.imapPort, user, password);
  const have = Number(/MESSAGES (\d+)/.exec(await device.command('STATUS INBOX (MESSAGES)'))?.[1]);
  await device.append('INBOX', Array.from({ length: Math.max(0, messages - have) }, (_, index) => ({ raw: aMessage({ subject: `Number ${index}` }) })));
  device.close();
}

/** From signing in to being gone. What fails because the line or the server was lost is part of it. */
async function oneVisit(app: App, user: string, tally: Tally, ending: AbortSignal): Promise<void> {
  const cookie = await signInByHttp(app, user, password);
  tally.signedIn += 1;
  const get = async (path: string) => {
    const response = await fetch(app.address + path, { headers: { cookie } });
    if (!response.ok) tally.refused += 1;
    else tally.read += 1;
    return response.ok ? ((await response.json()) as { uidValidity: number; token: string; uidNext: number; rows?: { uid: number }[] }) : null;
  };
  let stream = await listen(app, cookie, '');
  for (let step = 0; step < 12 && !ending.aborted; step += 1) {
    const from = 1 + Math.floor(Math.random() * (messages - 50));
    const window = await get(`/api/messages?mailbox=INBOX&from=${from}&to=${from + 49}`);
    const [row] = window?.rows ?? [];
    if (window && row) await get(`/api/messages/${row.uid}?mailbox=INBOX&uidValidity=${window.uidValidity}&body=html`);
    if (Math.random() < 0.3) await get('/api/mailboxes');
    if (window && Math.random() < 0.25) {
      stream.abort();
      tally.linesLost += 1;
      const query = new URLSearchParams({ mailbox: 'INBOX', since: window.token, uidNext: `${window.uidNext}` });
      stream = await listen(app, cookie, `?${query.toString()}`);
    }
    if (Math.random() < 0.02) {
      tally.kicked += 1;
      await app.mail.doveadm('kick', user).catch(() => ''); // Nobody may be there to be kicked.
    }
    await pause(500 + Math.random() * 3_500, undefined, { signal: ending }).catch(() => {});
  }
  stream.abort();
  if (Math.random() < 0.2) {
    tally.left += 1; // The lid is closed and nobody comes back.
    return;
  }
  const headers = { cookie, origin: app.address, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
  const answer = await fetch(`${app.address}/api/sign-out`, { method: 'POST', headers, body: '{}' });
  if (answer.ok) tally.signedOut += 1;
}

/** Opens the change feed and reads it until it is aborted. */
async function listen(app: App, cookie: string, query: string): Promise<AbortController> {
  const line = new AbortController();
  const stream = await fetch(`${app.address}/api/events${query}`, { headers: { cookie }, signal: line.signal });
  void (async () => {
    const reader = stream.body?.getReader();
    while (!(await reader?.read())?.done);
  })().catch(() => {});
  return line;
}

function megabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

/** Of all people at the mail server. */
async function connections(app: App): Promise<number> {
  const who = await app.mail.doveadm('-f', 'tab', 'who', '-1');
  return who.split('\n').filter((line) => line.includes('@example.test\t')).length;
}
