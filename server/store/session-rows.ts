import 'server-only';
import { z } from 'zod';
import { database } from './database.ts';

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
});

export type SessionRow = z.infer<typeof rowSchema>;

export function insertSessionRow(row: SessionRow): void {
  database()
    .prepare(
      `INSERT INTO sessions VALUES (:id_hash, :account_key, :host, :port, :user, :ciphertext, :nonce, :key_id,
       :public_computer, :created_at, :seen_at, :expires_at)`,
    )
    .run(row);
}

export function findSessionRow(idHash: string): SessionRow | null {
  const row = database().prepare('SELECT * FROM sessions WHERE id_hash = ?').get(idHash);
  return row ? rowSchema.parse(row) : null;
}

export function touchSessionRow(idHash: string, seenAt: number): void {
  database().prepare('UPDATE sessions SET seen_at = ? WHERE id_hash = ?').run(seenAt, idHash);
}

export function resealSessionRow(row: Pick<SessionRow, 'id_hash' | 'ciphertext' | 'nonce' | 'key_id'>): void {
  database()
    .prepare('UPDATE sessions SET ciphertext = :ciphertext, nonce = :nonce, key_id = :key_id WHERE id_hash = :id_hash')
    .run({ id_hash: row.id_hash, ciphertext: row.ciphertext, nonce: row.nonce, key_id: row.key_id });
}

export function deleteSessionRow(idHash: string): void {
  database().prepare('DELETE FROM sessions WHERE id_hash = ?').run(idHash);
}

/** Removes what ran out, and of an account all but the `keep` used last; answers the hashes removed. */
export function sweepSessionRows(now: number, accountKey: string, keep: number): string[] {
  const removed = database()
    .prepare(
      `DELETE FROM sessions WHERE expires_at <= ?1 OR (account_key = ?2 AND id_hash NOT IN
       (SELECT id_hash FROM sessions WHERE account_key = ?2 ORDER BY seen_at DESC LIMIT ?3)) RETURNING id_hash`,
    )
    .all(now, accountKey, keep);
  return removed.map((row) => String(row.id_hash));
}
