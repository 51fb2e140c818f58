import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from './build-if-needed.mjs';
import { browserPackages, ensureDebianPackages, mailServerPackages, sievePackages } from './debian-packages.mjs';
import { installDependencies } from './install-dependencies.mjs';
import { projectEnvironment } from './run-command.mjs';

// Runs on a fresh clone with whatever Node the machine has (20 or newer): plain JavaScript, nothing from npm.
process.chdir(join(dirname(fileURLToPath(import.meta.url)), '../..'));
const [part = 'demo', ...options] = process.argv.slice(2);
const programs = { demo: 'tests/demo/main.ts', device: 'tests/demo/device.ts', bench: 'tests/bench/main.ts', fuzz: 'tests/fuzz/main.ts' };
const program = programs[part];
if (!program) {
  process.stderr.write('Say "demo", "device", "bench" or "fuzz".\n');
  process.exit(1);
}

await installDependencies();
if (part !== 'device' && part !== 'fuzz') {
  if (part === 'bench') ensureDebianPackages([...mailServerPackages, ...browserPackages]);
  else ensureDebianPackages(mailServerPackages, sievePackages);
  const code = options.includes('--mail-only') ? 0 : await buildIfNeeded();
  if (code !== 0) process.exit(code);
}
if (!existsSync(program)) throw new Error(`${program} is missing`);

const child = spawn('node_modules/.bin/node', ['--disable-warning=ExperimentalWarning', program, ...options], {
  stdio: 'inherit',
  env: projectEnvironment(),
});
// Ctrl-C reaches the whole terminal group; the program ends itself and this one waits for it, then says the same code.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.once('exit', (code) => process.exit(code ?? 1));
