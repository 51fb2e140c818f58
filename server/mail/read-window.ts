import 'server-only';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { MessageWindow } from '#lib/mail/message.ts';
import { readImapWindow } from '#server/imap/read-window.ts';
import type { WindowRange } from '#server/imap/read-window.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';
import { toSummary } from './to-summary.ts';

/** A stretch of a mailbox with the state it was read at; from then on the feed tells that mailbox's changes. */
export async function readWindow(
  session: ImapSession,
  mailbox: MailboxPath,
  range: WindowRange,
  signal?: AbortSignal,
): Promise<MessageWindow> {
  const { counts, firstPosition, rows } = await readImapWindow(session, mailbox, range, signal);
  sessionFeed(session).look(mailbox, counts);
  return { mailbox, ...counts, firstPosition, rows: rows.map(toSummary) };
}
