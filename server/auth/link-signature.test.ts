import { beforeAll, expect, test } from 'vitest';
import { isSignedLink, signLink } from './link-signature.ts';

beforeAll(() => {
  Object.assign(process.env, {
    APP_URL: 'http://localhost:3000',
    APP_SECRET: 'a-secret-for-the-tests-of-signatures-long',
    IMAP_HOST: 'localhost',
  });
});

const mine = { id: 'my-session' };
const url = 'https://pictures.test/a.png?b=c';
const now = Date.UTC(2026, 10, 25);
const day = 24 * 3600_000;

test('check 32: a signature holds for its session, use and address alone, and a picture’s for a day', () => {
  const signature = signLink(mine, 'image', url, now);
  const [until = '', mac = ''] = signature.split('.');
  expect(isSignedLink(mine, 'image', url, signature, now)).toBe(true);
  expect(isSignedLink(mine, 'image', url, signature, now + day - 1)).toBe(true);
  expect(isSignedLink(mine, 'image', url, signature, now + day)).toBe(false);
  expect(isSignedLink({ id: 'another-session' }, 'image', url, signature, now)).toBe(false);
  expect(isSignedLink(mine, 'leave', url, signature, now)).toBe(false);
  expect(isSignedLink(mine, 'image', `${url}d`, signature, now)).toBe(false);
  for (const forged of [
    '',
    '.',
    mac,
    `.${mac}`,
    `${Number(until) + day}.${mac}`,
    `${until}.`,
    `NaN.${mac}`,
    `${until}.${mac.slice(1)}`,
  ]) {
    expect(isSignedLink(mine, 'image', url, forged, now), forged).toBe(false);
  }
});
