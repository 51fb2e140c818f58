import 'server-only';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { env } from '#server/env.ts';
import { singleton } from '#server/singleton.ts';

/** Each runs once, in order; never change one that was released, add another. */
const migrations = [
  `CREATE TABLE sessions (
     id_hash TEXT PRIMARY KEY, account_key TEXT NOT NULL, host TEXT NOT NULL, port INTEGER NOT NULL, user TEXT NOT NULL,
     ciphertext BLOB NOT NULL, nonce BLOB NOT NULL, key_id TEXT NOT NULL, public_computer INTEGER NOT NULL,
     created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX sessions_of_account ON sessions (account_key, seen_at);
   CREATE TABLE preferences (account_key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;`,
  `CREATE TABLE chosen_roles (
     account_key TEXT NOT NULL, role TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (account_key, role)
   ) STRICT;`,
  `ALTER TABLE sessions ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
   ALTER TABLE sessions ADD COLUMN place TEXT NOT NULL DEFAULT '';
   ALTER TABLE sessions ADD COLUMN stream_at INTEGER;`,
  `CREATE TABLE tasks (
     id TEXT PRIMARY KEY, account_key TEXT NOT NULL, steps TEXT NOT NULL, progress TEXT NOT NULL, is_ended INTEGER NOT NULL,
     is_told INTEGER NOT NULL, created_at INTEGER NOT NULL, leased_until INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX tasks_of_account ON tasks (account_key, is_ended);
   CREATE TABLE task_inverses (task_id TEXT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE, steps TEXT NOT NULL) STRICT;
   CREATE INDEX inverses_of_task ON task_inverses (task_id);`,
  `CREATE TABLE uploads (
     id TEXT NOT NULL, session_id TEXT NOT NULL, size INTEGER NOT NULL, created_at INTEGER NOT NULL, PRIMARY KEY (session_id, id)
   ) STRICT;
   CREATE TABLE identities (account_key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
   CREATE TABLE outbox (
     id TEXT PRIMARY KEY, account_key TEXT NOT NULL, draft TEXT NOT NULL, state TEXT NOT NULL, phase TEXT NOT NULL,
     send_at INTEGER NOT NULL, scheduled INTEGER NOT NULL, attempts INTEGER NOT NULL, reason TEXT, recipients INTEGER NOT NULL,
     lease TEXT, lease_until INTEGER NOT NULL, changed INTEGER NOT NULL, created_at INTEGER NOT NULL,
     key_id TEXT NOT NULL, nonce BLOB NOT NULL, sealed BLOB NOT NULL
   ) STRICT;
   CREATE INDEX outbox_of_account ON outbox (account_key, created_at);
   CREATE INDEX outbox_changes ON outbox (changed);
   CREATE UNIQUE INDEX outbox_one_of_draft ON outbox (account_key, draft) WHERE state IN ('preparing', 'waiting', 'sending');`,
  `ALTER TABLE tasks ADD COLUMN is_stopped INTEGER NOT NULL DEFAULT 0;`,
  `CREATE TABLE snoozes (
     account_key TEXT PRIMARY KEY, wake_at INTEGER NOT NULL, planned INTEGER NOT NULL, attempts INTEGER NOT NULL,
     lease TEXT, lease_until INTEGER NOT NULL, key_id TEXT, nonce BLOB, sealed BLOB
   ) STRICT;`,
  `CREATE TABLE lapsed_sessions (id_hash TEXT PRIMARY KEY, lapsed_at INTEGER NOT NULL) STRICT;`,
  `CREATE TABLE sign_in_failures (key_hash TEXT PRIMARY KEY, count INTEGER NOT NULL, last_at INTEGER NOT NULL) STRICT;
   CREATE INDEX sign_in_failures_by_time ON sign_in_failures (last_at);`,
  `CREATE TABLE turns (account_key TEXT NOT NULL, what TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
   CREATE INDEX turns_of_account ON turns (account_key, what, at);`,
  `CREATE TABLE held_places (
     id INTEGER PRIMARY KEY AUTOINCREMENT, process TEXT NOT NULL, name_hash TEXT NOT NULL, held_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX held_places_by_name ON held_places (name_hash);
   CREATE TABLE open_streams (
     id INTEGER PRIMARY KEY AUTOINCREMENT, process TEXT NOT NULL, session_id TEXT NOT NULL, address_hash TEXT NOT NULL, opened_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX open_streams_of_session ON open_streams (session_id);
   CREATE INDEX open_streams_of_address ON open_streams (address_hash);
   CREATE TABLE rates (key_hash TEXT PRIMARY KEY, begun_at INTEGER NOT NULL, count INTEGER NOT NULL) STRICT;
   CREATE INDEX rates_by_time ON rates (begun_at);`,
  `CREATE TABLE placements (
     account_key TEXT NOT NULL, mailbox TEXT NOT NULL, uid_validity INTEGER NOT NULL, uids TEXT NOT NULL,
     target TEXT NOT NULL, target_uid_validity INTEGER NOT NULL, target_uids TEXT NOT NULL, created_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX placements_of_account ON placements (account_key, mailbox, uid_validity);`,
];

/**
 * The embedded store (node:sqlite): sessions, preferences, tasks, where these put messages, what is on its way out, who
 * has something snoozed, refused sign-ins, how often lists were left and what the server processes hold, no mail.
 * Opened once, in DATA_DIR, readable by us only.
 */
export function database(): DatabaseSync {
  return singleton('database', () => {
    const { dataDir } = env();
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const opened = new DatabaseSync(join(dataDir, 'pipit.db'));
    opened.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;',
    );
    migrate(opened);
    return opened;
  });
}

/** Under a lock: server processes that share the store start at the same time. */
function migrate(opened: DatabaseSync): void {
  opened.exec('BEGIN IMMEDIATE');
  const row = opened.prepare('PRAGMA user_version').get();
  for (const migration of migrations.slice(Number(row?.user_version ?? 0))) opened.exec(migration);
  opened.exec(`PRAGMA user_version = ${migrations.length}; COMMIT;`);
}
