import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface FuzzOptions {
  seconds: number;
  /** The same seed tries the same inputs in the same order. */
  seed: number;
  /** Only targets whose name has this. */
  only?: string;
  onTarget?: (told: TargetReport) => void;
}

export interface TargetReport {
  name: string;
  cases: number;
  /** Milliseconds of the slowest case. */
  slowest: number;
}

export interface FuzzReport {
  targets: TargetReport[];
  /** Octets that the process grew beyond what it had after the first target. */
  growth: number;
  /** What broke: a thrown error, a broken promise, a hang, growth, or the end of the process. */
  failures: string[];
}

/** Milliseconds after which a case is a hang, and octets that are too much (check 68). */
const hangMs = 5_000;
const mostGrowth = 200 * 1024 * 1024;

interface Told {
  type: 'begin' | 'beat' | 'end';
  name?: string;
  cases?: number;
  slowest?: number;
  failure?: { path: string; error: string; input: string } | null;
  rss: number;
}

/** Tries hostile input on everything that reads some, in a process of its own, for so many seconds. */
export async function runFuzz({ seconds, seed, only = '', onTarget = () => {} }: FuzzOptions): Promise<FuzzReport> {
  const dir = mkdtempSync(join(tmpdir(), 'pipit-fuzz-'));
  const inputFile = join(dir, 'input');
  const report: FuzzReport = { targets: [], growth: 0, failures: [] };
  const worker = fork(join(import.meta.dirname, 'worker.ts'), [JSON.stringify([seconds, seed, only, inputFile])], {
    execArgv: ['--conditions=react-server', '--expose-gc', '--disable-warning=ExperimentalWarning'],
  });
  const again = (name: string) => `npm run fuzz -- --seconds=${seconds} --seed=${seed} --only="${name}"`;
  let name = '';
  let base = 0;
  let watchdog: NodeJS.Timeout | undefined;
  const watch = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => {
      report.failures.push(`${name}: no end within ${hangMs} ms on ${readFileSync(inputFile, 'utf8')}\n${again(name)}`);
      worker.kill('SIGKILL');
    }, hangMs + 1_000);
  };
  worker.on('message', (message) => {
    const told = message as Told; // Our own worker's words.
    watch();
    if (told.type === 'begin') name = told.name ?? '';
    if (told.type === 'end') {
      const { cases = 0, slowest = 0, failure } = told;
      report.targets.push({ name, cases, slowest });
      onTarget({ name, cases, slowest });
      if (failure) report.failures.push(`${name}: ${failure.error}\non ${failure.input}\n${again(name)} (path ${failure.path})`);
      base ||= told.rss;
    }
    if (base > 0) report.growth = Math.max(report.growth, told.rss - base);
  });
  const code = await new Promise<number | null>((resolve) => worker.once('exit', resolve));
  clearTimeout(watchdog);
  if (code !== 0 && report.failures.length === 0) report.failures.push(`${name}: the process ended with ${code} on ${readFileSync(inputFile, 'utf8')}\n${again(name)}`);
  if (report.growth > mostGrowth) report.failures.push(`It grew by ${Math.round(report.growth / 1024 / 1024)} MB`);
  rmSync(dir, { recursive: true, force: true });
  return report;
}
