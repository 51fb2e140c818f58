import { storageSelectionSchema } from '#lib/mail/storage.ts';
import { mailRoute } from '#server/auth/mail-route.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { selectMessages } from '#server/mail/storage/select-messages.ts';

/** Which messages a clean-up would concern at this moment, counted, and what they take. */
export const GET = mailRoute(storageSelectionSchema, async ({ auth, input, request }) =>
  selectMessages(imapSession(auth), input, request.signal),
);

export const dynamic = 'force-dynamic';
