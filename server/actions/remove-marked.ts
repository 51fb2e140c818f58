'use server';

import { z } from 'zod';
import type { Result } from '#lib/errors.ts';
import { mailboxPathSchema } from '#lib/mail/mailbox.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { removeMarked as remove } from '#server/mail/remove-marked.ts';
import { mailAction } from './mail-action.ts';

const schema = z.object({ mailbox: mailboxPathSchema, isWished: z.boolean() });

const run = mailAction(schema, async (auth, { mailbox, isWished }) => remove(imapSession(auth), mailbox, isWished));

/** How many messages of a mailbox are marked as deleted; `isWished`: and removes them for good. */
export async function removeMarked(wish: z.infer<typeof schema>, account: string | null): Promise<Result<number>> {
  return run(wish, account);
}
