'use server';

import { z } from 'zod';
import type { Result } from '#lib/errors.ts';
import { keywordSchema } from '#lib/mail/keyword.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { relabel } from '#server/mail/relabel.ts';
import type { Relabelled } from '#server/mail/relabel.ts';
import { mailAction } from './mail-action.ts';

const schema = z.object({ from: keywordSchema, to: keywordSchema.nullable() });

const run = mailAction(schema, (auth, { from, to }) => relabel(imapSession(auth), from, to));

/** Renames a label on all messages, or takes it off (`to` null); how it goes is told on the feed. */
export async function relabelMessages(wish: z.infer<typeof schema>, account: string | null): Promise<Result<Relabelled>> {
  return run(wish, account);
}
