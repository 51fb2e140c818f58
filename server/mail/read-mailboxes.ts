import 'server-only';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import type { Quota } from '#lib/mail/quota.ts';
import { listMailboxes } from '#server/imap/list-mailboxes.ts';
import { readQuota } from '#server/imap/read-quota.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';

export interface MailboxesAndQuota {
  mailboxes: Mailbox[];
  quota: Quota | null;
}

/**
 * The whole tree with counts, and how full it is. What is told here the feed need not tell again; counts that the server does
 * not give with the list (no LIST-STATUS, RFC 5819) are those that the feed told last, or come by it one by one.
 */
export async function readMailboxes(session: ImapSession, signal?: AbortSignal): Promise<MailboxesAndQuota> {
  const listed = await listMailboxes(session, signal);
  const feed = sessionFeed(session);
  for (const { path, counts } of listed) if (counts) feed.note(path, counts);
  const mailboxes = listed.map((mailbox) =>
    mailbox.counts || !mailbox.selectable ? mailbox : { ...mailbox, counts: feed.countsOf(mailbox.path) },
  );
  const quota = await readQuota(session, signal).catch(() => null); // How full it is must not hide what is in it.
  return { mailboxes, quota };
}
