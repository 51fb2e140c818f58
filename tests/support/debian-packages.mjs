import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Everything that tests and demo take from Debian instead of npm. */
export const mailServerPackages = ['dovecot-core', 'dovecot-imapd', 'dovecot-lmtpd', 'openssl'];
/** With these the demo's mail server filters by itself; without them it goes all the same. */
export const sievePackages = ['dovecot-sieve', 'dovecot-managesieved'];
/** What only the tests need. */
export const testPackages = ['fail2ban', 'dovecot-fts-xapian', ...sievePackages, 'firefox-esr'];
export const browserPackages = ['chromium', 'fonts-noto-core', 'fonts-noto-color-emoji'];

/**
 * Installs what is missing when that is allowed (root, or sudo that asks for no password); otherwise prints the one
 * command to run and ends the process with 1. Plain JavaScript: it runs before anything is installed.
 * @param {string[]} names
 * @param {string[]} [welcome] taken along when something is installed, and not asked for otherwise
 */
export function ensureDebianPackages(names, welcome = []) {
  const lacking = names.filter((name) => !isInstalled(name));
  if (lacking.length === 0) return;
  const missing = [...lacking, ...welcome.filter((name) => !isInstalled(name))];
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  const prefix = installerPrefix();
  if (!prefix) {
    process.stderr.write(`These Debian packages are missing: ${missing.join(', ')}. Please run:\n\n  sudo ${command}\n\n`);
    process.exit(1);
  }
  process.stdout.write(`Installing Debian packages: ${missing.join(', ')}\n`);
  if (apt(prefix, command) || (apt(prefix, 'apt-get update') && apt(prefix, command))) return;
  process.stderr.write(`Installing failed. Please run it yourself to see why:\n\n  sudo ${command}\n\n`);
  process.exit(1);
}

/**
 * Unpacks packages, with what they need and the machine lacks, into a folder: for what cannot be installed beside another
 * (Debian lets a machine have one IMAP server), and starts nothing. Needs no root. Throws when they cannot be had.
 * @param {string} folder made by it; if it is there already nothing is done
 * @param {string[]} names
 */
export function unpackDebianPackages(folder, names) {
  if (existsSync(folder)) return;
  mkdirSync(dirname(folder), { recursive: true });
  const unpacking = mkdtempSync(`${folder}.`);
  const needed = new Set([...names, ...names.flatMap(neededBy)]);
  const download = () => run('apt-get', ['download', ...needed], unpacking).status === 0;
  const prefix = installerPrefix();
  if (!download() && !(prefix && apt(prefix, 'apt-get update') && download())) {
    rmSync(unpacking, { recursive: true });
    throw new Error(`These Debian packages could not be fetched by apt-get download: ${[...needed].join(', ')}`);
  }
  for (const file of readdirSync(unpacking).filter((name) => name.endsWith('.deb'))) {
    if (run('dpkg-deb', ['-x', file, '.'], unpacking).status !== 0) throw new Error(`${file} could not be unpacked`);
    rmSync(join(unpacking, file));
  }
  if (existsSync(folder)) rmSync(unpacking, { recursive: true }); // Somebody else was quicker.
  else renameSync(unpacking, folder);
}

/** What installing a package would install; nothing where it cannot be installed. @param {string} name @returns {string[]} */
function neededBy(name) {
  const { stdout } = run('apt-get', ['install', '--simulate', '--no-install-recommends', name]);
  return [...stdout.matchAll(/^Inst (\S+)/gm)].map(([, needed]) => needed ?? name);
}

/** @param {string} file @param {string[]} args @param {string} [cwd] */
function run(file, args, cwd) {
  return spawnSync(file, args, { cwd, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
}

/** @param {string} name */
function isInstalled(name) {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' });
  return stdout === 'installed';
}

/** @returns {string[] | null} what to put before apt-get, or null where installing is not for us to do */
function installerPrefix() {
  if (spawnSync('apt-get', ['--version']).status !== 0) return null;
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : null;
}

/** @param {string[]} prefix @param {string} command */
function apt(prefix, command) {
  const [file = '', ...args] = [...prefix, ...command.split(' ')];
  // policy-rc.d is not ours to change: a Dovecot that the package starts listens on its own ports, not on ours.
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stderr } = spawnSync(file, args, { env: environment, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) process.stderr.write(stderr ?? '');
  return status === 0;
}
