import 'server-only';
import { randomUUID } from 'node:crypto';
import { isMailError } from '#lib/errors.ts';
import type { MailChange } from '#lib/mail/change.ts';
import type { MailEvent } from '#lib/mail/event.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { MessageSummary } from '#lib/mail/message.ts';
import { mutedKeyword, mutedPlaces } from '#lib/mail/muted.ts';
import { awakened } from '#lib/mail/snooze.ts';
import { findMuted, readAnswers } from '#server/imap/find-muted.ts';
import type { Answer } from '#server/imap/find-muted.ts';
import { listMailboxes } from '#server/imap/list-mailboxes.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { log } from '#server/log.ts';
import { carryOut } from './carry-out.ts';
import { recallProgress } from './change-progress.ts';
import { ownAddresses } from '#server/mail/compose/identities.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { withRole } from './role-mailbox.ts';

type Arrived = Pick<Extract<MailEvent, { type: 'messages-arrived' }>, 'mailbox' | 'uidValidity' | 'messages'>;

/** Answers looked at of one arrival: the newest. */
const mostAnswers = 50;

/** New mail is told of at most so much later because a muted conversation may be meant, in milliseconds; tests have other times. */
export const muteTiming = { waitMs: 1_500 };

/** What the person put into the inbox themselves, or knows: it stays. */
const settled = ['$seen', '$NotJunk', awakened, mutedKeyword];

/**
 * Moves new mail of the inbox that answers a muted conversation to the archive, unread and muted as the rest of it. Answers the mailboxes
 * that are no longer as they were told. Never throws: what could not be moved is in the inbox.
 */
export async function divertMuted(session: ImapSession, events: readonly MailEvent[]): Promise<MailboxPath[]> {
  const moved: MailboxPath[] = [];
  for (const event of events)
    if (event.type === 'messages-arrived' && event.mailbox === 'INBOX')
      moved.push(...(await divertAnswers(session, event)));
  return [...new Set(moved)];
}

/** The same with messages that were there when the session came. */
export async function divertAnswers(
  session: ImapSession,
  { mailbox, uidValidity, messages }: Arrived,
): Promise<MailboxPath[]> {
  const uids = messages
    .filter(isNewAnswer)
    .map(({ uid }) => uid)
    .slice(-mostAnswers);
  if (uids.length === 0) return [];
  try {
    return await oneAtATime(`mute ${session.accountKey}`, async () => {
      const answers = await readAnswers(session, { mailbox, uidValidity }, uids);
      const gone = answers.length < uids.length ? [mailbox] : []; // Another session of the account was quicker.
      const mailboxes = await listMailboxes(session);
      const isOther = await isAnyMuted(session, mutedPlaces(mailboxes), answers);
      const own = ownAddresses(session.account);
      const unwanted = answers.filter((answer) => isOther(answer) && !isToMeAlone(answer, own));
      if (unwanted.length === 0) return gone;
      const known = withRole(mailboxes, 'archive') ?? withRole(mailboxes, 'all');
      const change: MailChange = {
        type: 'move',
        messages: unwanted.map(({ uid }) => ({ mailbox, uidValidity, uid })),
        ...(known ? { to: known.path } : { to: 'Archive', as: 'archive' }),
        keywords: [{ keyword: mutedKeyword, value: true }],
      };
      const progress = recallProgress(session.id, randomUUID());
      await carryOut(session, change, false, progress);
      return [mailbox, ...progress.outcome.placed.map((placed) => placed.to.mailbox)];
    });
  } catch (error) {
    log.warn('mute-failed', { code: isMailError(error) ? error.code : 'unexpected', count: uids.length });
    return [];
  }
}

/** Whether an answer names a message that is muted. */
async function isAnyMuted(
  session: ImapSession,
  places: readonly MailboxPath[],
  answers: readonly Answer[],
): Promise<(answer: Answer) => boolean> {
  const names = [...new Set(answers.flatMap((answer) => answer.names))];
  const muted = new Set<string>();
  for (const path of names.length > 0 ? places : []) {
    const found = await findMuted(session, path, names).catch(() => []); // What the others hold still counts.
    for (const id of found) muted.add(id);
  }
  return (answer) => answer.names.some((id) => muted.has(id));
}

/** Written to nobody else: that is more than the conversation going on. */
function isToMeAlone({ to, cc }: Answer, own: readonly string[]): boolean {
  return cc.length === 0 && to.length === 1 && own.includes(to[0] ?? '');
}

function isNewAnswer({ answers, keywords }: MessageSummary): boolean {
  return answers !== undefined && !keywords.some((one) => settled.includes(one));
}
