import { storageSelectionSchema } from '#lib/mail/storage.ts';
import { mailPostRoute } from '#server/auth/mail-route.ts';
import { limitRate } from '#server/auth/rate-limit.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { selectMessages } from '#server/mail/storage/select-messages.ts';

/** Selections of one session counted in a minute. */
const perMinute = 120;

/**
 * Which messages a clean-up would concern at this moment, counted, and what they take. A POST, though it changes nothing: whose mail it is
 * stands in no address.
 */
export const POST = mailPostRoute(storageSelectionSchema, async ({ auth, input, request }) => {
  limitRate('storage-selection', auth.id, perMinute);
  return selectMessages(imapSession(auth), input, request.signal);
});

export const dynamic = 'force-dynamic';
