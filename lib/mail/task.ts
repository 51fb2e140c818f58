import { z } from 'zod';
import type { MailErrorCode } from '../errors.ts';
import { moveMailboxesSchema } from './change.ts';
import { keywordSchema } from './keyword.ts';
import { mailboxPathSchema } from './mailbox.ts';
import { choosableRoles } from './choosable-roles.ts';
import { uidSchema } from './message.ts';

/** What is wanted of messages, whichever they are: a MailChange without its messages. */
export const mailActSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('set-keyword'), keyword: keywordSchema, value: z.boolean() }),
  z.object({
    type: z.literal('move'),
    to: mailboxPathSchema,
    as: z.enum(choosableRoles).optional(),
    keywords: z
      .array(z.object({ keyword: keywordSchema, value: z.boolean() }))
      .max(100)
      .optional(),
    ...moveMailboxesSchema.shape,
  }),
  z.object({ type: z.literal('copy'), to: mailboxPathSchema }),
  z.object({ type: z.literal('destroy') }),
]);

export type MailAct = z.infer<typeof mailActSchema>;

/** Messages of one mailbox as a sequence-set (RFC 9051 section 9); UIDs that name no message are harmless. */
const uidRangesSchema = z.object({
  mailbox: mailboxPathSchema,
  uidValidity: uidSchema,
  uids: z.string().regex(/^\d{1,10}(:\d{1,10})?(,\d{1,10}(:\d{1,10})?)*$/),
});

export type UidRanges = z.infer<typeof uidRangesSchema>;

/** What may be said of a task that is to be taken back; `id` names the task that does it. */
export const bulkUndoSchema = z.object({ id: z.uuid(), task: z.uuid() });

export type BulkUndo = z.infer<typeof bulkUndoSchema>;

/** Messages a task may be asked to act on. */
const maxMessages = 5_000_000;

/**
 * An act on more messages than one request may carry out: a task on the server, which goes on when the tab closes. The acts
 * are done in this order, messages by the batch.
 */
export const bulkChangeSchema = z.object({
  /** Names the task; sent again it is the same task. */
  id: z.uuid(),
  acts: z.array(mailActSchema).min(1).max(4),
  messages: z.array(uidRangesSchema).min(1).max(500),
  /** How many they were when the person said so; what is no longer there is told. */
  count: z.int().min(0).max(maxMessages),
  /** Only those of them that lack a keyword: `messages` names whole mailboxes then, and nobody counts what has it already. */
  lacking: keywordSchema.optional(),
});

export type BulkChange = z.infer<typeof bulkChangeSchema>;

/** `waiting`: the server can't be reached or refuses for the moment; it goes on by itself. The last three are ends. */
export type TaskState = 'running' | 'waiting' | 'done' | 'cancelled' | 'failed';

/** A task as it stands. `total` = `done` + `kept` + `missing`, which were gone before their turn, + what is left. */
export interface Task {
  id: string;
  acts: MailAct[];
  /** Where the messages are, or were. */
  mailboxes: string[];
  isUndo: boolean;
  state: TaskState;
  total: number;
  done: number;
  missing: number;
  /** Left as they are, because another device changed them since: only an undo keeps. */
  kept: number;
  /** Why it waits or failed. */
  error: MailErrorCode | null;
  /** Whether what it did can be taken back, wholly or in part. */
  canUndo: boolean;
}
