import { z } from 'zod';
import { MailError } from '#lib/errors.ts';
import { mailboxPathSchema } from '#lib/mail/mailbox.ts';
import { uidSchema } from '#lib/mail/message.ts';
import { parseSearch } from '#lib/mail/parse-search.ts';
import { maxQueryLength, searchScopes, searchSorts } from '#lib/mail/search-query.ts';
import { mailPostRoute } from '#server/auth/mail-route.ts';
import { limitRate } from '#server/auth/rate-limit.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { streamSearch } from '#server/mail/search/stream-search.ts';

const schema = z.object({
  mailbox: mailboxPathSchema,
  q: z.string().max(maxQueryLength),
  scope: z.enum(searchScopes),
  sort: z.enum(searchSorts).nullish(),
  /** Only messages of this mailbox with this UID or a greater one. */
  fromUid: uidSchema.optional(),
});

/** Searches of one session in a minute; each may cost the mail server minutes. A look at what just arrived costs little. */
const perMinute = { asked: 120, arrivals: 240 };

/**
 * A search, as lines of JSON that come as the mail server finds (lib/mail/search-results.ts). Hanging up stops it there
 * too. A POST, though it changes nothing: what is searched for stands in no address, and so in no log of a proxy.
 */
export const POST = mailPostRoute(schema, async ({ auth, input, request }) => {
  const kind = input.fromUid === undefined ? 'asked' : 'arrivals';
  limitRate(`search-${kind}`, auth.id, perMinute[kind]);
  const parsed = parseSearch(input.q);
  if (!parsed.ok) throw new MailError('invalid-input');
  const { mailbox, scope, sort = null, fromUid = null } = input;
  return streamSearch(imapSession(auth), { query: parsed.query, mailbox, scope, sort, fromUid }, request.signal);
});

export const dynamic = 'force-dynamic';
