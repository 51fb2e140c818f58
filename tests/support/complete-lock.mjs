// node tests/support/complete-lock.mjs — run after `npm install` changed the lock file.
//
// A registry mirror that holds only this platform's binaries answers 404 for those of others, and npm
// then leaves them out of the lock. `npm ci` refuses such a lock. This adds what was left out, by name and version, as the
// optional dependency it is; npm skips it where the platform does not match.
import { readFileSync, writeFileSync } from 'node:fs';

const lockFile = 'package-lock.json';
const lock = JSON.parse(readFileSync(lockFile, 'utf8'));
const added = [];

for (const [place, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(place, name)) continue;
    lock.packages[`node_modules/${name}`] = { version: exactVersion(range), optional: true, ...platformOf(name) };
    added.push(`${name}@${range}`);
  }
}

lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
writeFileSync(lockFile, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added.length} optional packages of other platforms added\n`);

/** Node's own look-up: in the package's folder, then in every folder above it. */
function isLocked(place, name) {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (lock.packages[`${folder}${folder ? '/' : ''}node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

function exactVersion(range) {
  return range.replace(/^[\^~]/, '');
}

/** The os and cpu that the package's name tells; an unknown one is never installed on purpose. */
function platformOf(name) {
  const words = name.split('/').pop().split(/[-.]/);
  const find = (known) => known.find((word) => words.includes(word));
  const os = find(['darwin', 'linux', 'win32', 'freebsd', 'android', 'openbsd', 'netbsd', 'sunos', 'aix', 'openharmony']);
  const cpu = find(['arm64', 'x64', 'ia32', 'arm', 'riscv64', 'ppc64', 's390x', 'loong64', 'wasm32', 'mips64el']);
  return {
    ...(cpu && { cpu: [cpu] }),
    ...(os && { os: [os] }),
    ...(words.some((word) => word.startsWith('musl')) && { libc: ['musl'] }),
  };
}
