import { z } from 'zod';
import { mailboxPathSchema } from '#lib/mail/mailbox.ts';
import { formatUidSet } from '#lib/mail/uid-set.ts';
import { mailRoute } from '#server/auth/mail-route.ts';
import { readUids } from '#server/imap/read-uids.ts';
import { imapSession } from '#server/imap/sessions.ts';

/** All UIDs of a mailbox as a sequence-set, with the state they were read at: `MailboxUids`. */
export const GET = mailRoute(z.object({ mailbox: mailboxPathSchema }), async ({ auth, input, request }) => {
  const { counts, uids } = await readUids(imapSession(auth), input.mailbox, request.signal);
  const { uidValidity, uidNext, token } = counts;
  return { uidValidity, uidNext, token, uids: formatUidSet(uids) };
});
