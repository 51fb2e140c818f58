import { z } from 'zod';
import { bulkChangeSchema, bulkUndoSchema } from '#lib/mail/task.ts';
import { mailPostRoute } from '#server/auth/mail-route.ts';
import { serveDirectly } from '#server/direct-routes.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { planWakesOf } from '#server/mail/snooze/plan-wakes-of.ts';
import { startTask, undoTask } from '#server/mail/tasks/tasks.ts';

const schema = z.union([bulkChangeSchema, bulkUndoSchema]);

/** UIDs without a gap are told in a few octets; a selection with as many gaps as can be is long. Characters. */
const maxLength = 1024 * 1024;

/** Begins an act on many messages, or takes one back; answers the task at once, the feed tells how it goes. */
export const POST = serveDirectly(
  'POST',
  '/api/tasks',
  mailPostRoute(
    schema,
    async ({ auth, input }) => {
      const session = imapSession(auth);
      if ('task' in input) return undoTask(session, input);
      planWakesOf(auth, input.acts);
      return startTask(session, input);
    },
    { maxLength, isUse: true },
  ),
);

export const dynamic = 'force-dynamic';
