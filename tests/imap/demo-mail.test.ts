import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blockByServer } from '#server/mail/sieve-rules.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import { deliver } from '#tests/support/mail-server/start-submission.ts';
import { subjectsIn } from './subjects-in.ts';

test('the demo’s mail server filters by itself where it can: what a blocked sender writes is in Spam, with nobody signed in', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pipit-demo-'));
  process.env.DEMO_DIR = dir; // Read when the demo's files are.
  const { demoAccount } = await import('#tests/demo/demo-account.ts');
  const { startDemoMail } = await import('#tests/demo/start-demo-mail.ts');
  const mail = await startDemoMail(() => {});
  try {
    const { user, password } = demoAccount;
    Object.assign(process.env, { SIEVE_HOST: '127.0.0.1', SIEVE_PORT: `${mail.sievePort}`, SIEVE_SECURITY: 'none' });
    Object.assign(process.env, { APP_URL: 'http://localhost:3000', APP_SECRET: 'a-secret-for-the-tests-of-the-imap-suite-only', IMAP_HOST: '127.0.0.1', IMAP_PORT: `${mail.imapPort}`, IMAP_SECURITY: 'none', SMTP_SECURITY: 'none', DATA_DIR: join(dir, 'pipit') });
    const auth = { id: 'demo', account: { host: '127.0.0.1', port: mail.imapPort, user }, password, publicComputer: false };
    expect(await blockByServer(auth, ['pest@ads.test'], [])).toBe(true);
    for (const [from, subject] of [['pest@ads.test', 'Ad'], ['ann@else.test', 'Letter']] as const) await deliver(mail.lmtpPort, from, [user], aMessage({ from, subject }));
    const device = await connectRawImap(mail.imapPort, user, password);
    expect(await subjectsIn(device, 'Junk')).toContain('Ad');
    const inbox = await subjectsIn(device, 'INBOX');
    expect(inbox).toContain('Letter');
    expect(inbox).not.toContain('Ad');
    device.close();
  } finally {
    await mail.stop();
    rmSync(dir, { recursive: true, force: true });
  }
});
