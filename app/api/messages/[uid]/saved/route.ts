import { mailRoute } from '#server/auth/mail-route.ts';
import { readSaveDate } from '#server/imap/read-save-date.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { refText } from '#server/mail/inputs.ts';

/** Since when a message is in its mailbox, as far as the mail server tells. Asked of what lies in Trash and Spam. */
export const GET = mailRoute(refText, async ({ auth, input, request }) => ({
  savedAt: await readSaveDate(imapSession(auth), input, request.signal),
}));
