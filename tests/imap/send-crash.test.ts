import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOutboxRow } from '#server/store/outbox-rows.ts';
import { makeRandom } from '#tests/demo/mailbox/random.ts';
import { rawMessages } from '#tests/support/mail-server/raw-messages.ts';
import { startSendFixture } from './send-fixture.ts';
import type { SendFixture, Writer } from './send-fixture.ts';

let fixture: SendFixture;
/** The program that is killed, as one file: to start it from its hundreds of files would be most of this test. */
let compiled: string;
const alive = new Set<ChildProcess>();

beforeAll(async () => {
  fixture = await startSendFixture({ runs: false });
  compiled = mkdtempSync(join(tmpdir(), 'pipit-compiled-'));
  const conditions = ['react-server', 'node', 'import', 'default'];
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    resolve: { conditions },
    ssr: { noExternal: true, resolve: { conditions } },
    build: { ssr: 'tests/imap/outbox-process.ts', outDir: compiled, target: 'node24', minify: false, rollupOptions: { output: { entryFileNames: 'outbox-process.mjs' } } },
  });
  await (await startProcess()).leave(); // Fills the cache of compiled code.
});
afterAll(async () => {
  for (const child of alive) child.kill('SIGKILL');
  await fixture.end();
  rmSync(compiled, { recursive: true, force: true });
});

/** A server process; resolves when its outbox runs. */
async function startProcess() {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(compiled, 'outbox-process.mjs')], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(compiled, 'cache') },
  });
  alive.add(child);
  const exit = once(child, 'exit').then(() => alive.delete(child));
  await Promise.race([once(child.stdout, 'data'), exit]);
  return {
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
    async leave() {
      child.stdin.end();
      await exit;
    },
  };
}

const kills = 200;
const perProcess = 8;
const seed = 20261125;

test(`three server processes killed ${kills} times while sending: no message is lost, none is sent twice`, { timeout: 240_000 }, async () => {
  const random = makeRandom(seed);
  fixture.smtp.script.answerAfter = 3;
  const writers: Writer[] = [];
  for (let n = 0; n < 8; n += 1) writers.push(await fixture.newWriter());
  const jobs: { id: string; writer: Writer; subject: string }[] = [];
  const queue = async () => {
    const writer = writers[jobs.length % writers.length] as Writer;
    const subject = `Message ${jobs.length}`;
    const job = { id: '', writer, subject };
    jobs.push(job);
    job.id = (await writer.send({ subject })).id;
  };
  let killed = 0;
  let queued = 0;
  const loop = async () => {
    while (killed < kills) {
      const child = await startProcess();
      while (queued < (killed / kills) * 80 + perProcess) {
        queued += 1;
        await queue();
      }
      await delay(random.between(0, 160));
      killed += 1;
      await child.kill();
    }
  };
  await Promise.all([loop(), loop(), loop()]);
  const last = await startProcess();
  const ends = ['sent', 'unsure'];
  const isOver = () => jobs.every(({ id }) => ends.includes(findOutboxRow(id)?.state ?? ''));
  const deadline = Date.now() + 60_000;
  while (!isOver() && Date.now() < deadline) await delay(50);
  await delay(200); // The last look for second copies.
  await last.kill();

  const taken = Map.groupBy(fixture.smtp.taken, ({ raw }) => /^Subject: (.*)\r$/m.exec(raw.toString('latin1'))?.[1]);
  const copies = new Map<string, number>();
  const drafts: string[] = [];
  for (const { device } of writers) {
    for (const raw of await rawMessages(device, 'Sent')) {
      const subject = /^Subject: (.*)\r$/m.exec(raw)?.[1] ?? '';
      copies.set(subject, (copies.get(subject) ?? 0) + 1);
    }
    drafts.push(...(await rawMessages(device, 'Drafts')));
  }
  const unsure: string[] = [];
  for (const { id, subject } of jobs) {
    const state = findOutboxRow(id)?.state;
    const times = taken.get(subject)?.length ?? 0;
    if (state === 'unsure') {
      // Told to the person, who still has the draft; never twice.
      unsure.push(subject);
      expect(times, subject).toBeLessThanOrEqual(1);
      expect(drafts.some((raw) => raw.includes(`Subject: ${subject}\r\n`)), subject).toBe(true);
      continue;
    }
    expect([subject, state, times, copies.get(subject)]).toEqual([subject, 'sent', 1, 1]);
    expect(drafts.some((raw) => raw.includes(`Subject: ${subject}\r\n`)), subject).toBe(false);
  }
  process.stdout.write(`killed ${killed} times over ${jobs.length} messages; of unknown fate and told so: ${unsure.length}\n`);
  expect(unsure.length).toBeLessThan(jobs.length / 4);
});
