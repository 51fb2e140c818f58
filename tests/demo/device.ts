import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { demoDir } from './demo-account.ts';
import { acts } from './device/acts.ts';
import type { Device } from './device/acts.ts';
import { weighted } from './device/weighted.ts';
import { makeRandom } from './mailbox/random.ts';

/** Plays another device of Ann's: every few seconds it does one thing over IMAP or LMTP and says so in one line. */
interface MailJson {
  host: string;
  imapPort: number;
  lmtpPort: number;
  user: string;
  password: string;
}

function mailJson(): MailJson {
  try {
    // Written by writeMailJson in start-demo-mail.ts.
    return JSON.parse(readFileSync(join(demoDir, 'mail.json'), 'utf8')) as MailJson;
  } catch {
    process.stderr.write('The demo has never run here: start it first with "npm run demo".\n');
    process.exit(1);
  }
}

function connect({ host, imapPort, user, password }: MailJson): ImapFlow {
  return new ImapFlow({ host, port: imapPort, secure: false, doSTARTTLS: false, auth: { user, pass: password }, logger: false });
}

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());

const limit = Number(process.argv.find((option) => option.startsWith('--acts='))?.slice('--acts='.length) ?? Infinity);
const hurry = process.argv.includes('--hurry');
const random = makeRandom(Date.now());

async function play(): Promise<void> {
  const mail = mailJson();
  const imap = connect(mail);
  imap.on('error', () => {}); // The act that was under way rejects; that is where it is dealt with.
  await imap.connect();
  const device: Device = { imap, lmtpPort: mail.lmtpPort, user: mail.user, random };
  process.stdout.write(`Another device of ${mail.user}; Ctrl-C ends it.\n`);
  for (let done = 0; done < limit && !stopping.signal.aborted; ) {
    const line = await weighted(acts, random).run(device);
    if (line === null) continue; // Nothing to do it to, such as no folder to rename yet.
    done += 1;
    process.stdout.write(`${new Date().toTimeString().slice(0, 8)}  ${line}\n`);
    await delay(hurry ? 20 : random.between(2_000, 4_000), undefined, { signal: stopping.signal }).catch(() => {});
  }
  await Promise.race([imap.logout(), delay(1_000)]);
}

try {
  await play();
  process.exit(0);
} catch (error) {
  if (stopping.signal.aborted) process.exit(0);
  const refused = error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
  process.stderr.write(refused ? 'The demo does not run: start it first with "npm run demo".\n' : `${String(error)}\n`);
  process.exit(1);
}
