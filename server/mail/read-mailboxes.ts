import 'server-only';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import { listMailboxes } from '#server/imap/list-mailboxes.ts';
import { readQuota } from '#server/imap/read-quota.ts';
import type { Quota } from '#server/imap/read-quota.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { sessionFeed } from './session-feed.ts';

export interface MailboxesAndQuota {
  mailboxes: Mailbox[];
  quota: Quota | null;
}

/** The whole tree with counts, and how full it is. What is told here the feed need not tell again. */
export async function readMailboxes(session: ImapSession, signal?: AbortSignal): Promise<MailboxesAndQuota> {
  const mailboxes = await listMailboxes(session, signal);
  const feed = sessionFeed(session);
  for (const { path, counts } of mailboxes) if (counts) feed.note(path, counts);
  const quota = await readQuota(session, signal).catch(() => null); // How full it is must not hide what is in it.
  return { mailboxes, quota };
}
