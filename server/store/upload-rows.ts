import 'server-only';
import { database } from './database.ts';

/** An upload belongs to one session: its key is nowhere else. Times are Unix milliseconds. */
export interface UploadRow {
  id: string;
  sessionId: string;
  size: number;
}

export function insertUploadRow({ id, sessionId, size }: UploadRow, now: number): void {
  database().prepare('INSERT OR IGNORE INTO uploads VALUES (?, ?, ?, ?)').run(id, sessionId, size, now);
}

export function findUploadRow(sessionId: string, id: string): UploadRow | null {
  const row = database().prepare('SELECT size FROM uploads WHERE session_id = ? AND id = ?').get(sessionId, id);
  return row ? { id, sessionId, size: Number(row.size) } : null;
}

/** How many octets a session announced, over all its uploads. */
export function uploadedOctets(sessionId: string): number {
  const row = database()
    .prepare('SELECT COALESCE(SUM(size), 0) AS octets FROM uploads WHERE session_id = ?')
    .get(sessionId);
  return Number(row?.octets ?? 0);
}

export function deleteUploadRow(sessionId: string, id: string): void {
  database().prepare('DELETE FROM uploads WHERE session_id = ? AND id = ?').run(sessionId, id);
}

/** Removes what was announced before a time or whose session is gone; answers what was removed. */
export function sweepUploadRows(before: number): UploadRow[] {
  const rows = database()
    .prepare(
      `DELETE FROM uploads WHERE created_at < ? OR session_id NOT IN (SELECT id_hash FROM sessions)
       RETURNING id, session_id, size`,
    )
    .all(before);
  return rows.map((row) => ({ id: String(row.id), sessionId: String(row.session_id), size: Number(row.size) }));
}
