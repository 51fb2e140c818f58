import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** The environment in which Node 24 of node_modules comes before the machine's own. */
export function projectEnvironment(extra = {}) {
  const path = [join(process.cwd(), 'node_modules/.bin'), process.env.PATH].join(delimiter);
  return { ...process.env, PATH: path, ...extra };
}

/**
 * Runs a command with its output shown; resolves with its exit code (128 + signal number is never told apart from 1).
 * @param {string} file @param {string[]} args @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<number>}
 */
export function runCommand(file, args, environment = projectEnvironment()) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: 'inherit', env: environment });
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
