import 'server-only';
import { createHash } from 'node:crypto';
import { database } from './database.ts';
import { inTransaction } from './in-transaction.ts';

/**
 * What server processes hold, so that limits count over all of them: places of what is in flight, and open change feeds. Each row names
 * its process and counts only while that lives (processes/links.ts), which who asks has to say: nothing need be renewed, and a
 * killed process holds nothing.
 */

/** An open change feed of whichever process. */
export interface StreamRow {
  id: number;
  process: string;
  sessionId: string;
  /** Whether it is of the address that was asked for. */
  isNear: boolean;
}

/** Rows that no process took away when another died; milliseconds. */
const longestHeld = 48 * 3600_000;

/** Takes one of `most` places of this name; answers its id, or null when the living hold them all. */
export function takePlaceRow(name: string, most: number, process: string, living: readonly string[]): number | null {
  const nameHash = hashOf(name);
  return inTransaction(() => {
    const held = database()
      .prepare(
        'SELECT COUNT(*) AS n FROM held_places WHERE name_hash = ? AND process IN (SELECT value FROM json_each(?))',
      )
      .get(nameHash, JSON.stringify(living));
    if (Number(held?.n) >= most) return null;
    const { lastInsertRowid } = database()
      .prepare('INSERT INTO held_places (process, name_hash, held_at) VALUES (?, ?, ?)')
      .run(process, nameHash, Date.now());
    return Number(lastInsertRowid);
  });
}

export function deletePlaceRow(id: number): void {
  database().prepare('DELETE FROM held_places WHERE id = ?').run(id);
}

/** Adds a change feed; answers its id and all that the living have open of its session or its address, in the order they were opened. */
export function insertStreamRow(
  { process, sessionId, address }: { process: string; sessionId: string; address: string },
  living: readonly string[],
): { id: number; open: StreamRow[] } {
  const addressHash = hashOf(address);
  return inTransaction(() => {
    const { lastInsertRowid } = database()
      .prepare('INSERT INTO open_streams (process, session_id, address_hash, opened_at) VALUES (?, ?, ?, ?)')
      .run(process, sessionId, addressHash, Date.now());
    const rows = database()
      .prepare(
        `SELECT id, process, session_id, address_hash = ?2 AS is_near FROM open_streams
         WHERE (session_id = ?1 OR address_hash = ?2) AND process IN (SELECT value FROM json_each(?3)) ORDER BY id`,
      )
      .all(sessionId, addressHash, JSON.stringify(living));
    const open = rows.map((row) => ({
      id: Number(row.id),
      process: String(row.process),
      sessionId: String(row.session_id),
      isNear: row.is_near === 1,
    }));
    return { id: Number(lastInsertRowid), open };
  });
}

export function deleteStreamRow(id: number): void {
  database().prepare('DELETE FROM open_streams WHERE id = ?').run(id);
}

/** Of a process that is no more. */
export function forgetProcess(process: string): void {
  const before = Date.now() - longestHeld;
  database().prepare('DELETE FROM held_places WHERE process = ? OR held_at < ?').run(process, before);
  database().prepare('DELETE FROM open_streams WHERE process = ? OR opened_at < ?').run(process, before);
}

/** The store need not say who it is, nor from where. */
function hashOf(name: string): string {
  return createHash('sha256').update(name).digest('base64url');
}
