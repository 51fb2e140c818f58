import 'server-only';
import { z } from 'zod';
import { database } from './database.ts';
import { inTransaction } from './in-transaction.ts';

const octets = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** Where a job stands (lib/mail/outgoing.ts); `preparing` until its message is written down. */
const states = ['preparing', 'waiting', 'sending', 'sent', 'unsure', 'failed', 'cancelled'] as const;
/**
 * What is certain about its message, in the order it becomes so: nothing left the house; its last octet was given away and the
 * answer is not known; the server took it; the copy stands in Sent.
 */
const phases = ['queued', 'committed', 'accepted', 'filed'] as const;

/** A message on its way out. Times are Unix milliseconds; what is in it and who sends it is sealed (auth/job-seal.ts). */
const rowSchema = z.object({
  id: z.string(),
  account_key: z.string(),
  draft: z.string(),
  state: z.enum(states),
  phase: z.enum(phases),
  send_at: z.number(),
  scheduled: z.number(),
  attempts: z.number(),
  reason: z.string().nullable(),
  recipients: z.number(),
  lease: z.string().nullable(),
  lease_until: z.number(),
  /** Grows with every change of any row: who looks knows what is new. */
  changed: z.number(),
  created_at: z.number(),
  key_id: z.string(),
  nonce: octets,
  sealed: octets,
});

export type OutboxRow = z.infer<typeof rowSchema>;
export type OutboxChange = Partial<
  Pick<OutboxRow, 'state' | 'phase' | 'send_at' | 'attempts' | 'reason' | 'key_id' | 'nonce' | 'sealed'>
>;

export interface Limits {
  perHour: number;
  recipientsPerDay: number;
}

const nextChange = '(SELECT MAX(COALESCE((SELECT MAX(changed) FROM outbox), 0) + 1, unixepoch() * 1000))';
const hour = 3600_000;

/**
 * Reserves the id and the draft for one sender. Answers the row that has the id already, `limited` (with the seconds to wait) when the
 * account may not send more, `taken` when the draft is being sent under another id, or null: it is reserved.
 */
export function reserveOutboxRow(
  row: Omit<OutboxRow, 'changed'>,
  limits: Limits,
): { known: OutboxRow } | { limited: number } | { taken: true } | null {
  return durably(() => {
    // A process that died while it prepared left the row: nothing of it was ever promised.
    database().prepare("DELETE FROM outbox WHERE state = 'preparing' AND lease_until < ?").run(row.created_at);
    const known = findOutboxRow(row.id);
    if (known) return { known };
    const counted = "FROM outbox WHERE account_key = ? AND state <> 'cancelled' AND created_at > ?";
    const lastHour = database()
      .prepare(`SELECT COUNT(*) AS n, MIN(created_at) AS first ${counted}`)
      .get(row.account_key, row.created_at - hour);
    if (Number(lastHour?.n) >= limits.perHour) return { limited: waitFor(lastHour?.first, hour, row.created_at) };
    const lastDay = database()
      .prepare(`SELECT COALESCE(SUM(recipients), 0) AS n, MIN(created_at) AS first ${counted}`)
      .get(row.account_key, row.created_at - 24 * hour);
    if (Number(lastDay?.n) + row.recipients > limits.recipientsPerDay)
      return { limited: waitFor(lastDay?.first, 24 * hour, row.created_at) };
    const busy = database()
      .prepare(
        "SELECT 1 FROM outbox WHERE account_key = ? AND draft = ? AND state IN ('preparing', 'waiting', 'sending')",
      )
      .get(row.account_key, row.draft);
    if (busy) return { taken: true };
    database()
      .prepare(
        `INSERT INTO outbox VALUES (:id, :account_key, :draft, :state, :phase, :send_at, :scheduled, :attempts, :reason, :recipients,
         :lease, :lease_until, ${nextChange}, :created_at, :key_id, :nonce, :sealed)`,
      )
      .run(row);
    return null;
  });
}

/** Takes the next job whose time has come, or whose sender died, for one sender; one at a time of an account. */
export function claimOutboxRow(lease: string, now: number, until: number): OutboxRow | null {
  const row = durably(() =>
    database()
      .prepare(
        `UPDATE outbox SET state = 'sending', lease = ?1, lease_until = ?3, changed = ${nextChange} WHERE id = (
           SELECT id FROM outbox AS due WHERE ((state = 'waiting' AND send_at <= ?2) OR (state = 'sending' AND lease_until < ?2))
           AND NOT EXISTS (SELECT 1 FROM outbox AS other WHERE other.account_key = due.account_key AND other.id <> due.id
             AND other.state = 'sending' AND other.lease_until >= ?2)
           ORDER BY send_at LIMIT 1)
         RETURNING *`,
      )
      .get(lease, now, until),
  );
  return row ? rowSchema.parse(row) : null;
}

