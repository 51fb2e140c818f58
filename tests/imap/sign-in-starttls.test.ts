import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeConnection, openConnection } from '#server/imap/connection.ts';
import { password, startSignInFixture, user } from './sign-in-fixture.ts';
import type { SignInFixture } from './sign-in-fixture.ts';

let fixture: SignInFixture;

beforeAll(() => {
  fixture = startSignInFixture('starttls');
});
afterAll(() => fixture.end());

const signIn = (port: number) => openConnection({ host: 'localhost', port, user }, password);

test('STARTTLS is used before the password is sent', async () => {
  const server = await fixture.dovecot(fixture.ca.good);
  const client = await signIn(server.imapPort);
  expect(client.secureConnection).toBe(true);
  await closeConnection(client);
});

test('check 22: a server without STARTTLS never hears the password', async () => {
  const server = await fixture.dovecot(null);
  await expect(signIn(server.imapPort)).rejects.toMatchObject({ code: 'starttls-missing' });
});

test('check 23: a certificate for another host is refused', async () => {
  const server = await fixture.dovecot(fixture.ca.wrongHost);
  await expect(signIn(server.imapPort)).rejects.toMatchObject({ code: 'certificate-invalid' });
});

test('check 22: words put behind the answer to STARTTLS, before TLS stands, end it without a password', async () => {
  const answer = (line: string) => {
    const [tag = '', word = ''] = line.trim().split(' ');
    if (/^capability$/i.test(word)) return `* CAPABILITY IMAP4rev1 STARTTLS\r\n${tag} OK\r\n`;
    if (/^starttls$/i.test(word)) return `${tag} OK Begin\r\n* OK [ALERT] injected\r\nA9 OK LOGIN done\r\n`;
    return null;
  };
  const server = await fixture.greeter('* OK [CAPABILITY IMAP4rev1 STARTTLS] hello', null, { answer });
  await expect(signIn(server.port)).rejects.toMatchObject({ code: 'starttls-missing' });
  expect(server.heard()).not.toContain(password);
  expect(server.heard()).not.toMatch(/LOGIN|AUTHENTICATE/i);
});

test('check 22: PREAUTH on an open line is refused', async () => {
  const server = await fixture.greeter('* PREAUTH [CAPABILITY IMAP4rev1] welcome, root', null);
  await expect(signIn(server.port)).rejects.toMatchObject({ code: 'preauth-refused' });
  expect(server.heard()).not.toContain(password);
});
