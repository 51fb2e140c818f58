import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { isMailError, MailError } from '#lib/errors.ts';
import { database } from '#server/store/database.ts';
import { limitSignIn } from './sign-in-limits.ts';
import type { SignInAttempt } from './sign-in-limits.ts';

beforeAll(() => {
  Object.assign(process.env, {
    APP_URL: 'http://localhost:3000',
    APP_SECRET: 'a-secret-for-the-tests-of-limits-that-is-long',
    IMAP_HOST: 'localhost',
    DATA_DIR: mkdtempSync(join(tmpdir(), 'pipit-limits-')),
  });
});

const refused = () => Promise.reject(new MailError('wrong-credentials'));
const codeOf = async (attempt: SignInAttempt, signIn: () => Promise<unknown>, now?: () => number) =>
  limitSignIn(attempt, signIn, now).then(
    () => 'signed-in',
    (error: unknown) => (isMailError(error) ? error.code : 'unknown'),
  );
const solve = (challenge: string) => {
  for (let number = 0; ; number += 1) {
    const digest = createHash('sha256').update(`${challenge}:${number}`).digest();
    if (digest.readUInt16BE(0) === 0) return `${number}`;
  }
};

test('check 56: 1,000 wrong passwords from one address are throttled, and another address signs in normally', async () => {
  const attempt = { client: '192.0.2.1', account: 'ann-56', isKnownDevice: false };
  let reached = 0;
  for (let i = 0; i < 1_000; i += 1) {
    await codeOf({ ...attempt, account: `someone-${i}` }, () => {
      reached += 1;
      return refused();
    });
  }
  expect(reached).toBeLessThanOrEqual(10);
  expect(await codeOf({ ...attempt, client: '192.0.2.2' }, () => Promise.resolve('in'))).toBe('signed-in');
});

test('check 57: an account guessed at from everywhere: the mail server sees few of it, the owner signs in at once', async () => {
  let reached = 0;
  for (let i = 0; i < 1_000; i += 1) {
    await codeOf({ client: `198.51.100.${i}`, account: 'bob-57', isKnownDevice: false }, () => {
      reached += 1;
      return refused();
    });
  }
  expect(reached).toBeLessThanOrEqual(20);
  const owner = { client: '203.0.113.5', account: 'bob-57', isKnownDevice: true };
  expect(await codeOf(owner, () => Promise.resolve('in'))).toBe('signed-in');
});

test('check 57: a thousand tries from everywhere at the same moment are two at a time, and no hindrance to the owner', async () => {
  let [reached, waiting, most] = [0, 0, 0];
  const slowly = async () => {
    reached += 1;
    waiting += 1;
    most = Math.max(most, waiting);
    await new Promise((resolve) => setTimeout(resolve, 5));
    waiting -= 1;
    throw new MailError('wrong-credentials');
  };
  const wave = () =>
    Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        codeOf({ client: `192.0.2.${i}`, account: 'dan-57', isKnownDevice: false }, slowly),
      ),
    );
  const first = wave();
  const owner = { client: '203.0.113.30', account: 'dan-57', isKnownDevice: true };
  expect(await codeOf(owner, () => Promise.resolve('in'))).toBe('signed-in');
  const codes = new Set(await first);
  for (let count = 1; count < 10; count += 1) for (const code of await wave()) codes.add(code);
  expect(most).toBe(2);
  expect(reached).toBeLessThanOrEqual(20);
  expect([...codes].sort()).toEqual(['too-many-attempts', 'wrong-credentials']);
});

test('a browser that is not known signs in with a proof of work, which is good once and for it alone', async () => {
  for (let i = 0; i < 20; i += 1) {
    await codeOf({ client: `198.51.100.${i}`, account: 'cy', isKnownDevice: false }, refused);
  }
  const attempt = { client: '203.0.113.6', account: 'cy', isKnownDevice: false };
  const asked = await limitSignIn(attempt, refused).catch((error: unknown) => error);
  expect(asked).toMatchObject({ code: 'proof-needed' });
  const challenge = isMailError(asked) ? (asked.challenge ?? '') : '';
  const proof = solve(challenge);
  const answered = { ...attempt, challenge, proof };
  expect(await codeOf({ ...answered, client: '203.0.113.7' }, refused)).toBe('proof-needed');
  expect(await codeOf({ ...answered, proof: 'x' }, refused)).toBe('proof-needed');
  expect(await codeOf(answered, () => Promise.resolve('in'))).toBe('signed-in');
  expect(await codeOf(answered, refused)).toBe('proof-needed');
});

test('checks 56 and 57: what was refused on one server process counts on every other that shares the store', async () => {
  const attempt = { client: '203.0.113.20', account: 'eve-56', isKnownDevice: false };
  for (let i = 0; i < 5; i += 1) expect(await codeOf(attempt, refused)).toBe('wrong-credentials');
  // Another process knows nothing but the store.
  (globalThis as { pipitSingletons?: Map<string, unknown> }).pipitSingletons?.clear();
  expect(await codeOf(attempt, refused)).toBe('too-many-attempts');
  expect(
    await codeOf(
      attempt,
      () => Promise.resolve('in'),
      () => Date.now() + 61_000,
    ),
  ).toBe('signed-in');
  const rows = JSON.stringify(database().prepare('SELECT * FROM sign_in_failures').all());
  for (const secret of ['203.0.113', 'eve-56']) expect(rows).not.toContain(secret);
});

test('a network that fails is not the guesser’s fault: it counts for nothing', async () => {
  const attempt = { client: '203.0.113.9', account: 'dee', isKnownDevice: false };
  const down = () => Promise.reject(new MailError('server-unreachable'));
  for (let i = 0; i < 50; i += 1) expect(await codeOf(attempt, down)).toBe('server-unreachable');
});
