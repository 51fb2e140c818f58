import 'server-only';
import { z } from 'zod';
import { mailActSchema } from '#lib/mail/task.ts';
import { mailErrorCodes } from '#lib/errors.ts';
import { database } from './database.ts';
import { inTransaction } from './in-transaction.ts';
import { insertPlacementRows } from './placement-rows.ts';
import type { PlacementRow } from './placement-rows.ts';

const uidSetSchema = z.array(z.tuple([z.number(), z.number()]));

/**
 * Acts on messages of one mailbox; `unchangedSince` spares those that were changed after this modseq, `lacking` those
 * that have a keyword.
 */
const stepSchema = z.object({
  mailbox: z.string(),
  uidValidity: z.number(),
  uids: uidSetSchema,
  acts: z.array(mailActSchema),
  unchangedSince: z.string().nullable(),
  lacking: z.string().optional(),
  /** What the person asked for, where it was cut into steps that do something else each. */
  asked: mailActSchema.optional(),
  /** Mailboxes that were made for its messages, deepest first. */
  made: z.array(z.string()).optional(),
});

export type TaskStep = z.infer<typeof stepSchema>;

/** How far a task is. `step` is the index of the step at work, `next` how many of its messages have been dealt with. */
const progressSchema = z.object({
  isUndo: z.boolean(),
  /** Null until it was looked which of the messages are still there. */
  total: z.number().nullable(),
  /** How many the person meant. */
  asked: z.number(),
  step: z.number(),
  next: z.number(),
  done: z.number(),
  missing: z.number(),
  kept: z.number(),
  state: z.enum(['running', 'waiting', 'done', 'cancelled', 'failed']),
  error: z.enum(mailErrorCodes).nullable(),
  canUndo: z.boolean(),
  /** Where the next moved or copied message will be at the earliest: shows after an unanswered command whether it was done. */
  landing: z.object({ mailbox: z.string(), uidValidity: z.number(), uidNext: z.number() }).nullable(),
});

export type TaskProgress = z.infer<typeof progressSchema>;

export interface TaskRow {
  id: string;
  accountKey: string;
  steps: TaskStep[];
  progress: TaskProgress;
}

/** Tasks and what takes them back are forgotten after so long. Milliseconds. */
const keepMs = 24 * 60 * 60_000;

export function insertTaskRow({ id, accountKey, steps, progress }: TaskRow, leasedUntil: number): void {
  database()
    .prepare('INSERT INTO tasks VALUES (?, ?, ?, ?, 0, 0, ?, ?, 0)')
    .run(id, accountKey, JSON.stringify(steps), JSON.stringify(progress), Date.now(), leasedUntil);
}

/** What a batch leaves behind: what takes it back, and where its messages were put. */
export interface BatchTrace {
  inverse: TaskStep[];
  placed: PlacementRow[];
}

/** Writes how far a task is, with what its last batch leaves behind, in one go; answers whether somebody asked that it ends. */
export function advanceTaskRow(
  id: string,
  progress: TaskProgress,
  { inverse, placed }: BatchTrace,
  leasedUntil: number,
): boolean {
  const store = database();
  const isEnded = progress.state === 'done' || progress.state === 'cancelled' || progress.state === 'failed';
  return inTransaction(() => {
    const row = store
      .prepare(
        'UPDATE tasks SET progress = ?, is_ended = ?, leased_until = ? WHERE id = ? RETURNING is_stopped, account_key',
      )
      .get(JSON.stringify(progress), isEnded ? 1 : 0, isEnded ? 0 : leasedUntil, id);
    if (row && placed.length > 0) insertPlacementRows(String(row.account_key), placed);
    if (inverse.length > 0) store.prepare('INSERT INTO task_inverses VALUES (?, ?)').run(id, JSON.stringify(inverse));
    return row?.is_stopped === 1;
  });
}

/** After it was looked which messages are there. */
export function writeTaskSteps(id: string, steps: TaskStep[]): void {
  database().prepare('UPDATE tasks SET steps = ? WHERE id = ?').run(JSON.stringify(steps), id);
}

/** Answers whether somebody asked that it ends. */
export function leaseTaskRow(id: string, leasedUntil: number): boolean {
  const row = database()
    .prepare('UPDATE tasks SET leased_until = ? WHERE id = ? AND is_ended = 0 RETURNING is_stopped')
    .get(leasedUntil, id);
  return row?.is_stopped === 1;
}

/** Asks whichever process works on it to end it. */
export function stopTaskRow(id: string): void {
  database().prepare('UPDATE tasks SET is_stopped = 1 WHERE id = ? AND is_ended = 0').run(id);
}

/** Takes over the account's tasks that nobody works on; answers when the next of the others may be free. */
export function claimTaskRows(
  accountKey: string,
  now: number,
  leasedUntil: number,
): { claimed: TaskRow[]; freeAt: number | null } {
  const store = database();
  for (const table of ['tasks', 'placements'])
    store.prepare(`DELETE FROM ${table} WHERE created_at < ?`).run(now - keepMs);
  const claimed = store
    .prepare(
      'UPDATE tasks SET leased_until = ?1 WHERE account_key = ?2 AND is_ended = 0 AND leased_until < ?3 RETURNING id, account_key, steps, progress',
    )
    .all(leasedUntil, accountKey, now)
    .map(toRow);
  const row = store
    .prepare('SELECT min(leased_until) AS at FROM tasks WHERE account_key = ? AND is_ended = 0 AND leased_until <> ?')
    .get(accountKey, leasedUntil);
  return { claimed, freeAt: typeof row?.at === 'number' ? row.at : null };
}

export function findTaskRow(accountKey: string, id: string): TaskRow | null {
  const row = database()
    .prepare('SELECT id, account_key, steps, progress FROM tasks WHERE id = ? AND account_key = ?')
    .get(id, accountKey);
  return row ? toRow(row) : null;
}

/** Tasks under way, and those whose end nobody heard. */
export function listTaskRows(accountKey: string): TaskRow[] {
  return database()
    .prepare(
      'SELECT id, account_key, steps, progress FROM tasks WHERE account_key = ? AND (is_ended = 0 OR is_told = 0) ORDER BY created_at',
    )
    .all(accountKey)
    .map(toRow);
}

export function markTaskTold(id: string): void {
  database().prepare('UPDATE tasks SET is_told = 1 WHERE id = ?').run(id);
}

/** Whether anything that tasks of the account did can be taken back. */
export function hasTaskInverses(accountKey: string): boolean {
  return (
    database()
      .prepare('SELECT 1 FROM tasks WHERE account_key = ? AND id IN (SELECT task_id FROM task_inverses) LIMIT 1')
      .get(accountKey) !== undefined
  );
}

/** What takes a task back, the last batch first; taken out, so that nothing is taken back twice. */
export function takeTaskInverse(id: string): TaskStep[] {
  const rows = database().prepare('SELECT steps FROM task_inverses WHERE task_id = ? ORDER BY rowid DESC').all(id);
  database().prepare('DELETE FROM task_inverses WHERE task_id = ?').run(id);
  return rows.flatMap((row) => z.array(stepSchema).parse(JSON.parse(String(row.steps))));
}

function toRow(row: Record<string, unknown>): TaskRow {
  return {
    id: String(row.id),
    accountKey: String(row.account_key),
    steps: z.array(stepSchema).parse(JSON.parse(String(row.steps))),
    progress: progressSchema.parse(JSON.parse(String(row.progress))),
  };
}
