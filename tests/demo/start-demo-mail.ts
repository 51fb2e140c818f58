import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '#tests/support/mail-server/free-port.ts';
import { hasManagesieve, managesieveConfig } from '#tests/support/mail-server/managesieve-config.ts';
import { startMailServer } from '#tests/support/mail-server/start-mail-server.ts';
import type { MailServer } from '#tests/support/mail-server/start-mail-server.ts';
import { colleagues, demoAccount, demoDir, readDemoState, writeDemoState } from './demo-account.ts';
import { sampleMailbox } from './mailbox/sample-mailbox.ts';
import { seedMailbox } from './seed-mailbox.ts';

const quotaShare = 0.62;

/** `sievePort`: where it offers ManageSieve; null where Debian's packages for that are not installed. */
export type DemoMail = MailServer & { sievePort: number | null };

/** The demo's Dovecot with its sample mailbox: written at the first start only, kept afterwards. */
export async function startDemoMail(say: (line: string) => void): Promise<DemoMail> {
  const state = readDemoState();
  const sample = state.quotaBytes === null ? sampleMailbox(new Date()) : null;
  const stored = sample ? sample.messages.reduce((sum, { raw }) => sum + raw.length, 0) : 0;
  const quotaBytes = state.quotaBytes ?? Math.round(stored / quotaShare);
  const { password } = demoAccount;
  const sievePort = hasManagesieve() ? await freePort() : null;
  const server = await startMailServer({
    dataDir: join(demoDir, 'mail'),
    users: [{ ...demoAccount, quotaBytes }, ...colleagues.map((user) => ({ user, password }))],
    extraConfig: sievePort === null ? '' : managesieveConfig(sievePort),
  });
  if (sample) {
    say(`Writing ${sample.messages.length} messages into the sample mailbox`);
    await seedMailbox({ port: server.imapPort, ...demoAccount }, sample);
    writeDemoState({ ...state, quotaBytes });
  }
  return Object.assign(server, { sievePort });
}

/** Tells other programs (the second device, tools) where the mail server listens. */
export function writeMailJson(details: Record<string, unknown>): void {
  writeFileSync(join(demoDir, 'mail.json'), `${JSON.stringify(details, null, 2)}\n`, { mode: 0o600 });
}
