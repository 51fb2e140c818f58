import { z } from 'zod';
import { mailboxPathSchema } from '#lib/mail/mailbox.ts';
import { mailRoute } from '#server/auth/mail-route.ts';
import { readRights } from '#server/imap/read-rights.ts';
import { imapSession } from '#server/imap/sessions.ts';

/** What may be done in a mailbox that somebody else shares; asked when it is opened. */
export const GET = mailRoute(z.object({ mailbox: mailboxPathSchema }), async ({ auth, input, request }) => ({
  rights: await readRights(imapSession(auth), input.mailbox, request.signal),
}));
