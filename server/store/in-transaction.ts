import 'server-only';
import { database } from './database.ts';

/** Runs statements as one, which no other process comes between: all of them, or where it throws none. */
export function inTransaction<T>(run: () => T): T {
  database().exec('BEGIN IMMEDIATE');
  try {
    const result = run();
    database().exec('COMMIT');
    return result;
  } catch (error) {
    database().exec('ROLLBACK');
    throw error;
  }
}
