import { z } from 'zod';
import { mailboxPathSchema } from '#lib/mail/mailbox.ts';
import { mailRoute } from '#server/auth/mail-route.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { numberText, uidsText } from '#server/mail/inputs.ts';
import { readPreviews } from '#server/mail/read-previews.ts';

const schema = z.object({ mailbox: mailboxPathSchema, uidValidity: numberText, uids: uidsText });

export const GET = mailRoute(schema, async ({ auth, input, request }) => ({
  previews: await readPreviews(imapSession(auth), input.mailbox, input.uidValidity, input.uids, request.signal),
}));
