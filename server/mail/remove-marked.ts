import 'server-only';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { countMarked, expungeMarked } from '#server/imap/expunge-marked.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';

/** Answers how many messages of a mailbox are marked \Deleted, and removes them for good where that is wished. Throws a MailError. */
export async function removeMarked(session: ImapSession, path: MailboxPath, isWished: boolean): Promise<number> {
  const count = await countMarked(session, path);
  if (!isWished || count === 0) return count;
  await expungeMarked(session, path);
  await sessionFeed(session)
    .pull(path)
    .catch(() => {}); // They are gone; who else looks hears of it by the watch.
  return count;
}
