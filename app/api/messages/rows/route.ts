import { z } from 'zod';
import { mailboxPathSchema } from '#lib/mail/mailbox.ts';
import { mailRoute } from '#server/auth/mail-route.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { numberText } from '#server/mail/inputs.ts';
import { readRowsByUid } from '#server/mail/read-rows-by-uid.ts';

const uids = z
  .string()
  .max(1200)
  .transform((text) => text.split(','))
  .pipe(z.array(numberText).min(1).max(100));

const schema = z.object({ mailbox: mailboxPathSchema, uidValidity: numberText, uids });

/** Rows of messages by their UIDs, for lists that are no stretch of a mailbox; those that are gone are left out. */
export const GET = mailRoute(schema, async ({ auth, input, request }) => ({
  rows: await readRowsByUid(imapSession(auth), input.mailbox, input.uidValidity, input.uids, request.signal),
}));
