import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#tests/support/mail-server/free-port.ts';
import { startMailServer } from '#tests/support/mail-server/start-mail-server.ts';
import type { MailServer } from '#tests/support/mail-server/start-mail-server.ts';
import { startSubmission } from '#tests/support/mail-server/start-submission.ts';
import { confined } from '#tests/support/confine.ts';
import { makeTestCa } from '#tests/support/test-ca.ts';

export const password = 'kingfisher';

export interface App {
  address: string;
  mail: MailServer;
  /** Of the submission server, which asks for TLS. */
  submissionPort: number;
  /** A user nobody has used yet. */
  nextUser(): string;
  /** Of the Node process. */
  readonly pid: number;
  /** SIGKILL to the Node process: it says goodbye to nobody. */
  kill(): Promise<void>;
  /** Starts it again on the same port and store. */
  revive(): Promise<void>;
  /** Where its store lies. */
  dataDir: string;
  /** Another server process on the same store and mail server; answers its address. */
  startAnother(): Promise<string>;
  /** What the server wrote to its log so far. */
  log(): string;
  stop(): Promise<void>;
}

export interface AppOptions {
  environment?: Record<string, string>;
  /** Where the mail stays; without it in a folder that goes with the app. */
  mailDir?: string;
  /** How many users there are. */
  people?: number;
  /** Appended to dovecot.conf. */
  extraConfig?: string;
  /** The server runs as nobody and can write into its DATA_DIR alone (confine.ts). */
  isConfined?: boolean;
  /** Stands between Pipit and the mail server's TLS port; answers the port to go to instead. */
  between?: (imapsPort: number) => Promise<number>;
  /** Another server process on the same store and the same mail server. */
  beside?: App;
}

/** The production build beside a real Dovecot, spoken to over TLS with a certificate of a test CA. */
export async function startApp({ environment, mailDir, extraConfig, between, people = 400, isConfined = false }: AppOptions = {}): Promise<App> {
  const dir = mkdtempSync(join(tmpdir(), 'pipit-e2e-'));
  chmodSync(dir, 0o755);
  const ca = makeTestCa(join(dir, 'tls'));
  const users = Array.from({ length: people }, (_, index) => ({ user: `person${index + 1}@example.test`, password }));
  const mail = await startMailServer({ dataDir: mailDir ?? join(dir, 'mail'), users, tls: ca.good, ...(extraConfig ? { extraConfig } : {}) });
  const submission = await startSubmission({ lmtpPort: mail.lmtpPort, users, tls: ca.good });
  const settings: NodeJS.ProcessEnv & { DATA_DIR: string } = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    APP_SECRET: 'a-secret-for-the-browser-tests-of-pipit-only',
    IMAP_HOST: 'localhost',
    IMAP_PORT: `${between ? await between(mail.imapsPort ?? 0) : mail.imapsPort}`,
    IMAP_SECURITY: 'tls',
    IMAP_TLS_CA: ca.ca.cert,
    SMTP_HOST: 'localhost',
    SMTP_PORT: `${submission.port}`,
    SMTP_SECURITY: 'starttls',
    SMTP_TLS_CA: ca.ca.cert,
    DATA_DIR: join(dir, 'pipit'),
    LOG_LEVEL: 'info',
    AUTHSERV_ID: 'mx.example.test',
    ...environment,
  };
  const wrap = (command: string[]) => (isConfined ? confined(command, { place: join(dir, 'program'), dataDir: settings.DATA_DIR }) : command);
  const server = await startServer(settings, wrap);
  const others: Server[] = [];
  // The first sixty are people that others write to: nobody starts with their mail.
  let used = people > 60 ? 60 : 0;
  return {
    address: server.address,
    mail,
    submissionPort: submission.port,
    get pid() {
      return server.pid();
    },
    kill: server.kill,
    revive: server.revive,
    dataDir: settings.DATA_DIR,
    nextUser: () => `person${(used += 1)}@example.test`,
    log: server.log,
    async startAnother() {
      const another = await startServer(settings);
      others.push(another);
      return another.address;
    },
    async stop() {
      await Promise.all([server, ...others].map((one) => one.stop()));
      await submission.stop();
      await mail.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

interface Server {
  address: string;
  pid(): number;
  log(): string;
  kill(): Promise<void>;
  revive(): Promise<void>;
  stop(): Promise<void>;
}

async function startServer(settings: NodeJS.ProcessEnv, wrap = (command: string[]) => command): Promise<Server> {
  const port = await freePort();
  const address = `http://localhost:${port}`;
  let text = '';
  let pid = 0;
  let end: (signal: NodeJS.Signals) => Promise<void> = () => Promise.resolve();

  async function revive(): Promise<void> {
    const [program = '', ...words] = wrap([process.execPath, '--disable-warning=ExperimentalWarning', '--max-semi-space-size=4', 'server/start.ts']);
    const child = spawn(program, words, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { MALLOC_ARENA_MAX: '1', APP_URL: address, ...settings, PORT: `${port}` },
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const ended = once(child, 'exit');
    pid = child.pid ?? 0;
    end = async (signal) => {
      child.kill(signal);
      await ended;
    };
    const isUp = await Promise.race([answers(`${address}/readyz`), ended.then(() => false)]);
    if (!isUp) throw new Error(`The server did not start: ${text}`);
  }

  await revive();
  return {
    address,
    pid: () => pid,
    log: () => text,
    revive,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

async function answers(address: string): Promise<boolean> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const response = await fetch(address).catch(() => null);
    if (response?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
