import { afterAll, expect, test } from 'vitest';
import { submit } from '#server/smtp/submit.ts';
import { env } from '#server/env.ts';
import { startScriptedSubmission } from '#tests/support/mail-server/scripted-submission.ts';
import type { ScriptedSubmission } from '#tests/support/mail-server/scripted-submission.ts';
import { startSignInFixture } from './sign-in-fixture.ts';

const fixture = startSignInFixture('starttls');
const { ca } = fixture;
const servers: ScriptedSubmission[] = [];
process.env.SMTP_TLS_CA = ca.ca.cert;
afterAll(async () => {
  for (const server of servers) await server.stop();
  await fixture.end();
});

const account = { host: 'localhost', port: 1, user: 'ann@example.test' };

async function sendThrough(certificate: { cert: string; key: string } | null, security: 'tls' | 'starttls') {
  const server = await startScriptedSubmission(certificate ? { tls: { ...certificate, implicit: security === 'tls' } } : {});
  servers.push(server);
  // The settings are frozen at the top only: a server of its own for each test.
  Object.assign(env().smtp, { host: 'localhost', port: server.port, security });
  const envelope = { from: account.user, to: ['bob@else.test'], size: 20, notifyAs: null, has8Bit: false };
  const content = (async function* all() { yield Buffer.from('Subject: x\r\n\r\nx\r\n'); })();
  const result = await submit(account, 'kingfisher', envelope, content, () => {}).catch((error: unknown) => error);
  return { result, server };
}

test.each(['tls', 'starttls'] as const)('with a certificate that is good the message goes over %s', async (security) => {
  const { result, server } = await sendThrough(ca.good, security);
  expect(result).toMatchObject({ kind: 'taken', accepted: ['bob@else.test'] });
  expect(server.taken).toHaveLength(1);
});

test.each([
  ['expired', 'tls'], ['expired', 'starttls'], ['selfSigned', 'tls'], ['selfSigned', 'starttls'], ['wrongHost', 'tls'], ['wrongHost', 'starttls'],
] as const)('check 23: a certificate that is %s ends it over %s, and no password is shown', async (kind, security) => {
  const { result, server } = await sendThrough(ca[kind], security);
  expect(result).toMatchObject({ code: 'certificate-invalid' });
  expect(server.taken).toHaveLength(0);
});

test('check 22: a server without STARTTLS gets neither password nor message', async () => {
  const { result, server } = await sendThrough(null, 'starttls');
  expect(result).toMatchObject({ code: 'starttls-missing' });
  expect(server.taken).toHaveLength(0);
});
