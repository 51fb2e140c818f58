import 'server-only';
import { readFileSync } from 'node:fs';
import { singleton } from './singleton.ts';

/**
 * Which build this process serves, by Next's name for it, read when it starts: another may be put in its place. Null:
 * none.
 */
export function buildId(): string | null {
  return singleton('build-id', () => ({ id: read() })).id;
}

function read(): string | null {
  try {
    return readFileSync('.next/BUILD_ID', 'utf8').trim();
  } catch {
    return null; // `next dev`, and tests without a browser.
  }
}
