import { afterAll, beforeAll, expect, test } from 'vitest';
import { isMailError } from '#lib/errors.ts';
import type { MailErrorCode } from '#lib/errors.ts';
import { closeConnection, openConnection } from '#server/imap/connection.ts';
import { freePort } from '#tests/support/mail-server/free-port.ts';
import type { MailServer } from '#tests/support/mail-server/start-mail-server.ts';
import { password, startSignInFixture, user } from './sign-in-fixture.ts';
import type { SignInFixture } from './sign-in-fixture.ts';

let fixture: SignInFixture;
let good: MailServer;

beforeAll(async () => {
  fixture = startSignInFixture('tls');
  good = await fixture.dovecot(fixture.ca.good);
});
afterAll(() => fixture.end());

const signIn = (port: number | null, secret = password) => openConnection({ host: 'localhost', port: port ?? 0, user }, secret);

async function refusal(attempt: Promise<unknown>): Promise<MailErrorCode | 'signed in'> {
  return attempt.then(
    () => 'signed in' as const,
    (error: unknown) => {
      if (isMailError(error)) return error.code;
      throw error;
    },
  );
}

test('the right password signs in over TLS', async () => {
  const client = await signIn(good.imapsPort);
  expect(client.secureConnection).toBe(true);
  await closeConnection(client);
});

test('a wrong password is called a wrong password', async () => {
  expect(await refusal(signIn(good.imapsPort, 'cormorant'))).toBe('wrong-credentials');
});

test('nobody listening is unreachable', async () => {
  expect(await refusal(signIn(await freePort()))).toBe('server-unreachable');
});

test.each(['expired', 'wrongHost', 'selfSigned'] as const)('check 23: a certificate that is %s is refused before the password is sent', async (kind) => {
  const server = await fixture.greeter('* OK hello', fixture.ca[kind]);
  expect(await refusal(signIn(server.port))).toBe('certificate-invalid');
  expect(server.heard()).toBe('');
});

test('check 22: PREAUTH is refused and nothing secret is sent', async () => {
  const server = await fixture.greeter('* PREAUTH [CAPABILITY IMAP4rev1] welcome, root', fixture.ca.good);
  expect(await refusal(signIn(server.port))).toBe('preauth-refused');
  expect(server.heard()).not.toContain(password);
  expect(server.heard()).not.toMatch(/LOGIN|AUTHENTICATE/i);
});

test('a server that speaks nothing newer than TLS 1.1 is refused before the password is sent', async () => {
  const tls = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' } as const;
  const old = await fixture.greeter('* OK hello', fixture.ca.good, { tls });
  expect(await refusal(signIn(old.port))).not.toBe('signed in');
  expect(old.heard()).toBe('');
  // The same server with TLS 1.2 is spoken to: it was the version.
  const newer = await fixture.greeter('* BYE hello', fixture.ca.good, { tls: { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } });
  expect(['server-unavailable', 'server-unreachable']).toContain(await refusal(signIn(newer.port)));
});

test('a server that says BYE is unavailable', async () => {
  const server = await fixture.greeter('* BYE down for the night', fixture.ca.good);
  expect(['server-unavailable', 'server-unreachable']).toContain(await refusal(signIn(server.port)));
});

test('one connection too many is not called a wrong password', async () => {
  const narrow = await fixture.dovecot(fixture.ca.good, 'protocol imap {\n  mail_max_userip_connections = 1\n}\n');
  const first = await signIn(narrow.imapsPort);
  expect(await refusal(signIn(narrow.imapsPort))).toBe('too-many-connections');
  await closeConnection(first);
});
