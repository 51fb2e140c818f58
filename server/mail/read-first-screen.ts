import 'server-only';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { MessageWindow } from '#lib/mail/message.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { imapSession } from '#server/imap/sessions.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { divert } from './divert-blocked.ts';
import { divertAnswers } from './divert-muted.ts';
import { readMailboxes } from './read-mailboxes.ts';
import type { MailboxesAndQuota } from './read-mailboxes.ts';
import { readWindow } from './read-window.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';
import { within } from './within.ts';

const firstRows = 50;
/** Longer than this the page does not wait for either; the browser asks for what is missing. Milliseconds. */
const waitForWindow = 2_500;
const waitForMailboxes = 150;

export interface FirstScreen {
  window: MessageWindow | null;
  mailboxes: MailboxesAndQuota | null;
}

/**
 * What the first HTML shows: the newest rows, with what folds them where they are shown as conversations, and the tree
 * if it comes quickly. What fails is null: the browser then shows why.
 */
export async function readFirstScreen(
  auth: AuthSession,
  mailbox: MailboxPath,
  isThreaded: boolean,
): Promise<FirstScreen> {
  const session = imapSession(auth);
  const reading = readWindow(session, mailbox, { newest: firstRows, withReferences: isThreaded }).catch(() => null);
  const listing = readMailboxes(session).catch(() => null);
  const window = await within(reading, waitForWindow);
  if (window && mailbox === 'INBOX') void divertMissed(session, window);
  return { window, mailboxes: await within(listing, waitForMailboxes) };
}

/** What blocked senders wrote and what answers muted conversations, while nobody was signed in. */
async function divertMissed(session: ImapSession, { mailbox, uidValidity, rows }: MessageWindow): Promise<void> {
  const arrived = { mailbox, uidValidity, messages: rows };
  const moved = [...(await divert(session, arrived)), ...(await divertAnswers(session, arrived))];
  for (const path of new Set(moved)) {
    await sessionFeed(session)
      .pull(path)
      .catch(() => {}); // The watch brings it later.
  }
}
