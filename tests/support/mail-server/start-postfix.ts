import { spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { unpackDebianPackages } from '../debian-packages.mjs';
import { freePort } from './free-port.ts';
import { greeting } from './greeting.ts';
import { isRoot, makeFoldersOf, unprivilegedOwner } from './unprivileged-owner.ts';

export interface PostfixOptions {
  dataDir: string;
  /** People of the domain example.test; mail to others of it is refused, mail to any other domain is thrown away. */
  users: readonly string[];
  /** Where their mail goes. */
  lmtpPort: number;
  /** Where Dovecot checks passwords. */
  authPort: number;
  tls?: { cert: string; key: string };
  /** Octets a message may have. */
  size?: number;
  utf8?: boolean;
  /** Asked before each recipient is taken; null: Postfix decides. Else what it answers, such as `450 4.2.0 Later`. */
  judge?: (recipient: string) => string | null;
}

export interface Postfix {
  port: number;
  /** What it wrote to its log. */
  log(): string;
  stop(): Promise<void>;
}

/** A machine has one mail transport, which is not ours to change: so Postfix lies here. */
const unpacked = resolve('.data/postfix');
const libraries = join(unpacked, 'usr/lib/postfix');
const programs = join(libraries, 'sbin');
const queues = ['active', 'bounce', 'corrupt', 'defer', 'deferred', 'flush', 'hold', 'incoming', 'private', 'public', 'saved', 'trace', 'maildrop'];

interface Service {
  name: string;
  program?: string;
  type?: 'inet' | 'unix' | 'unix-dgram';
  isPrivate?: boolean;
  /** Processes at most; Postfix insists on some of these numbers. 0: as many as it takes. */
  most?: number;
}

/** As in Debian's master.cf (master(5)). */
const innerServices: readonly Service[] = [
  { name: 'cleanup', isPrivate: false, most: 0 },
  { name: 'qmgr', isPrivate: false, most: 1 },
  { name: 'tlsmgr', most: 1 },
  { name: 'rewrite', program: 'trivial-rewrite' },
  { name: 'bounce', most: 0 },
  { name: 'defer', program: 'bounce', most: 0 },
  { name: 'trace', program: 'bounce', most: 0 },
  { name: 'verify', most: 1 },
  { name: 'proxymap' },
  { name: 'smtp' },
  { name: 'lmtp' },
  { name: 'error' },
  { name: 'retry', program: 'error' },
  { name: 'discard' },
  { name: 'anvil', most: 1 },
  { name: 'scache', most: 1 },
];

function service({ name, program = name, type = 'unix', isPrivate = true, most }: Service): string {
  return [name, type, isPrivate ? '-' : 'n', '-', 'n', '-', most ?? '-', program].join(' ');
}

/** Its master runs as root and gives that up for each of its processes. */
export const canStartPostfix = isRoot();

/** Starts Debian's Postfix as a submission server on its own port, queue and configuration; resolves when it greets. */
export async function startPostfix({ dataDir, users, lmtpPort, authPort, tls, size = 10_240_000, utf8 = true, judge = () => null }: PostfixOptions): Promise<Postfix> {
  unpackDebianPackages(unpacked, ['postfix']);
  const owner = unprivilegedOwner();
  const port = await freePort();
  const queue = join(dataDir, 'queue');
  const logFile = join(dataDir, 'postfix.log');
  makeFoldersOf(owner, [join(dataDir, 'data'), ...queues.map((name) => join(queue, name))]);
  // The queue itself and what it says of its processes stay root's.
  for (const folder of [queue, join(queue, 'pid')]) {
    mkdirSync(folder, { recursive: true });
    chownSync(folder, 0, 0);
  }
  chmodSync(join(queue, 'maildrop'), 0o730);
  chmodSync(join(queue, 'public'), 0o710);
  const people = join(dataDir, 'people');
  writeFileSync(people, users.map((user) => `${user} ${user}\n`).join(''));
  const policy = await answerPolicy(judge);
  writeFileSync(join(dataDir, 'main.cf'), `
compatibility_level = 3.6
queue_directory = ${queue}
data_directory = ${join(dataDir, 'data')}
command_directory = ${join(unpacked, 'usr/sbin')}
daemon_directory = ${programs}
shlib_directory = ${libraries}
meta_directory = ${join(unpacked, 'etc/postfix')}
import_environment = MAIL_CONFIG MAIL_LOGTAG TZ LANG=C LD_LIBRARY_PATH
maillog_file = ${logFile}
maillog_file_prefixes = ${dataDir}
mail_owner = ${owner.name}
setgid_group = mail
default_privs = daemon
myhostname = mx.example.test
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = example.test
virtual_mailbox_maps = texthash:${people}
virtual_transport = lmtp:inet:127.0.0.1:${lmtpPort}
default_transport = discard
relay_transport = discard
message_size_limit = ${size}
mailbox_size_limit = 0
smtputf8_enable = ${utf8 ? 'yes' : 'no'}
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:${authPort}
smtpd_sender_login_maps = texthash:${people}
smtpd_sender_restrictions = reject_sender_login_mismatch
smtpd_recipient_restrictions = reject_unlisted_recipient, check_policy_service inet:127.0.0.1:${policy.port}, permit_sasl_authenticated, reject
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_delay_reject = yes
bounce_queue_lifetime = 0
smtpd_client_restrictions =
smtpd_peername_lookup = no
smtpd_timeout = 30s
${tls ? `smtpd_tls_cert_file = ${tls.cert}\nsmtpd_tls_key_file = ${tls.key}\nsmtpd_tls_security_level = encrypt\nsmtpd_tls_auth_only = yes\nsmtpd_tls_received_header = yes` : ''}
`);
  writeFileSync(join(dataDir, 'master.cf'), [
    service({ name: `127.0.0.1:${port}`, type: 'inet', isPrivate: false, program: 'smtpd' }),
    service({ name: 'postlog', type: 'unix-dgram', isPrivate: false, most: 1, program: 'postlogd' }),
    ...innerServices.map(service),
    '',
  ].join('\n'));
  const child = spawn(join(programs, 'master'), ['-d', '-c', dataDir], {
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, MAIL_CONFIG: dataDir, LD_LIBRARY_PATH: [libraries, ...systemLibraries()].join(':') },
  });
  const killAll = () => {
    try {
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // They have ended already.
    }
  };
  process.once('exit', killAll);
  const log = () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
  try {
    await greeting(port, child);
  } catch (error) {
    killAll();
    throw new Error(`Postfix does not greet: ${log()}`, { cause: error });
  }
  return {
    port,
    log,
    async stop() {
      const ended = new Promise<void>((done) => child.once('exit', () => done()));
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await ended;
      killAll(); // Those who outlived the master.
      process.off('exit', killAll);
      policy.server.close();
    },
  };
}

/** Debian's libraries lie in a folder of the machine's architecture; some of them came with the package. */
function systemLibraries(): string[] {
  const above = ['lib', 'usr/lib'].map((folder) => join(unpacked, folder)).filter((folder) => existsSync(folder));
  return above.flatMap((folder) => readdirSync(folder).filter((name) => name.includes('-linux-')).map((name) => join(folder, name)));
}

/** Postfix' policy protocol (SMTPD_POLICY_README): attributes until an empty line, answered by an action. */
async function answerPolicy(judge: (recipient: string) => string | null): Promise<{ port: number; server: Server }> {
  const server = createServer((socket) => {
    let recipient = '';
    socket.on('error', () => {});
    createInterface({ input: socket }).on('line', (line) => {
      if (line.startsWith('recipient=')) recipient = line.slice('recipient='.length);
      if (line === '') socket.write(`action=${judge(recipient) ?? 'DUNNO'}\n\n`);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  server.unref();
  return { port: (server.address() as AddressInfo).port, server }; // It listens on a port, not a pipe.
}
