import 'server-only';
import { z } from 'zod';
import { database } from './database.ts';
import { inTransaction } from './in-transaction.ts';

/** A signed-in session as stored. Times are Unix milliseconds. The password is sealed (auth/vault.ts). */
const rowSchema = z.object({
  id_hash: z.string(),
  account_key: z.string(),
  host: z.string(),
  port: z.number(),
  user: z.string(),
  ciphertext: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  nonce: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  key_id: z.string(),
  public_computer: z.number(),
  created_at: z.number(),
  seen_at: z.number(),
  expires_at: z.number(),
  /** 1: the person asked to be kept signed in. */
  kept: z.number(),
  /** Browser and system, such as "Firefox, Linux"; may be empty. */
  device: z.string(),
  /** The client's IP address at sign-in; may be empty. */
  place: z.string(),
  /** When a change feed of it was last known to be open; null before the first. */
  stream_at: z.number().nullable(),
});

export type SessionRow = z.infer<typeof rowSchema>;

/** Milliseconds a session may be idle, by kind. */
export interface IdleLimits {
  normal: number;
  kept: number;
  public: number;
}

export function insertSessionRow(row: SessionRow): void {
  database()
    .prepare(
      `INSERT INTO sessions (id_hash, account_key, host, port, user, ciphertext, nonce, key_id, public_computer,
       created_at, seen_at, expires_at, kept, device, place, stream_at) VALUES (:id_hash, :account_key, :host, :port,
       :user, :ciphertext, :nonce, :key_id, :public_computer, :created_at, :seen_at, :expires_at, :kept, :device,
       :place, :stream_at)`,
    )
    .run(row);
}

export function findSessionRow(idHash: string): SessionRow | null {
  const row = database().prepare('SELECT * FROM sessions WHERE id_hash = ?').get(idHash);
  return row ? rowSchema.parse(row) : null;
}

/** An account's sessions, the one used last first. */
export function listSessionRows(accountKey: string): SessionRow[] {
  const rows = database()
    .prepare('SELECT * FROM sessions WHERE account_key = ? ORDER BY seen_at DESC, id_hash')
    .all(accountKey);
  return rows.map((row) => rowSchema.parse(row));
}

export function touchSessionRow(idHash: string, seenAt: number): void {
  database().prepare('UPDATE sessions SET seen_at = ? WHERE id_hash = ?').run(seenAt, idHash);
}

/** Remembers that a change feed of the session was open at this time. */
export function touchSessionStream(idHash: string, streamAt: number): void {
  database().prepare('UPDATE sessions SET stream_at = ? WHERE id_hash = ?').run(streamAt, idHash);
}

export function resealSessionRow(row: Pick<SessionRow, 'id_hash' | 'ciphertext' | 'nonce' | 'key_id'>): void {
  database()
    .prepare('UPDATE sessions SET ciphertext = :ciphertext, nonce = :nonce, key_id = :key_id WHERE id_hash = :id_hash')
    .run({ id_hash: row.id_hash, ciphertext: row.ciphertext, nonce: row.nonce, key_id: row.key_id });
}

export function deleteSessionRow(idHash: string): void {
  database().prepare('DELETE FROM sessions WHERE id_hash = ?').run(idHash);
}

/** Deletes sessions of an account: one, or all but one; answers the hashes removed. Another account's are never touched. */
export function deleteSessionRowsOf(accountKey: string, which: { only: string } | { except: string | null }): string[] {
  const [condition, id] =
    'only' in which ? (['id_hash = ?2', which.only] as const) : (['id_hash IS NOT ?2', which.except] as const);
  const removed = database()
    .prepare(`DELETE FROM sessions WHERE account_key = ?1 AND ${condition} RETURNING id_hash`)
    .all(accountKey, id);
  return removed.map((row) => String(row.id_hash));
}

/** A session that is no more; `lapsed`: it ran out, nobody ended it. */
export interface EndedSession {
  id: string;
  why: 'ended' | 'lapsed';
}

/** Removes an account's sessions but the `keep` used last; answers the hashes removed. */
export function deleteSessionRowsBeyond(keep: number, accountKey: string): string[] {
  const removed = database()
    .prepare(
      `DELETE FROM sessions WHERE account_key = ?1 AND id_hash NOT IN
       (SELECT id_hash FROM sessions WHERE account_key = ?1 ORDER BY seen_at DESC LIMIT ?2) RETURNING id_hash`,
    )
    .all(accountKey, keep);
  return removed.map((row) => String(row.id_hash));
}

const lapsed = `expires_at <= :now
  OR seen_at <= :now - CASE WHEN public_computer = 1 THEN :public WHEN kept = 1 THEN :kept ELSE :normal END
  OR (public_computer = 1 AND stream_at <= :streamBefore)`;

/** For this time the store remembers that a session ran out: the other processes look every second. Milliseconds. */
const lapseKnownFor = 10 * 60_000;

/**
 * Removes every session that is past a limit, or on a public computer without an open page since `streamBefore` (Unix milliseconds).
 * Looks before it writes: most of the time there is none, and a write would lock the store. Answers the hashes removed.
 */
export function deleteLapsedSessionRows(now: number, idle: IdleLimits, streamBefore: number): string[] {
  const parameters = { now, ...idle, streamBefore };
  const found = database().prepare(`SELECT 1 FROM sessions WHERE ${lapsed} LIMIT 1`).get(parameters);
  return found ? removeLapsed(lapsed, parameters, now) : [];
}

/** Removes one that is past a limit. */
export function deleteLapsedSessionRow(idHash: string, now: number): void {
  removeLapsed('id_hash = :idHash', { idHash }, now);
}

/** In one step for the other processes, which miss a row and look why (`missingSessionRows`). */
function removeLapsed(which: string, parameters: Record<string, string | number>, now: number): string[] {
  const store = database();
  return inTransaction(() => {
    const removed = store.prepare(`DELETE FROM sessions WHERE ${which} RETURNING id_hash`).all(parameters);
    const ids = removed.map((row) => String(row.id_hash));
    store.prepare('DELETE FROM lapsed_sessions WHERE lapsed_at < ?').run(now - lapseKnownFor);
    const remember = store.prepare('INSERT OR REPLACE INTO lapsed_sessions VALUES (?, ?)');
    for (const id of ids) remember.run(id, now);
    return ids;
  });
}

/** Which of these sessions the store no longer has: ended or run out, here, in another process or by the administrator. */
export function missingSessionRows(idHashes: readonly string[]): EndedSession[] {
  const rows = database()
    .prepare(
      `SELECT value, value IN (SELECT id_hash FROM lapsed_sessions) AS has_lapsed FROM json_each(?)
       WHERE value NOT IN (SELECT id_hash FROM sessions)`,
    )
    .all(JSON.stringify(idHashes));
  return rows.map((row) => ({ id: String(row.value), why: row.has_lapsed === 1 ? 'lapsed' : 'ended' }));
}
