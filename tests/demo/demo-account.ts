import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';

/** Where the demo keeps its mail, its secret and its settings. */
export const demoDir = resolve(process.env.DEMO_DIR ?? '.data/demo');

/** Signs in with this; the others exist so that mail to colleagues arrives somewhere. */
export const demoAccount = { user: 'ann@example.test', password: 'tidewater' };
export const colleagues = ['tomas', 'mei', 'priya', 'olu', 'jonas'].map((name) => `${name}@example.test`);

/** What stays between starts. */
export interface DemoState {
  appSecret: string;
  /** Octets that Ann may keep; chosen so that the seeded mailbox fills 62 % of it. Null until seeded. */
  quotaBytes: number | null;
}

export function readDemoState(): DemoState {
  mkdirSync(demoDir, { recursive: true });
  const file = join(demoDir, 'demo.json');
  // Written by writeDemoState below, in a folder of our own.
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as DemoState;
  const state: DemoState = { appSecret: randomBytes(32).toString('base64url'), quotaBytes: null };
  writeDemoState(state);
  return state;
}

export function writeDemoState(state: DemoState): void {
  writeFileSync(join(demoDir, 'demo.json'), `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
}
