import { z } from 'zod';
import { mailRoute } from '#server/auth/mail-route.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { streamStorage } from '#server/mail/storage/stream-storage.ts';

/** What takes the space, as lines of JSON that come as it is read (lib/mail/storage.ts). Hanging up stops it on the mail server too. */
export const GET = mailRoute(z.object({}), async ({ auth, request }) =>
  streamStorage(imapSession(auth), request.signal),
);

export const dynamic = 'force-dynamic';
