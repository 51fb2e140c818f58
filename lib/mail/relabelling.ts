import { z } from 'zod';
import { keywordSchema } from './keyword.ts';
import type { Task } from './task.ts';

/** A label is wanted under another name on all messages, or on none (`to` null). `id` names the wish; sent again it is the same one. */
export const relabellingSchema = z.object({ id: z.uuid(), from: keywordSchema, to: keywordSchema.nullable() });

export type Relabelling = z.infer<typeof relabellingSchema>;

/** What became of it. */
export interface Relabelled {
  /** Messages that had the label, in all mailboxes. */
  messages: number;
  /** Mailboxes that could not be looked into or take no such label: there it stays as it is. */
  left: string[];
  /**
   * What carries it out and takes it back, under the wish's id; null where no message has it, and where a mailbox was renamed for
   * it.
   */
  task: Task | null;
  /** The label is a mailbox (Gmail): what is done to it is done to that, and turned around by the opposite. */
  isMailbox: boolean;
}
