import { z } from 'zod';
import { choosableRoles } from './choosable-roles.ts';
import { mailboxPathSchema } from './mailbox.ts';
import type { Mailbox, MailboxPath } from './mailbox.ts';
import type { Quota } from './quota.ts';

/** One segment of a path, as people write it. Which of them a server takes, only it knows (check-mailbox-name.ts has what all refuse). */
const mailboxNameSchema = z
  .string()
  .min(1)
  .max(255)
  .refine((name) => !/[\0-\x1f\x7f]/.test(name));

/**
 * What a person wants of mailboxes. Like MailChange it names the wanted state: done twice it is done once. Paths are made on
 * the server, which knows the delimiter and the namespace.
 */
export const mailboxChangeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('create'), parent: mailboxPathSchema.nullable(), name: mailboxNameSchema }),
  /** Renames, moves below another parent, or both; what is inside comes along (RFC 9051 section 6.3.6). */
  z.object({
    type: z.literal('rename'),
    path: mailboxPathSchema,
    parent: mailboxPathSchema.nullable(),
    name: mailboxNameSchema,
  }),
  /** With all below it: into the trash, where it can be taken out again; for good; or only if nothing is in it. */
  z.object({
    type: z.literal('delete'),
    path: mailboxPathSchema,
    how: z.enum(['to-trash', 'for-good', 'if-empty']),
  }),
  z.object({ type: z.literal('subscribe'), path: mailboxPathSchema, value: z.boolean() }),
  /** `path` null: as the server says. */
  z.object({ type: z.literal('set-role'), role: z.enum(choosableRoles), path: mailboxPathSchema.nullable() }),
]);

export type MailboxChange = z.infer<typeof mailboxChangeSchema>;

/** The tree as it stands after a change, and what the change came to. */
export interface MailboxOutcome {
  mailboxes: Mailbox[];
  quota: Quota | null;
  /** Where the mailbox is now, as the server names it; null where it is gone. */
  path: MailboxPath | null;
  /** What would take the change back; null where nothing can. */
  inverse: MailboxChange | null;
}
