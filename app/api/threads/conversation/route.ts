import { z } from 'zod';
import { mailRoute } from '#server/auth/mail-route.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { conversationOf, olderOf } from '#server/mail/conversation-of.ts';
import { refText } from '#server/mail/inputs.ts';

/** `older`: only what lies elsewhere and is much older. */
const schema = refText.extend({ older: z.literal('true').optional() });

/** A message's conversation with what lies in other mailboxes (lib/mail/conversation.ts). */
export const GET = mailRoute(schema, ({ auth, input: { older, ...ref }, request: { signal } }) =>
  older ? olderOf(imapSession(auth), ref, signal) : conversationOf(imapSession(auth), ref, { signal }),
);

export const dynamic = 'force-dynamic';
