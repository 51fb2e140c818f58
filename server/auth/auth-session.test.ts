import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findSessionRow, listSessionRows } from '#server/store/session-rows.ts';
import { accountKey } from './account.ts';
import { createAuthSession, openAuthSession } from './auth-session.ts';
import { keyIdOf } from './vault.ts';

const [a, b] = ['the-first-secret-of-these-tests-is-long', 'the-second-secret-of-these-tests-is-long'];
const account = { host: 'imap.example.test', port: 993, user: 'ann@example.test' };
const start = { kind: 'normal', device: 'Firefox, Linux', place: '192.0.2.1' } as const;
const password = 'marker-kingfisher-marker';
let dataDir = '';

/** The server is started anew with these settings; its store stays. */
function restart(settings: Record<string, string>): void {
  (globalThis as { pipitSingletons?: Map<string, unknown> }).pipitSingletons?.clear();
  const always = {
    APP_URL: 'http://localhost:3000',
    IMAP_HOST: 'imap.example.test',
    DATA_DIR: dataDir,
    SESSION_IDLE: '',
  };
  Object.assign(process.env, always, settings);
}

afterEach(() => {
  vi.useRealTimers();
});

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'pipit-sessions-'));
});

test('check 54: with a new secret in front sessions go on and are sealed anew; without the old one the rest sign in again', () => {
  restart({ APP_SECRET: a });
  const [used, unused] = [createAuthSession(account, password, start), createAuthSession(account, password, start)];
  restart({ APP_SECRET: `${b},${a}` });
  const opened = openAuthSession(used);
  expect(opened?.password).toBe(password);
  expect(findSessionRow(opened?.id ?? '')?.key_id).toBe(keyIdOf(b));
  restart({ APP_SECRET: b });
  expect(openAuthSession(used)?.password).toBe(password);
  expect(openAuthSession(unused)).toBeNull();
  expect(openAuthSession(createAuthSession(account, password, start))?.password).toBe(password);
});

test('check 20: nothing in the store’s files is the password, and its rows with every secret open nothing without the cookie', () => {
  restart({ APP_SECRET: a });
  const cookie = createAuthSession(account, password, start);
  const [row] = listSessionRows(accountKey(account));
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { parentPath, name } of files) {
    const octets = readFileSync(join(parentPath, name));
    for (const secret of [password, cookie, Buffer.from(cookie, 'base64url').toString('latin1')]) {
      expect(octets.includes(Buffer.from(secret, 'latin1'))).toBe(false);
    }
  }
  // The name of the row with another half of the key, and the other way round.
  const bytes = Buffer.from(cookie, 'base64url');
  const forged = Buffer.concat([bytes.subarray(0, 32), Buffer.alloc(32)]).toString('base64url');
  expect(row).toBeDefined();
  expect(openAuthSession(forged)).toBeNull();
  expect(openAuthSession(Buffer.concat([Buffer.alloc(32), bytes.subarray(32)]).toString('base64url'))).toBeNull();
  expect(openAuthSession(cookie)?.password).toBe(password);
});

test('check 17: the same name at another server is another account, with nothing of the first', () => {
  const elsewhere = { ...account, host: 'imap.attacker.test' };
  expect(accountKey(elsewhere)).not.toBe(accountKey(account));
  expect(accountKey({ ...account, port: 143 })).not.toBe(accountKey(account));
  restart({ APP_SECRET: a });
  createAuthSession(account, password, start);
  createAuthSession(elsewhere, 'theirs', start);
  expect(listSessionRows(accountKey(elsewhere))).toHaveLength(1);
});

test('check 52: a session that nobody uses ends at its idle limit, and one that is used at its absolute one', () => {
  const minute = 60_000;
  vi.useFakeTimers({ toFake: ['Date'] });
  const begin = Date.now();
  restart({ APP_SECRET: a, SESSION_IDLE: '600', SESSION_ABSOLUTE: '3600' });
  const idle = createAuthSession(account, password, start);
  // A page that only asks is nobody.
  for (let at = 1; at < 10; at += 1) {
    vi.setSystemTime(begin + at * minute);
    expect(openAuthSession(idle, { passive: true })).not.toBeNull();
  }
  vi.setSystemTime(begin + 10 * minute);
  expect(openAuthSession(idle, { passive: true })).toBeNull();
  expect(listSessionRows(accountKey(account))).toEqual([]);
  const used = createAuthSession(account, password, start);
  for (let at = 15; at < 70; at += 5) {
    vi.setSystemTime(begin + at * minute);
    expect(openAuthSession(used)).not.toBeNull();
  }
  vi.setSystemTime(begin + 70 * minute);
  expect(openAuthSession(used)).toBeNull();
});

test('an account has twenty sessions at most: the one used longest ago ends', () => {
  restart({ APP_SECRET: a, SESSION_IDLE: '', SESSION_ABSOLUTE: '' });
  for (let count = 0; count < 25; count += 1) createAuthSession(account, password, start);
  expect(listSessionRows(accountKey(account))).toHaveLength(20);
});
