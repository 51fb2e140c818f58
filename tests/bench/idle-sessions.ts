import { readFileSync } from 'node:fs';
import { password } from '#tests/e2e/start-app.ts';
import type { App } from '#tests/e2e/start-app.ts';
import { signInByHttp } from './sign-in.ts';

const idleSeconds = 20;
const atOnce = 10;
/** Linux counts processor time in hundredths of a second. */
const ticksPerSecond = 100;

/** Signs so many people in, opens each one's stream and lets them be; answers lines of a report. */
export async function idleSessions(app: App, users: readonly string[]): Promise<string> {
  // Everything is loaded once before it is weighed.
  const warm = await openSession(app, users[0] ?? '');
  const before = residentBytes(app.pid);
  const streams = [warm];
  const waiting = users.slice(1);
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let user = waiting.pop(); user; user = waiting.pop()) streams.push(await openSession(app, user));
    }),
  );
  await pause(5);
  const after = residentBytes(app.pid);
  const cpu = processorSeconds(app.pid);
  await pause(idleSeconds);
  const share = (processorSeconds(app.pid) - cpu) / idleSeconds;
  for (const stream of streams) stream.abort();
  const each = (after - before) / 1024 / (users.length - 1);
  return `${users.length} idle sessions with open streams: ${each.toFixed(0)} KB each above start (${(before / 2 ** 20).toFixed(0)} → ${(after / 2 ** 20).toFixed(0)} MB), ${(share * 100).toFixed(1)} % of a core (goal: 250 KB, 5 %)`;
}

async function openSession(app: App, user: string): Promise<AbortController> {
  const cookie = await signInByHttp(app, user, password);
  const stop = new AbortController();
  const page = await fetch(`${app.address}/api/messages?mailbox=INBOX&newest=50`, { headers: { cookie } });
  await page.text();
  const stream = await fetch(`${app.address}/api/events`, { headers: { cookie }, signal: stop.signal });
  const reader = stream.body?.getReader();
  // "live" is said once the watch stands.
  for (let told = ''; !told.includes('"live"'); ) {
    const piece = await reader?.read();
    if (!piece || piece.done) throw new Error('The stream ended');
    told += new TextDecoder().decode(piece.value);
  }
  return stop;
}

function residentBytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}

function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
