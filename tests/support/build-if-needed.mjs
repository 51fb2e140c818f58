import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';

const sources = ['app', 'components', 'lib', 'server', 'public'];
const files = ['proxy.ts', 'instrumentation.ts', 'next.config.js', 'postcss.config.mjs', 'tsconfig.json', 'package-lock.json'];
const stamp = '.next/BUILD_ID';

/**
 * Builds Pipit unless the build is newer than every source.
 * @returns {Promise<number>} the exit code of the build; 0 when none was needed
 */
export async function buildIfNeeded() {
  if (existsSync(stamp) && newestSource() <= statSync(stamp).mtimeMs) return 0;
  process.stdout.write('Building (once, and after changes)\n');
  return runCommand('npm', ['run', '--silent', 'build']);
}

function newestSource() {
  return Math.max(...sources.filter((folder) => existsSync(folder)).map(newestIn), ...files.filter((file) => existsSync(file)).map(modified));
}

/** @param {string} folder @returns {number} */
function newestIn(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  return Math.max(
    modified(folder), // A file that was removed shows here only.
    ...entries.map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return newestIn(path);
      return /\.test\.tsx?$/.test(entry.name) ? 0 : modified(path);
    }),
  );
}

/** @param {string} path */
function modified(path) {
  return statSync(path).mtimeMs;
}
