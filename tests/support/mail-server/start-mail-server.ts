import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { dovecotConfig } from './dovecot-config.ts';
import { endStaleDovecot } from './end-stale-dovecot.ts';
import { freePort } from './free-port.ts';
import { greeting } from './greeting.ts';
import { isRoot, makeFoldersOf, unprivilegedOwner } from './unprivileged-owner.ts';

export interface MailUser {
  user: string;
  password: string;
  /** Octets; none means no limit. */
  quotaBytes?: number;
}

export interface MailServerOptions {
  dataDir: string;
  users: MailUser[];
  imapPort?: number;
  /** Files with a certificate chain and key; with them IMAPS listens and STARTTLS is offered. */
  tls?: { cert: string; key: string };
  /** Appended to dovecot.conf as it stands. */
  extraConfig?: string;
}

export interface MailServer {
  host: '127.0.0.1';
  imapPort: number;
  imapsPort: number | null;
  lmtpPort: number;
  pid: number;
  stop(): Promise<void>;
  /** SIGKILL to every process of it, as a power cut would. */
  kill(): Promise<void>;
  /** Starts again on the same ports and data. */
  start(): Promise<void>;
  pause(): void;
  resume(): void;
  addUser(user: MailUser): void;
  /** Holds from the next second on: Dovecot looks at the file's time in seconds. */
  setPassword(user: string, password: string): void;
  doveadm(...args: string[]): Promise<string>;
  log(): string;
}

const binary = '/usr/sbin/dovecot';
const startAttempts = 5;
const startPauseMs = 200;
const run = promisify(execFile);

/** Starts a real Dovecot as an unprivileged child process on its own ports and data folder; resolves when it greets. */
export async function startMailServer(options: MailServerOptions): Promise<MailServer> {
  const { dataDir } = options;
  const owner = unprivilegedOwner();
  const ports = {
    imap: options.imapPort ?? (await freePort()),
    imaps: options.tls ? await freePort() : null,
    lmtp: await freePort(),
  };
  makeFoldersOf(owner, [dataDir, join(dataDir, 'run'), join(dataDir, 'state'), join(dataDir, 'mail')]);
  const configFile = join(dataDir, 'dovecot.conf');
  const usersFile = join(dataDir, 'users');
  writeFileSync(configFile, dovecotConfig({ dir: dataDir, ports, owner, tls: options.tls ?? null, extra: options.extraConfig ?? '' }));
  writeFileSync(usersFile, options.users.map(userLine).join(''));

  let child: ChildProcess | null = null;
  const onExit = () => signalGroup('SIGKILL');

  /** Where its ports are held a moment longer by what a kill left dying, it is tried again. */
  async function start(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await startOnce();
      } catch (error) {
        if (attempt === startAttempts || child?.exitCode === null) throw error;
        await setTimeout(startPauseMs);
      }
    }
  }

  async function startOnce(): Promise<void> {
    process.off('exit', onExit).once('exit', onExit);
    await endStaleDovecot(join(dataDir, 'run/master.pid'), configFile);
    rmSync(join(dataDir, 'run/master.pid'), { force: true });
    child = spawn(binary, ['-F', '-c', configFile], {
      // Closed, not piped: a Dovecot that inherits a pipe keeps its reader waiting for ever.
      stdio: 'ignore',
      detached: true,
      ...(isRoot() ? { uid: owner.uid, gid: owner.gid } : {}),
    });
    await greeting(ports.imap, child);
  }

  function signalGroup(signal: NodeJS.Signals): void {
    try {
      if (child?.pid) process.kill(-child.pid, signal);
    } catch {
      // It has ended already.
    }
  }

  async function ended(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const exit = new Promise<void>((resolve) => ending.once('exit', () => resolve()));
    signalGroup('SIGCONT');
    signalGroup(signal);
    const timer = globalThis.setTimeout(() => signalGroup('SIGKILL'), 5_000);
    await exit;
    clearTimeout(timer);
    signalGroup('SIGKILL'); // Children that outlived the master.
    child = null;
  }

  await start();
  return {
    host: '127.0.0.1',
    imapPort: ports.imap,
    imapsPort: ports.imaps,
    lmtpPort: ports.lmtp,
    get pid() {
      return child?.pid ?? 0;
    },
    async stop() {
      await ended('SIGTERM');
      process.off('exit', onExit);
    },
    kill: () => ended('SIGKILL'),
    start,
    pause: () => signalGroup('SIGSTOP'),
    resume: () => signalGroup('SIGCONT'),
    addUser: (user) => appendFileSync(usersFile, userLine(user)),
    setPassword(user, password) {
      const lines = readFileSync(usersFile, 'utf8').split('\n');
      const changed = lines.map((line) => (line.startsWith(`${user}:`) ? userLine({ user, password }).trimEnd() : line));
      writeFileSync(usersFile, changed.join('\n'));
    },
    async doveadm(...args) {
      const { stdout } = await run('doveadm', ['-c', configFile, ...args], { maxBuffer: 64 * 1024 * 1024 });
      return stdout;
    },
    log: () => (existsSync(join(dataDir, 'dovecot.log')) ? readFileSync(join(dataDir, 'dovecot.log'), 'utf8') : ''),
  };
}

function userLine({ user, password, quotaBytes }: MailUser): string {
  const extra = quotaBytes ? `userdb_quota_rule=*:bytes=${quotaBytes}` : '';
  return `${user}:{PLAIN}${password}::::::${extra}\n`;
}
