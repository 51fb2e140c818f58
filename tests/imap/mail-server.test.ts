import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import nodemailer from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import { startMailServer } from '#tests/support/mail-server/start-mail-server.ts';
import type { MailServer } from '#tests/support/mail-server/start-mail-server.ts';
import { deliver, startSubmission } from '#tests/support/mail-server/start-submission.ts';
import type { Submission } from '#tests/support/mail-server/start-submission.ts';
import { makeTestCa } from '#tests/support/test-ca.ts';
import type { TestCa } from '#tests/support/test-ca.ts';

const password = 'kingfisher';
const users = ['ann@example.test', 'mei@example.test', 'full@example.test'].map((user) => ({ user, password }));
let dir: string;
let ca: TestCa;
let server: MailServer;
let submission: Submission;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pipit-mail-server-'));
  ca = makeTestCa(join(dir, 'ca'));
  const limited = users.map((user) => (user.user.startsWith('full') ? { ...user, quotaBytes: 2_000 } : user));
  server = await startMailServer({ dataDir: join(dir, 'mail'), users: limited, tls: ca.good });
  submission = await startSubmission({ lmtpPort: server.lmtpPort, users });
});

afterAll(async () => {
  await submission.stop();
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
});

function client(user: string, tls: { ca: string; starttls?: boolean; port?: number; host?: string }): ImapFlow {
  const { ca: authority, starttls = false, host = 'localhost', port = starttls ? server.imapPort : (server.imapsPort ?? 0) } = tls;
  return new ImapFlow({
    host,
    port,
    secure: !starttls,
    ...(starttls ? { doSTARTTLS: true } : {}),
    tls: { ca: authority },
    auth: { user, pass: password },
    logger: false,
  });
}

/** Every process whose command line names this data folder, besides the test itself. */
function processesOf(folder: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
    } catch {
      return false; // It ended while we looked.
    }
  });
}

test('a person signs in and finds the special mailboxes', async () => {
  const imap = await connectRawImap(server.imapPort, 'ann@example.test', password);
  const list = await imap.command('LIST (SPECIAL-USE) "" *');
  imap.close();
  for (const use of ['Drafts', 'Sent', 'Archive', 'Junk', 'Trash']) expect(list).toContain(`\\${use}`);
});

test('a wrong password is refused', async () => {
  await expect(connectRawImap(server.imapPort, 'ann@example.test', 'magpie')).rejects.toThrow(/AUTHENTICATIONFAILED/);
});

test('the server offers what Pipit lives on', async () => {
  const imap = await connectRawImap(server.imapPort, 'ann@example.test', password);
  const capability = await imap.command('CAPABILITY');
  imap.close();
  for (const name of ['CONDSTORE', 'QRESYNC', 'NOTIFY', 'IDLE', 'MOVE', 'UIDPLUS', 'LIST-STATUS', 'SPECIAL-USE', 'QUOTA', 'ESEARCH']) {
    expect(capability).toContain(name);
  }
});

test('a delivery through LMTP pushes EXISTS to who watches', async () => {
  const watcher = client('ann@example.test', { ca: ca.ca.certPem });
  await watcher.connect();
  const { exists: before } = await watcher.mailboxOpen('INBOX');
  const pushed = new Promise<number>((resolve) => watcher.once('exists', ({ count }) => resolve(count)));
  const idle = watcher.idle();
  await deliver(server.lmtpPort, 'mei@example.test', ['ann@example.test'], aMessage({ subject: 'Low tide at nine' }));
  expect(await pushed).toBe(before + 1);
  await watcher.noop();
  await idle;
  await watcher.logout();
});

test('what a person sends to themselves arrives', async () => {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: submission.port, auth: { user: 'mei@example.test', pass: password } });
  await transport.sendMail({ from: 'mei@example.test', to: 'mei@example.test', subject: 'Note to self', text: 'Bring the samples.' });
  const imap = await connectRawImap(server.imapPort, 'mei@example.test', password);
  await imap.command('SELECT INBOX');
  expect(await imap.command('FETCH 1:* BODY.PEEK[HEADER.FIELDS (SUBJECT)]')).toContain('Subject: Note to self');
  imap.close();
});

test('a recipient whom nobody knows is refused with 550, and so is a foreign sender with 553', async () => {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: submission.port, auth: { user: 'mei@example.test', pass: password } });
  const letter = { from: 'mei@example.test', to: 'nobody@elsewhere.example', text: 'Hello?' };
  await expect(transport.sendMail(letter)).rejects.toThrow(/550 5\.1\.1/);
  await expect(transport.sendMail({ ...letter, from: 'ann@example.test', to: 'mei@example.test' })).rejects.toThrow(/553/);
});