/** Changes a job as its sender; false when it is not that any more. */
export function changeLeasedRow(id: string, lease: string, change: OutboxChange, keepsLease = true): boolean {
  const release = keepsLease ? '' : ', lease = NULL, lease_until = 0';
  return update(change, release, 'id = :id AND lease = :lease', { id, lease });
}

/** Stays the sender for longer; false when another took over. */
export function renewOutboxLease(id: string, lease: string, until: number): boolean {
  return (
    database().prepare('UPDATE outbox SET lease_until = ? WHERE id = ? AND lease = ?').run(until, id, lease).changes > 0
  );
}

/** Changes a job that no sender has, in one of these states and with nothing of it sent. */
export function changeIdleRow(
  accountKey: string,
  id: string,
  from: readonly OutboxRow['state'][],
  change: OutboxChange,
): boolean {
  const where = `id = :id AND account_key = :accountKey AND state IN (${from.map((state) => `'${state}'`).join(', ')})
    AND (state <> 'waiting' OR phase = 'queued')`;
  return update(change, '', where, { id, accountKey });
}

export function findOutboxRow(id: string): OutboxRow | null {
  const row = database().prepare('SELECT * FROM outbox WHERE id = ?').get(id);
  return row ? rowSchema.parse(row) : null;
}

/** What of an account is not over, soonest first. */
export function listOutboxRows(accountKey: string): OutboxRow[] {
  return database()
    .prepare(
      "SELECT * FROM outbox WHERE account_key = ? AND state IN ('waiting', 'sending', 'unsure', 'failed') ORDER BY send_at",
    )
    .all(accountKey)
    .map((row) => rowSchema.parse(row));
}

export function findRowOfDraft(accountKey: string, draft: string): OutboxRow | null {
  const row = database()
    .prepare(
      "SELECT * FROM outbox WHERE account_key = ? AND draft = ? AND state IN ('waiting', 'sending', 'unsure') ORDER BY changed DESC",
    )
    .get(accountKey, draft);
  return row ? rowSchema.parse(row) : null;
}

/** Rows changed after `changed`, in that order. */
export function outboxRowsSince(changed: number): OutboxRow[] {
  const rows = database()
    .prepare("SELECT * FROM outbox WHERE changed > ? AND state <> 'preparing' ORDER BY changed LIMIT 500")
    .all(changed);
  return rows.map((row) => rowSchema.parse(row));
}

export function lastOutboxChange(): number {
  return Number(database().prepare('SELECT COALESCE(MAX(changed), 0) AS changed FROM outbox').get()?.changed ?? 0);
}

/** When the next job is due; null when none waits. */
export function nextOutboxTime(): number | null {
  const row = database().prepare("SELECT MIN(send_at) AS at FROM outbox WHERE state = 'waiting'").get();
  return typeof row?.at === 'number' ? row.at : null;
}

export function deleteOutboxRow(id: string, lease: string): void {
  database().prepare("DELETE FROM outbox WHERE id = ? AND lease = ? AND state = 'preparing'").run(id, lease);
}

/** Forgets what was over before a time: until then its key still names it, and it still counts. */
export function sweepOutboxRows(before: number, unreadBefore: number): void {
  database()
    .prepare("DELETE FROM outbox WHERE state IN ('sent', 'cancelled') AND MAX(created_at, send_at) < ?")
    .run(before);
  database()
    .prepare("DELETE FROM outbox WHERE state IN ('unsure', 'failed') AND MAX(created_at, send_at) < ?")
    .run(unreadBefore);
}

export function hasOutboxRow(id: string): boolean {
  return (
    database().prepare("SELECT 1 FROM outbox WHERE id = ? AND state NOT IN ('sent', 'cancelled')").get(id) !== undefined
  );
}

function update(change: OutboxChange, more: string, where: string, names: Record<string, string>): boolean {
  const fields = Object.keys(change).map((name) => `${name} = :${name}`);
  const statement = `UPDATE outbox SET ${[...fields, `changed = ${nextChange}`].join(', ')}${more} WHERE ${where}`;
  return durably(
    () =>
      database()
        .prepare(statement)
        .run({ ...change, ...names }).changes > 0,
  );
}

function waitFor(first: unknown, span: number, now: number): number {
  return Math.max(1, Math.ceil((Number(first) + span - now) / 1000));
}

/** In one transaction that is on the disk when it ends: what is promised here outlives a power cut. */
function durably<T>(run: () => T): T {
  database().exec('PRAGMA synchronous = FULL');
  try {
    return inTransaction(run);
  } finally {
    database().exec('PRAGMA synchronous = NORMAL');
  }
}
