import 'server-only';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { EventFrame } from '#server/events/sse.ts';
import type { KnownState } from '#server/imap/read-delta.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { pullDelta } from '#server/mail/feed/pull-delta.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';

/** What happened to a mailbox since a known state; from then on the feed tells its changes message by message. Throws a MailError. */
export async function readChanges(
  session: ImapSession,
  mailbox: MailboxPath,
  known: KnownState,
  signal?: AbortSignal,
): Promise<EventFrame> {
  const { frame, counts } = await pullDelta(session, mailbox, known, signal);
  sessionFeed(session).look(mailbox, counts);
  return frame;
}
