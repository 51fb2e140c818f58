import { z } from 'zod';
import { mailboxPathSchema } from '#lib/mail/mailbox.ts';
import { mailRoute } from '#server/auth/mail-route.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { readKnownKeywords } from '#server/imap/read-label-keywords.ts';

export const GET = mailRoute(z.object({ mailbox: mailboxPathSchema }), ({ auth, input, request }) =>
  readKnownKeywords(imapSession(auth), input.mailbox, request.signal),
);
