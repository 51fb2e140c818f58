import { openSync, writeSync, ftruncateSync } from 'node:fs';
import { inspect } from 'node:util';
import fc from 'fast-check';

/** Runs in a process of its own (run-fuzz.ts): what hangs or dies here takes nobody along. */
const [seconds, seed, only, inputFile] = JSON.parse(process.argv[2] ?? '[]') as [number, number, string, string];
Object.assign(process.env, {
  APP_URL: 'http://localhost:3000',
  APP_SECRET: 'a-secret-for-the-fuzzer-that-is-long-enough',
  IMAP_HOST: '127.0.0.1',
  IMAP_SECURITY: 'none',
  SMTP_SECURITY: 'none',
  TRUSTED_PROXIES: '1',
  LOG_LEVEL: 'error',
  DATA_DIR: `${inputFile}.data`,
});
const { targets } = await import('./targets.ts');

const chosen = targets.filter(({ name }) => name.includes(only));
const input = openSync(inputFile, 'w');
let cases = 0;
let slowest = 0;
let beat = 0;
let startedAt = 0;

/** Remembers what is tried, so that whoever finds this process hanging can say on what. */
function onInput(value: unknown): void {
  measure();
  cases += 1;
  const text = inspect(value, { depth: 3, maxStringLength: 500, maxArrayLength: 20 });
  ftruncateSync(input);
  writeSync(input, text, 0);
  const now = performance.now();
  if (now - beat > 1_000) {
    beat = now;
    globalThis.gc?.(); // What is only not collected yet is no growth.
    tell({ type: 'beat' });
  }
  startedAt = performance.now();
}

/** The case before ends where the next one begins. */
function measure(): void {
  if (startedAt > 0) slowest = Math.max(slowest, performance.now() - startedAt);
}

function tell(message: Record<string, unknown>): void {
  if (process.env.FUZZ_MEMORY) console.log(message.type, message.name ?? '', Object.entries(process.memoryUsage()).map(([k, v]) => `${k} ${(v / 1e6).toFixed(0)}`).join(' '));
  process.send?.({ ...message, rss: process.memoryUsage.rss() });
}

const shares = chosen.reduce((sum, { share }) => sum + share, 0);
for (const { name, share, property } of chosen) {
  cases = 0;
  slowest = 0;
  startedAt = 0;
  tell({ type: 'begin', name });
  const details = await fc.check(property(onInput), {
    seed,
    numRuns: 100_000_000,
    interruptAfterTimeLimit: (seconds * 1000 * share) / shares,
    markInterruptAsFailure: false,
    endOnFailure: false,
  });
  measure();
  globalThis.gc?.();
  const failure = details.failed
    ? { path: details.counterexamplePath, error: String(details.errorInstance), input: inspect(details.counterexample, { depth: 5, maxStringLength: 2_000 }) }
    : null;
  tell({ type: 'end', name, cases, slowest, failure });
}
process.disconnect();
process.exit(0);
