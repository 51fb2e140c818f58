import 'server-only';
import { createHash } from 'node:crypto';
import { database } from './database.ts';
import { inTransaction } from './in-transaction.ts';

/** Refused sign-ins of one key: a client, an account, or both. */
export interface SignInFailures {
  count: number;
  /** Unix milliseconds. */
  last: number;
}

const maxRows = 50_000;
/** Milliseconds after which no failure counts any more, whatever the limit (auth/sign-in-limits.ts). */
const longestMemoryMs = 15 * 60_000;

/** Null when none is known. */
export function findSignInFailures(key: string): SignInFailures | null {
  const row = database().prepare('SELECT count, last_at FROM sign_in_failures WHERE key_hash = ?').get(hashOf(key));
  return row ? { count: Number(row.count), last: Number(row.last_at) } : null;
}

/**
 * Counts one more for each key, from one on where the last was before `since`: for every server process on this store. What is old is
 * forgotten, and so are the rows unused longest above a number of them.
 */
export function addSignInFailures(keys: readonly { key: string; since: number }[], now: number): void {
  const store = database();
  inTransaction(() => {
    const insert = store.prepare(
      `INSERT INTO sign_in_failures VALUES (?1, 1, ?2) ON CONFLICT (key_hash) DO UPDATE SET
       count = CASE WHEN last_at > ?3 THEN count + 1 ELSE 1 END, last_at = ?2`,
    );
    for (const { key, since } of keys) insert.run(hashOf(key), now, since);
    store.prepare('DELETE FROM sign_in_failures WHERE last_at < ?').run(now - longestMemoryMs);
    const rows = Number(store.prepare('SELECT COUNT(*) AS n FROM sign_in_failures').get()?.n);
    if (rows > maxRows) {
      store
        .prepare(
          'DELETE FROM sign_in_failures WHERE key_hash IN (SELECT key_hash FROM sign_in_failures ORDER BY last_at LIMIT ?)',
        )
        .run(rows - maxRows);
    }
  });
}

export function deleteSignInFailures(key: string): void {
  database().prepare('DELETE FROM sign_in_failures WHERE key_hash = ?').run(hashOf(key));
}

/** The store need not say who was guessed at, nor from where. */
function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
