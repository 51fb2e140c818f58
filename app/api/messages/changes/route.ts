import { z } from 'zod';
import { MailError } from '#lib/errors.ts';
import { mailboxPathSchema } from '#lib/mail/mailbox.ts';
import { parseSyncToken } from '#lib/mail/sync-token.ts';
import { mailRoute } from '#server/auth/mail-route.ts';
import { log } from '#server/log.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { numberText, tokenText } from '#server/mail/inputs.ts';
import { readChanges } from '#server/mail/read-changes.ts';

const schema = z.object({
  mailbox: mailboxPathSchema,
  since: tokenText,
  uidNext: numberText.optional(),
  /** Messages the browser found itself to have held wrongly, since it asked last. */
  drift: numberText.optional(),
});

/** What happened to a mailbox since a token: `{events, token}`. With `uidNext` new messages come with their rows. */
export const GET = mailRoute(schema, async ({ auth, input, request }) => {
  const token = parseSyncToken(input.since);
  if (!token) throw new MailError('invalid-input');
  if (input.drift) log.warn('drift', { messages: input.drift });
  const known = { ...token, uidNext: input.uidNext ?? null };
  return readChanges(imapSession(auth), input.mailbox, known, request.signal);
});
