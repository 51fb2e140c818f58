import { z } from 'zod';
import { MailError } from '#lib/errors.ts';
import { mailboxPathSchema } from '#lib/mail/mailbox.ts';
import { parseSearch } from '#lib/mail/parse-search.ts';
import { maxQueryLength, searchScopes, searchSorts } from '#lib/mail/search-query.ts';
import { mailRoute } from '#server/auth/mail-route.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { numberText } from '#server/mail/inputs.ts';
import { streamSearch } from '#server/mail/stream-search.ts';

const schema = z.object({
  mailbox: mailboxPathSchema,
  q: z.string().max(maxQueryLength),
  scope: z.enum(searchScopes),
  sort: z.enum(searchSorts).optional(),
  /** Only messages of this mailbox with this UID or a greater one. */
  fromUid: numberText.optional(),
});

/** A search, as lines of JSON that come as the mail server finds (lib/mail/search-results.ts). Hanging up stops it there too. */
export const GET = mailRoute(schema, async ({ auth, input, request }) => {
  const parsed = parseSearch(input.q);
  if (!parsed.ok) throw new MailError('invalid-input');
  const { mailbox, scope, sort = null, fromUid = null } = input;
  return streamSearch(imapSession(auth), { query: parsed.query, mailbox, scope, sort, fromUid }, request.signal);
});

export const dynamic = 'force-dynamic';
