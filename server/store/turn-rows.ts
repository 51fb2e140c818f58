import 'server-only';
import { database } from './database.ts';
import { inTransaction } from './in-transaction.ts';

const hour = 3600_000;

/**
 * Counts one use of something by an account, over all server processes: `perHour` at most. Answers 0, or the seconds to
 * wait, and then nothing is counted.
 */
export function takeTurn(accountKey: string, what: string, perHour: number, now = Date.now()): number {
  const store = database();
  return inTransaction(() => {
    store.prepare('DELETE FROM turns WHERE at <= ?').run(now - hour);
    const row = store
      .prepare('SELECT COUNT(*) AS n, MIN(at) AS first FROM turns WHERE account_key = ? AND what = ?')
      .get(accountKey, what);
    const isFree = Number(row?.n) < perHour;
    if (isFree) store.prepare('INSERT INTO turns VALUES (?, ?, ?)').run(accountKey, what, now);
    return isFree ? 0 : Math.max(1, Math.ceil((Number(row?.first) + hour - now) / 1000));
  });
}