test('submission refuses a wrong password', async () => {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: submission.port, auth: { user: 'mei@example.test', pass: 'magpie' } });
  await expect(transport.verify()).rejects.toThrow(/535/);
});

test('a mailbox over its quota takes no more, and says so', async () => {
  const letter = aMessage({ text: 'x'.repeat(5_000) });
  await expect(deliver(server.lmtpPort, 'ann@example.test', ['full@example.test'], letter)).rejects.toThrow(/5\.2\.2/);
});

test.each([false, true])('TLS verifies against the test authority (STARTTLS: %s)', async (starttls) => {
  const imap = client('ann@example.test', { ca: ca.ca.certPem, starttls });
  await imap.connect();
  expect(imap.secureConnection).toBe(true);
  await imap.logout();
});

test('without the authority the certificate is not believed', async () => {
  const imap = client('ann@example.test', { ca: ca.selfSigned.certPem });
  await expect(imap.connect()).rejects.toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
});

test.each([
  ['expired', 'CERT_HAS_EXPIRED'],
  ['wrongHost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
] as const)('a certificate that is %s fails as that', async (kind, code) => {
  const other = await startMailServer({ dataDir: join(dir, `mail-${kind}`), users, tls: ca[kind] });
  try {
    const imap = client('ann@example.test', { ca: ca.ca.certPem, port: other.imapsPort ?? 0 });
    await expect(imap.connect()).rejects.toMatchObject({ code });
  } finally {
    await other.stop();
  }
});

test('names in any script, flags and dates survive a bulk append', async () => {
  const imap = await connectRawImap(server.imapPort, 'ann@example.test', password);
  await imap.create('Büro/神戸 & Söhne');
  const messages = Array.from({ length: 1_200 }, (_, index) => ({
    raw: aMessage({ subject: `No. ${index + 1}` }),
    flags: ['\\Seen', 'Work'],
    internalDate: new Date(Date.UTC(2024, 1, 29, 12, 0, index % 60)),
  }));
  await imap.append('Büro/神戸 & Söhne', messages);
  const all = await imap.command('LIST "" "*" RETURN (STATUS (MESSAGES UNSEEN))');
  expect(all).toContain('MESSAGES 1200 UNSEEN 0');
  expect(all).toContain('* LIST (\\Noselect) "/" B&APw-ro');
  const path = /LIST \([^)]*\) "\/" ("?B&APw-ro\/[^\r\n]+)/.exec(all)?.[1];
  await imap.command(`SELECT ${path}`);
  expect(await imap.command('FETCH 1 (FLAGS INTERNALDATE)')).toMatch(/Work.*29-Feb-2024 12:00:00 \+0000/);
  imap.close();
});

test('a new person can be added while it runs', async () => {
  const other = await startMailServer({ dataDir: join(dir, 'mail-grows'), users: [] });
  other.addUser({ user: 'new@example.test', password });
  const imap = await connectRawImap(other.imapPort, 'new@example.test', password);
  expect(await imap.command('NOOP')).toContain('OK');
  imap.close();
  await other.stop();
});

test('after a power cut it starts again on the same port with the same mail', async () => {
  const other = await startMailServer({ dataDir: join(dir, 'mail-cut'), users });
  const before = await connectRawImap(other.imapPort, 'ann@example.test', password);
  await before.append('INBOX', [{ raw: aMessage({ subject: 'Still here' }) }]);
  before.close();
  await other.kill();
  expect(existsSync(join(dir, 'mail-cut/run/master.pid'))).toBe(true);
  await other.start();
  const after = await connectRawImap(other.imapPort, 'ann@example.test', password);
  expect(await after.command('STATUS INBOX (MESSAGES)')).toContain('MESSAGES 1');
  after.close();
  await other.stop();
});

test('stopping leaves no process behind', async () => {
  const folder = join(dir, 'mail-ends');
  const other = await startMailServer({ dataDir: folder, users });
  const imap = await connectRawImap(other.imapPort, 'ann@example.test', password);
  expect(processesOf(folder).length).toBeGreaterThan(0);
  const { pid } = other;
  await other.stop();
  imap.close();
  expect(processesOf(folder)).toEqual([]);
  expect(() => process.kill(-pid, 0)).toThrow(/ESRCH/);
});
