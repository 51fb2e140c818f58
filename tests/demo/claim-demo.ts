import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoDir } from './demo-account.ts';

/** Two demos on one data folder would break each other: the second one is told so. Gives back what ends the claim. */
export function claimDemo(): () => void {
  mkdirSync(demoDir, { recursive: true });
  const file = join(demoDir, 'running');
  const other = Number(read(file));
  if (other && read(`/proc/${other}/cmdline`).includes('tests/demo/main.ts')) {
    throw new Error(`The demo is running already (process ${other}); end it there with Ctrl-C.`);
  }
  writeFileSync(file, `${process.pid}\n`);
  return () => rmSync(file, { force: true });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // Not there: nobody runs.
  }
}
