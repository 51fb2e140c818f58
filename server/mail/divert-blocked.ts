import 'server-only';
import { randomUUID } from 'node:crypto';
import { isMailError } from '#lib/errors.ts';
import { findBlocked } from '#lib/mail/blocked.ts';
import type { MailChange } from '#lib/mail/change.ts';
import type { MailEvent } from '#lib/mail/event.ts';
import type { MessageSummary } from '#lib/mail/message.ts';
import { listMailboxes } from '#server/imap/list-mailboxes.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { log } from '#server/log.ts';
import { readPreferences } from '#server/store/preference-rows.ts';
import { carryOut } from './carry-out.ts';
import { recallProgress } from './change-progress.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { withRole } from './role-mailbox.ts';

/** What mail filters learn from (IANA's registry of IMAP keywords). */
const spam = [
  { keyword: '$NotJunk', value: false },
  { keyword: '$Junk', value: true },
];

type Arrived = Pick<Extract<MailEvent, { type: 'messages-arrived' }>, 'mailbox' | 'uidValidity' | 'messages'>;

/**
 * Moves what blocked senders wrote from the inbox to Spam, as soon as it is told of. Answers the mailboxes that moved. Never throws:
 * what could not be moved is still shown folded.
 */
export async function divertBlocked(session: ImapSession, events: readonly MailEvent[]): Promise<string[]> {
  const arrived = events.flatMap((event) =>
    event.type === 'messages-arrived' && event.mailbox === 'INBOX' ? [event] : [],
  );
  const moved = await Promise.all(arrived.map((event) => divert(session, event)));
  return [...new Set(moved.flat())];
}

/** The same with messages that were there when the session came. */
export async function divert(session: ImapSession, { mailbox, uidValidity, messages }: Arrived): Promise<string[]> {
  const { blockedSenders } = readPreferences(session.accountKey);
  const isUnwanted = ({ from, keywords, receivedAt }: MessageSummary) => {
    const blocked = findBlocked(blockedSenders, from);
    // Only what came since, and not what the person took back out of Spam.
    return blocked !== undefined && receivedAt >= blocked.since.slice(0, 19) && !keywords.includes('$NotJunk');
  };
  const unwanted = messages.filter(isUnwanted).map(({ uid }) => ({ mailbox, uidValidity, uid }));
  if (unwanted.length === 0) return [];
  try {
    return await oneAtATime(`divert ${session.accountKey}`, async () => {
      const to = withRole(await listMailboxes(session), 'junk')?.path ?? 'Junk';
      const change: MailChange = { type: 'move', messages: unwanted, to, as: 'junk', keywords: spam };
      const progress = recallProgress(session.id, randomUUID());
      await carryOut(session, change, false, progress);
      return [mailbox, ...progress.outcome.placed.map((placed) => placed.to.mailbox)];
    });
  } catch (error) {
    log.warn('divert-failed', { code: isMailError(error) ? error.code : 'unexpected', count: unwanted.length });
    return [];
  }
}
