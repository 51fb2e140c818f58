import { DatabaseSync } from 'node:sqlite';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The administrator's view of who is signed in, and the means to end it: `npm run sessions`, `npm run sessions -- end ann@example.org`,
 * `npm run sessions -- end --all`. It writes to the store alone; every server process lets go within a second (session-sweep.ts).
 */
const file = join(process.env.DATA_DIR || '.data', 'pipit.db');
if (!existsSync(file)) fail(`There is no store at ${file}; set DATA_DIR as for the server.`);
const store = new DatabaseSync(file);
store.exec('PRAGMA busy_timeout = 5000;');
const [verb = 'list', who] = process.argv.slice(2);

if (verb === 'list') list();
else if (verb === 'end' && who) end(who);
else fail('Use: npm run sessions [-- list | end ADDRESS | end --all]');

function list(): void {
  const rows = store.prepare('SELECT * FROM sessions ORDER BY user, seen_at DESC').all();
  for (const row of rows) {
    const kind = row.public_computer === 1 ? 'public' : row.kept === 1 ? 'kept' : 'normal';
    const seen = new Date(Number(row.seen_at)).toISOString();
    process.stdout.write([row.user, row.host, kind, row.device, row.place, seen].join('\t') + '\n');
  }
  process.stdout.write(`${rows.length} signed in\n`);
}

function end(wanted: string): void {
  const { changes } =
    wanted === '--all'
      ? store.prepare('DELETE FROM sessions').run()
      : store.prepare('DELETE FROM sessions WHERE user = ?').run(wanted);
  process.stdout.write(`${changes} ended\n`);
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
