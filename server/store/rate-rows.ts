import 'server-only';
import { createHash } from 'node:crypto';
import { database } from './database.ts';

/**
 * Counts one use of a window of `windowMs`, unless `most` were counted: then it answers the milliseconds until the next
 * window, else null.
 */
export function countUse(key: string, most: number, windowMs: number, now: number): number | null {
  const keyHash = createHash('sha256').update(key).digest('base64url');
  const known = database().prepare('SELECT begun_at, count FROM rates WHERE key_hash = ?').get(keyHash);
  const isOpen = known !== undefined && now - Number(known.begun_at) < windowMs;
  // Whoever is above the limit costs no write.
  if (isOpen && Number(known.count) >= most) return Number(known.begun_at) + windowMs - now;
  const row = database()
    .prepare(
      `INSERT INTO rates VALUES (?1, ?2, 1) ON CONFLICT (key_hash) DO UPDATE SET
       count = CASE WHEN begun_at > ?3 THEN count + 1 ELSE 1 END, begun_at = CASE WHEN begun_at > ?3 THEN begun_at ELSE ?2 END
       RETURNING begun_at, count`,
    )
    .get(keyHash, now, now - windowMs);
  if (!isOpen)
    database()
      .prepare('DELETE FROM rates WHERE begun_at <= ?')
      .run(now - windowMs);
  return Number(row?.count) > most ? Number(row?.begun_at) + windowMs - now : null;
}
