'use server';

import { z } from 'zod';
import { sentChangeSchema } from '#lib/mail/change.ts';
import type { ChangesAnswer, SentChange } from '#lib/mail/change.ts';
import { isMailChange } from '#lib/mail/is-mail-change.ts';
import type { Result } from '#lib/errors.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { executeChanges } from '#server/mail/execute-change.ts';
import { tellServerOfMuted } from '#server/mail/sieve-rules.ts';
import { planWakesOf } from '#server/mail/snooze/plan-wakes-of.ts';
import { mailAction } from './mail-action.ts';

const schema = z.array(sentChangeSchema).min(1).max(20);

const run = mailAction(schema, async (auth, sent) => {
  const changes = sent.flatMap(({ change }) => (isMailChange(change) ? change : []));
  planWakesOf(auth, changes);
  const answer = await executeChanges(imapSession(auth), sent);
  tellServerOfMuted(auth, changes);
  return answer;
});

/** Carries out changes in their order; answers what became of each. */
export async function changeMessages(sent: SentChange[], account: string | null): Promise<Result<ChangesAnswer>> {
  return run(sent, account);
}
