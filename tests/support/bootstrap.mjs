import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browserPackages, ensureDebianPackages, mailServerPackages, testPackages } from './debian-packages.mjs';
import { installDependencies } from './install-dependencies.mjs';
import { projectEnvironment, runCommand } from './run-command.mjs';

// `npm test` on a fresh clone: plain JavaScript for whatever Node the machine has; the tools below run on Node 24 of node_modules.
process.chdir(join(dirname(fileURLToPath(import.meta.url)), '../..'));
await installDependencies();
ensureDebianPackages([...mailServerPackages, ...browserPackages, ...testPackages]);

const reports = '.data/reports';
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

/** Name, command, and the JSON report that says how many tests ran. */
const steps = [
  ['lint', ['eslint', '.', '--max-warnings', '0']],
  ['types', ['tsc', '--noEmit']],
  ['unit', ['vitest', 'run', '--project', 'unit', '--reporter=default', '--reporter=json', `--outputFile.json=${reports}/unit.json`], 'unit.json'],
  ['imap', ['vitest', 'run', '--project', 'imap', '--reporter=default', '--reporter=json', `--outputFile.json=${reports}/imap.json`], 'imap.json'],
  ['build', ['next', 'build']],
  ['compress', ['node', 'server/compress-static.ts']],
  ['e2e', ['playwright', 'test'], 'e2e.json'],
];

const total = { passed: 0, failed: 0 };
for (const [name, [file, ...args], report] of steps) {
  const started = Date.now();
  process.stdout.write(`\n— ${name}\n`);
  const code = await runCommand(join('node_modules/.bin', file), args, projectEnvironment({ PLAYWRIGHT_JSON_OUTPUT_FILE: `${reports}/e2e.json` }));
  const { passed, failed } = report ? count(join(reports, report), code) : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  total.passed += passed;
  total.failed += failed;
  process.stdout.write(`— ${name}: ${passed} passed, ${failed} failed (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
  if ((name === 'build' || name === 'compress') && code !== 0) break;
}
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exit(total.failed === 0 ? 0 : 1);

/** @param {string} file @param {number} code */
function count(file, code) {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const answer = JSON.parse(readFileSync(file, 'utf8'));
  const passed = answer.stats ? answer.stats.expected + answer.stats.flaky : answer.numPassedTests;
  const failed = answer.stats ? answer.stats.unexpected : answer.numFailedTests;
  // A suite that broke before its tests counts as one failure.
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed };
}
