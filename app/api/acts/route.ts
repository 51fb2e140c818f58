import { z } from 'zod';
import { sentChangeSchema } from '#lib/mail/change.ts';
import { isMailChange } from '#lib/mail/is-mail-change.ts';
import { mailPostRoute } from '#server/auth/mail-route.ts';
import { serveDirectly } from '#server/direct-routes.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { executeChanges } from '#server/mail/execute-change.ts';
import { tellServerOfMuted } from '#server/mail/sieve-rules.ts';
import { planWakesOf } from '#server/mail/snooze/plan-wakes-of.ts';

const schema = z.object({ changes: z.array(sentChangeSchema).min(1).max(20) });

/** Characters. */
const maxLength = 1024 * 1024;

/** Carries out changes in their order; answers what became of each. */
export const POST = serveDirectly(
  'POST',
  '/api/acts',
  mailPostRoute(
    schema,
    async ({ auth, input: { changes: sent } }) => {
      const changes = sent.flatMap(({ change }) => (isMailChange(change) ? change : []));
      planWakesOf(auth, changes);
      const answer = await executeChanges(imapSession(auth), sent);
      tellServerOfMuted(auth, changes);
      return answer;
    },
    { maxLength, isUse: true },
  ),
);

export const dynamic = 'force-dynamic';
