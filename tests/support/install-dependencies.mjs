import { existsSync, statSync } from 'node:fs';
import { runCommand } from './run-command.mjs';

/** Runs `npm ci` when node_modules is missing or older than the lock; ends the process when that fails. */
export async function installDependencies() {
  // npm writes this file last, so a broken installation counts as none.
  const installed = 'node_modules/.package-lock.json';
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs && hasNode()) return;
  process.stdout.write('Installing npm packages (once)\n');
  const code = await runCommand('npm', ['ci', '--no-audit', '--no-fund'], process.env);
  if (code !== 0) process.exit(code);
}

function hasNode() {
  return existsSync('node_modules/.bin/node');
}
