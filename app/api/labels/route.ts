import { z } from 'zod';
import { mailboxPathSchema } from '#lib/mail/mailbox.ts';
import { relabellingSchema } from '#lib/mail/relabelling.ts';
import { mailPostRoute, mailRoute } from '#server/auth/mail-route.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { readKnownKeywords } from '#server/imap/read-label-keywords.ts';
import { relabel } from '#server/mail/relabel.ts';

export const GET = mailRoute(z.object({ mailbox: mailboxPathSchema }), ({ auth, input, request }) =>
  readKnownKeywords(imapSession(auth), input.mailbox, request.signal),
);

/** Renames a label on all messages, or takes it off; answers when that has begun, the feed tells how it goes. */
export const POST = mailPostRoute(relabellingSchema, ({ auth, input }) => relabel(imapSession(auth), input), {
  isUse: true,
});
