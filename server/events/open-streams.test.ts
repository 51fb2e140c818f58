import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { countStream } from './open-streams.ts';

beforeAll(() => {
  Object.assign(process.env, {
    APP_URL: 'http://localhost:3000',
    APP_SECRET: 'a-secret-for-the-tests-of-streams-that-is-long',
    IMAP_HOST: 'localhost',
    DATA_DIR: mkdtempSync(join(tmpdir(), 'pipit-streams-')),
  });
});

/** Opens streams and tells which are still open, oldest first. */
function browser() {
  const open = new Set<string>();
  return {
    open,
    start(session: string, address: string, name: string) {
      let forget = () => {};
      const end = () => {
        open.delete(name);
        forget();
      };
      open.add(name);
      forget = countStream(session, address, end);
      return end;
    },
  };
}

test('check 81: 50 streams of one session leave the four newest', () => {
  const { open, start } = browser();
  const ends = Array.from({ length: 50 }, (_, index) => start('s', '192.0.2.1', `${index}`));
  expect([...open]).toEqual(['46', '47', '48', '49']);
  for (const end of ends) end();
});

test('check 81: one address has 20 streams, whatever many sessions open', () => {
  const { open, start } = browser();
  const ends: (() => void)[] = [];
  for (let session = 0; session < 20; session += 1) {
    for (let stream = 0; stream < 4; stream += 1) {
      ends.push(start(`s${session}`, '192.0.2.2', `${session}.${stream}`));
    }
  }
  expect(open.size).toBe(20);
  expect(new Set([...open].map((name) => name.split('.')[0])).size).toBe(20);
  for (const end of ends) end();
});

test('a hundred people behind one address have a stream each, and nobody ends another’s', () => {
  const { open, start } = browser();
  const ends = Array.from({ length: 100 }, (_, person) => start(`p${person}`, '192.0.2.3', `${person}`));
  expect(open.size).toBe(100);
  // A reload overlaps: the new stream takes the old one's place.
  ends.push(start('p0', '192.0.2.3', 'reloaded'));
  expect(open.size).toBe(100);
  expect(open.has('0')).toBe(false);
  for (const end of ends) end();
  const later = browser();
  later.start('q', '192.0.2.3', 'first');
  later.start('q', '192.0.2.3', 'second');
  expect(later.open.size).toBe(2);
});
