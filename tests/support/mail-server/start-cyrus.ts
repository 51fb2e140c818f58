import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { unpackDebianPackages } from '../debian-packages.mjs';
import { freePort } from './free-port.ts';
import { greeting } from './greeting.ts';
import { isRoot, makeFoldersOf, unprivilegedOwner } from './unprivileged-owner.ts';

export interface CyrusOptions {
  dataDir: string;
  /** Every user has this one. */
  password: string;
  /** As Cyrus was by default until version 3: all mailboxes below "INBOX.", and a dot between names (RFC 2342). */
  hasPrefix?: boolean;
  /** Whether it has names for conversations (THREADID). */
  hasThreadIds?: boolean;
}

export interface Cyrus {
  imapPort: number;
  stop(): Promise<void>;
}

/** Debian installs one IMAP server only, and Dovecot is there: so it lies here. */
const unpacked = resolve('.data/cyrus');
const programs = join(unpacked, 'usr/lib/cyrus/bin');
/** What Cyrus expects to find in its configuration folder. */
const folders = ['db', 'lock', 'log', 'msg', 'proc', 'ptclient', 'quota', 'sieve', 'socket', 'user'];

/**
 * Starts a real Cyrus IMAP server as an unprivileged child process on its own port and data folder; resolves when it greets.
 * A user is whoever signs in: their mailboxes are made then.
 */
export async function startCyrus({ dataDir, password, hasPrefix = false, hasThreadIds = false }: CyrusOptions): Promise<Cyrus> {
  unpackDebianPackages(unpacked, ['cyrus-imapd', 'cyrus-common']);
  const owner = unprivilegedOwner();
  const imapPort = await freePort();
  const state = join(dataDir, 'conf');
  makeFoldersOf(owner, [dataDir, join(dataDir, 'spool'), state, ...folders.map((name) => join(state, name))]);
  const config = join(dataDir, 'imapd.conf');
  const services = join(dataDir, 'cyrus.conf');
  const passwords = join(dataDir, 'saslauthd');
  const names = ['Drafts', 'Sent', 'Archive', 'Junk', 'Trash'];
  writeFileSync(config, `
configdirectory: ${state}
defaultpartition: default
partition-default: ${join(dataDir, 'spool')}
cyrus_user: ${owner.name}
cyrus_group: ${owner.group}
allowplaintext: yes
sasl_pwcheck_method: saslauthd
sasl_saslauthd_path: ${passwords}
sasl_mech_list: PLAIN LOGIN
virtdomains: userid
defaultdomain: example.test
altnamespace: ${hasPrefix ? 'no' : 'yes'}
unixhierarchysep: ${hasPrefix ? 'no' : 'yes'}
autocreate_quota: 0
conversations: ${hasThreadIds ? 'yes' : 'no'}
autocreate_inbox_folders: ${names.join('|')}
autocreate_subscribe_folders: ${names.join('|')}
${names.map((name) => `xlist-${name.toLowerCase()}: ${name}`).join('\n')}
`);
  const run = (program: string) => `${join(programs, program)} -C ${config}`;
  writeFileSync(services, `
START {
  recover cmd="${run('ctl_cyrusdb')} -r"
}
SERVICES {
  imap cmd="${run('imapd')}" listen="127.0.0.1:${imapPort}" proto="tcp4" prefork=2
}
DAEMON {
  idled cmd="${run('idled')}"
}
`);
  const checker = await answerPasswords(passwords, password);
  const child = spawn(join(programs, 'master'), ['-C', config, '-M', services, '-p', join(dataDir, 'master.pid')], {
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, LD_LIBRARY_PATH: libraries().join(':') },
    ...(isRoot() ? { uid: owner.uid, gid: owner.gid } : {}),
  });
  const killAll = () => {
    try {
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // They have ended already.
    }
  };
  process.once('exit', killAll);
  await greeting(imapPort, child);
  return {
    imapPort,
    async stop() {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      const timer = setTimeout(killAll, 5_000);
      if (child.exitCode === null && child.signalCode === null) await ended;
      clearTimeout(timer);
      killAll(); // Those who outlived the master.
      process.off('exit', killAll);
      await new Promise<void>((resolve) => checker.close(() => resolve()));
    },
  };
}

/** Debian's libraries lie in a folder of the machine's architecture. */
function libraries(): string[] {
  const above = ['lib', 'usr/lib'].map((folder) => join(unpacked, folder)).filter((folder) => existsSync(folder));
  return above.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
}

/** Speaks saslauthd's protocol: four counted strings (user, password, service, realm) are answered by one. */
async function answerPasswords(path: string, password: string): Promise<Server> {
  const listener = createServer((socket) => {
    let heard = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      heard = Buffer.concat([heard, chunk]);
      const [, given, , realm] = countedStrings(heard);
      if (realm !== undefined) answer(socket, given === password ? 'OK' : 'NO');
    });
  });
  await new Promise<void>((resolve) => listener.listen(path, () => resolve()));
  chmodSync(path, 0o777); // Cyrus runs as somebody else.
  return listener;
}

function countedStrings(octets: Buffer): string[] {
  const strings: string[] = [];
  for (let at = 0; at + 2 <= octets.length;) {
    const end = at + 2 + octets.readUInt16BE(at);
    if (end > octets.length) break;
    strings.push(octets.subarray(at + 2, end).toString());
    at = end;
  }
  return strings;
}

function answer(socket: Socket, word: 'OK' | 'NO'): void {
  socket.end(Buffer.from([0, word.length, ...Buffer.from(word)]));
}
