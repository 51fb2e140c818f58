import { attentionChangeSchema } from '#lib/mail/attention.ts';
import { mailPostRoute } from '#server/auth/mail-route.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';

/** POST {page, attention}: how a page of this browser is looked at. Where nothing is pushed the mail server is asked accordingly. */
export const POST = mailPostRoute(attentionChangeSchema, ({ auth, input: { page, attention } }) => {
  sessionFeed(imapSession(auth)).attend(page, attention);
  return Promise.resolve({ ok: true });
});
