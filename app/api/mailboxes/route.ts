import { z } from 'zod';
import { mailRoute } from '#server/auth/mail-route.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { readMailboxes } from '#server/mail/read-mailboxes.ts';

export const GET = mailRoute(z.object({}), ({ auth, request }) => readMailboxes(imapSession(auth), request.signal));
