import { expect, test } from 'vitest';
import { formatCookie, hashSessionId, makeCookie, open, parseCookie, seal } from './vault.ts';

const secret = 'a-secret-of-the-tests-that-is-long-enough';
const password = 'Kingfisher ✓ 鶺鴒';

function sealed() {
  const cookie = makeCookie();
  const context = { idHash: hashSessionId(cookie.id), accountKey: 'imap.example.test:993:ann' };
  return { cookie, context, envelope: seal(password, cookie, secret, context) };
}

test('a password opens with its cookie, its session and a secret of the ring', () => {
  const { cookie, context, envelope } = sealed();
  expect(open(envelope, cookie, ['a-newer-secret-that-came-in-front-of-it', secret], context)).toBe(password);
});

test('check 20: the store and the secret open nothing without the cookie, nor the cookie without the secret', () => {
  const { cookie, context, envelope } = sealed();
  expect(open(envelope, { ...cookie, clientKey: makeCookie().clientKey }, [secret], context)).toBeNull();
  expect(open(envelope, cookie, ['another-secret-that-is-long-enough-too'], context)).toBeNull();
  expect(envelope.ciphertext.includes(Buffer.from(password))).toBe(false);
});

test('an envelope moved to another account or session, or changed by one bit, does not open', () => {
  const { cookie, context, envelope } = sealed();
  expect(open(envelope, cookie, [secret], { ...context, accountKey: 'imap.example.test:993:mei' })).toBeNull();
  expect(open(envelope, cookie, [secret], { ...context, idHash: hashSessionId(makeCookie().id) })).toBeNull();
  const ciphertext = Buffer.from(envelope.ciphertext);
  ciphertext.writeUInt8(ciphertext.readUInt8(0) ^ 1, 0);
  expect(open({ ...envelope, ciphertext }, cookie, [secret], context)).toBeNull();
  expect(open({ ...envelope, ciphertext: ciphertext.subarray(0, 8) }, cookie, [secret], context)).toBeNull();
});

test('a cookie is read back, and anything else is none', () => {
  const cookie = makeCookie();
  expect(parseCookie(formatCookie(cookie))).toEqual(cookie);
  for (const text of ['', 'x'.repeat(85), 'x'.repeat(87), `${'x'.repeat(85)}=`]) expect(parseCookie(text)).toBeNull();
});
