import 'server-only';
import { z } from 'zod';
import { database } from './database.ts';

const octets = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/**
 * One row for each account that has something snoozed: when the next is due (Unix milliseconds), who wakes it now, and, unless the person
 * refused or sits at a public computer, what opens their mailbox then, sealed (auth/job-seal.ts). What is snoozed stands in the
 * mailbox itself.
 */
const rowSchema = z.object({
  account_key: z.string(),
  wake_at: z.number(),
  /** Grows whenever something is snoozed: whoever looked before does not know of it. */
  planned: z.number(),
  /** Begun since the last time all went well. */
  attempts: z.number(),
  lease: z.string().nullable(),
  lease_until: z.number(),
  key_id: z.string().nullable(),
  nonce: octets.nullable(),
  sealed: octets.nullable(),
});

export type SnoozeRow = z.infer<typeof rowSchema>;

export type SnoozeSecrets = Pick<SnoozeRow, 'key_id' | 'nonce' | 'sealed'>;

/** Something is due at `wakeAt` at the latest. `secrets` replace those that were kept; null keeps them. */
export function planWake(accountKey: string, wakeAt: number, secrets: SnoozeSecrets | null): void {
  const { key_id, nonce, sealed } = secrets ?? { key_id: null, nonce: null, sealed: null };
  database()
    .prepare(
      `INSERT INTO snoozes VALUES (:accountKey, :wakeAt, 1, 0, NULL, 0, :key_id, :nonce, :sealed)
       ON CONFLICT (account_key) DO UPDATE SET wake_at = MIN(wake_at, :wakeAt), planned = planned + 1,
         key_id = COALESCE(:key_id, key_id), nonce = COALESCE(:nonce, nonce), sealed = COALESCE(:sealed, sealed)`,
    )
    .run({ accountKey, wakeAt, key_id, nonce, sealed });
}

/** Takes an account that is due and can be woken without its person, for one process at a time. */
export function claimDueWake(lease: string, now: number, until: number): SnoozeRow | null {
  const row = database()
    .prepare(
      `UPDATE snoozes SET lease = ?1, lease_until = ?3, attempts = attempts + 1 WHERE account_key = (
         SELECT account_key FROM snoozes WHERE wake_at <= ?2 AND lease_until < ?2 AND sealed IS NOT NULL ORDER BY wake_at LIMIT 1)
       RETURNING *`,
    )
    .get(lease, now, until);
  return row ? rowSchema.parse(row) : null;
}

/** Takes this account whether or not something is due; null while somebody else has it. */
export function claimWakeOf(accountKey: string, lease: string, now: number, until: number): SnoozeRow | null {
  const row = database()
    .prepare(
      `INSERT INTO snoozes VALUES (?1, ?5, 0, 1, ?2, ?4, NULL, NULL, NULL)
       ON CONFLICT (account_key) DO UPDATE SET lease = ?2, lease_until = ?4, attempts = attempts + 1 WHERE lease_until < ?3
       RETURNING *`,
    )
    .get(accountKey, lease, now, until, Number.MAX_SAFE_INTEGER);
  return row ? rowSchema.parse(row) : null;
}

/** False when another took over. */
export function renewWakeLease(accountKey: string, lease: string, until: number): boolean {
  const statement = 'UPDATE snoozes SET lease_until = ? WHERE account_key = ? AND lease = ?';
  return database().prepare(statement).run(until, accountKey, lease).changes > 0;
}

/** All that was due is awake; the next is due at `wakeAt`. Without a next, and with nothing planned meanwhile, nothing is kept. */
export function finishWake({ account_key: key, planned }: SnoozeRow, lease: string, wakeAt: number | null): void {
  if (wakeAt === null) {
    const gone = database().prepare('DELETE FROM snoozes WHERE account_key = ? AND lease = ? AND planned = ?');
    if (gone.run(key, lease, planned).changes > 0) return;
  }
  // Planned meanwhile: its time stands in the row, and is not later.
  database()
    .prepare(
      `UPDATE snoozes SET lease = NULL, lease_until = 0, attempts = 0, wake_at = CASE planned WHEN ?3 THEN ?4 ELSE wake_at END
       WHERE account_key = ?1 AND lease = ?2`,
    )
    .run(key, lease, planned, wakeAt ?? Number.MAX_SAFE_INTEGER);
}

/** It did not work: again at `retryAt`. Without `keepsSecrets` only when the person is here. */
export function postponeWake(accountKey: string, lease: string, retryAt: number, keepsSecrets: boolean): void {
  database()
    .prepare(
      `UPDATE snoozes SET lease = NULL, lease_until = 0, wake_at = ?3${keepsSecrets ? '' : ', key_id = NULL, nonce = NULL, sealed = NULL'}
       WHERE account_key = ?1 AND lease = ?2`,
    )
    .run(accountKey, lease, retryAt);
}

/** What opens the account is forgotten. */
export function forgetWakeSecrets(accountKey: string): void {
  database()
    .prepare('UPDATE snoozes SET key_id = NULL, nonce = NULL, sealed = NULL WHERE account_key = ?')
    .run(accountKey);
}

export function findSnoozeRow(accountKey: string): SnoozeRow | null {
  const row = database().prepare('SELECT * FROM snoozes WHERE account_key = ?').get(accountKey);
  return row ? rowSchema.parse(row) : null;
}
