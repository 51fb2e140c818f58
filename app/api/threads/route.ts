import { z } from 'zod';
import { mailboxPathSchema } from '#lib/mail/mailbox.ts';
import { mailRoute } from '#server/auth/mail-route.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { numberText } from '#server/mail/inputs.ts';
import { readThreads } from '#server/mail/read-threads.ts';

const schema = z.object({
  mailbox: mailboxPathSchema,
  /** So many of the newest messages are looked at. */
  newest: numberText,
  /** Only threads that hold a message with this UID or a greater one. */
  fromUid: numberText.optional(),
});

/** Which messages of a mailbox belong together (lib/mail/thread-groups.ts). */
export const GET = mailRoute(schema, ({ auth, input, request }) =>
  readThreads(
    imapSession(auth),
    input.mailbox,
    { newest: input.newest, fromUid: input.fromUid ?? null },
    request.signal,
  ),
);

export const dynamic = 'force-dynamic';
