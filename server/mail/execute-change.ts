import 'server-only';
import { randomUUID } from 'node:crypto';
import { fromMailErrorValue, toMailErrorValue } from '#lib/errors.ts';
import { isMailChange } from '#lib/mail/is-mail-change.ts';
import type { AnyChange, ChangeOutcome, ChangesAnswer, SentChange } from '#lib/mail/change.ts';
import type { MailEvent } from '#lib/mail/event.ts';
import { parseSyncToken } from '#lib/mail/sync-token.ts';
import { toKnownError } from '#server/auth/error-response.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { carryOut } from './carry-out.ts';
import { recallProgress } from './change-progress.ts';
import { changeMailbox } from './execute-mailbox-change.ts';
import { readMailboxes } from './read-mailboxes.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';
import { followChange, notePlaced } from './tasks/follow-moved.ts';
import { withConversations } from './with-conversations.ts';

/**
 * Carries out what a person wants of messages and mailboxes, change by change in their order, and answers what became of each and the facts
 * they led to: the same that every other tab and session of the account hears. Done again each is done once. A change that
 * fails for good does not keep the ones behind it; one that may be tried again does, for they may build on it.
 */
export async function executeChanges(session: ImapSession, sent: readonly SentChange[]): Promise<ChangesAnswer> {
  const results: ChangesAnswer['results'] = [];
  const touched = new Set<string>();
  const events: MailEvent[] = [];
  for (const { id, again, change } of sent) {
    const progress = recallProgress(session.id, id);
    try {
      // What was tried before may have moved them itself.
      const named = again ? change : followChange(session.accountKey, change);
      const whole = isMailChange(named) ? await withConversations(session, named) : named;
      for (const mailbox of mailboxesOf(whole)) touched.add(mailbox);
      const added = isMailChange(whole) && isMailChange(named) ? whole.messages.length - named.messages.length : 0;
      if (added > 0) progress.outcome.added = added;
      if (isMailChange(whole)) await carryOut(session, whole, again, progress);
      else await changeMailbox(session, whole, again, progress);
      for (const { to } of progress.outcome.placed) touched.add(to.mailbox);
      notePlaced(session.accountKey, progress.outcome.placed);
      results.push({ id, outcome: progress.outcome });
      events.push(...progress.events);
    } catch (error) {
      const known = toKnownError(error);
      results.push({ id, error: toMailErrorValue(known) });
      if (known.retryable) break;
    }
  }
  for (const mailbox of touched) {
    // Our own write is a poke like any other; were the pull to fail, the watch brings it later.
    const pulled = await sessionFeed(session)
      .pull(mailbox)
      .catch((): MailEvent[] => []);
    events.push(...pulled);
  }
  for (const result of results) if ('outcome' in result) guardCopies(result.outcome, events);
  const isTreeOther = sent.some(({ change }) => !isMailChange(change));
  const tree = isTreeOther ? await readMailboxes(session).catch(() => null) : null; // Else the feed has it told to be read.
  return { results, events, tree };
}

/** One change by itself. Throws a MailError. */
export async function executeChange(
  session: ImapSession,
  change: AnyChange,
): Promise<ChangeOutcome & { events: MailEvent[] }> {
  const { results, events } = await executeChanges(session, [{ id: randomUUID(), again: false, change }]);
  const [result] = results;
  if (!result || 'error' in result) throw fromMailErrorValue(result?.error ?? { code: 'unexpected', retryable: true });
  return { ...result.outcome, events };
}

function mailboxesOf(change: AnyChange): string[] {
  if (!isMailChange(change)) return [];
  const sources = change.messages.map(({ mailbox }) => mailbox);
  return 'to' in change ? [...sources, change.to] : sources;
}

/** Copies are taken back only as they are: the state that was pulled after they were made is what they are held against. */
function guardCopies(outcome: ChangeOutcome, events: readonly MailEvent[]): void {
  for (const change of outcome.undo) {
    if (change.type !== 'destroy') continue;
    for (const message of change.messages) {
      const counts = events.findLast((event) => event.type === 'mailbox-counts' && event.mailbox === message.mailbox);
      const token = counts?.type === 'mailbox-counts' ? parseSyncToken(counts.counts.token ?? '') : null;
      if (token?.uidValidity === message.uidValidity) message.unchangedSince = token.modseq;
    }
  }
}
