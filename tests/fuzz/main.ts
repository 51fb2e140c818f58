import { parseArgs } from 'node:util';
import { runFuzz } from './run-fuzz.ts';

// `npm run fuzz -- --seconds=60 --seed=7 --only=headers`
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' }, only: { type: 'string', default: '' } } });
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
process.stdout.write(`seed ${seed}\n`);
const { failures, growth } = await runFuzz({
  seconds: Number(values.seconds),
  seed,
  only: values.only,
  onTarget: ({ name, cases, slowest }) => process.stdout.write(`${name.padEnd(42)} ${`${cases}`.padStart(8)} cases, slowest ${slowest.toFixed(0)} ms\n`),
});
process.stdout.write(`grew by ${(growth / 1024 / 1024).toFixed(0)} MB\n`);
for (const failure of failures) process.stdout.write(`\n${failure}\n`);
process.exit(failures.length === 0 ? 0 : 1);
