import { mailRoute } from '#server/auth/mail-route.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { conversationOf } from '#server/mail/conversation-of.ts';
import { refText } from '#server/mail/inputs.ts';

/** A message's conversation with what lies in other mailboxes (lib/mail/conversation.ts). */
export const GET = mailRoute(refText, ({ auth, input, request }) =>
  conversationOf(imapSession(auth), input, { signal: request.signal }),
);

export const dynamic = 'force-dynamic';
