import { z } from 'zod';
import { timeZoneSchema } from '#lib/mail/storage.ts';
import { mailPostRoute } from '#server/auth/mail-route.ts';
import { limitRate } from '#server/auth/rate-limit.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { streamStorage } from '#server/mail/storage/stream-storage.ts';

/** Readings of one session in a minute; each goes through all mail there is. */
const perMinute = 30;

/** What takes the space, as lines of JSON that come as it is read (lib/mail/storage.ts). Hanging up stops it on the mail server too. */
export const POST = mailPostRoute(z.object({ timeZone: timeZoneSchema }), async ({ auth, input, request }) => {
  limitRate('storage', auth.id, perMinute);
  return streamStorage(imapSession(auth), input.timeZone, request.signal);
});

export const dynamic = 'force-dynamic';
