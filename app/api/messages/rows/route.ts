import { z } from 'zod';
import { mailboxPathSchema } from '#lib/mail/mailbox.ts';
import { mailRoute } from '#server/auth/mail-route.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { numberText, uidsText } from '#server/mail/inputs.ts';
import { readRowsByUid } from '#server/mail/read-rows-by-uid.ts';

const schema = z.object({ mailbox: mailboxPathSchema, uidValidity: numberText, uids: uidsText });

/** Rows of messages by their UIDs, for lists that are no stretch of a mailbox; those that are gone are left out. */
export const GET = mailRoute(schema, async ({ auth, input, request }) => ({
  rows: await readRowsByUid(imapSession(auth), input.mailbox, input.uidValidity, input.uids, request.signal),
}));
