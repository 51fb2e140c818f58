import 'server-only';
import { randomUUID } from 'node:crypto';
import { fromMailErrorValue } from '#lib/errors.ts';
import type { ChangeOutcome, MailChange } from '#lib/mail/change.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import { awakened, isSnoozeKeyword, saysWhen, snoozedFrom, snoozedUntil } from '#lib/mail/snooze.ts';
import { listMailboxes } from '#server/imap/list-mailboxes.ts';
import { readSnoozed } from '#server/imap/read-snoozed.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { executeChanges } from '#server/mail/execute-change.ts';
import { withRole } from '#server/mail/role-mailbox.ts';

/** Messages of one change. */
const atOnce = 500;

type Move = Extract<MailChange, { type: 'move' }>;

interface Due {
  uid: number;
  keywords: Keyword[];
}

/**
 * Brings back what is due: into the mailbox it came from, unread and marked `$new`. Answers when the next is due, in
 * Unix milliseconds; null: none. In the mailbox where it waits a message is first marked, then loses its time, then is
 * moved: whoever begins again after a crash finds it marked and goes on, and once it has been moved it is no longer
 * found. So it comes back once. `again`: somebody else may have come half-way. Only who holds the account's lease
 * (snooze-rows.ts) may call it. Throws a MailError.
 */
export async function wakeSnoozed(session: ImapSession, now: number, again: boolean): Promise<number | null> {
  const mailboxes = await listMailboxes(session);
  const waiting = withRole(mailboxes, 'snoozed');
  if (!waiting) return null;
  const paths = mailboxes.filter(({ selectable }) => selectable).map(({ path }) => path);
  const { uidValidity, messages } = await readSnoozed(session, waiting.path);
  const due: Due[] = [];
  let next: number | null = null;
  for (const message of messages) {
    const at = dueAt(message.keywords);
    if (at === null) continue; // Another program put it there, and only that knows why.
    if (at <= now) due.push(message);
    else next = Math.min(next ?? Infinity, at);
  }
  const groups = Map.groupBy(due, ({ keywords }) => snoozedFrom(keywords, paths));
  for (const [origin, all] of groups) {
    const to = origin === waiting.path ? 'INBOX' : origin;
    for (let start = 0; start < all.length; start += atOnce) {
      const part = all.slice(start, start + atOnce);
      const refs = part.map(({ uid }) => ({ mailbox: waiting.path, uidValidity, uid }));
      await wake(session, { type: 'move', messages: refs, to, keywords: wakingKeywords(part) }, part, again);
    }
  }
  return next;
}

/** Unix milliseconds; null where nobody said. What was being woken is due. */
function dueAt(keywords: readonly Keyword[]): number | null {
  if (keywords.includes(awakened)) return 0;
  const until = snoozedUntil(keywords);
  return until === null ? null : Date.parse(until);
}

/** Where it came from stays on it until it is there. */
function wakingKeywords(messages: readonly Due[]): { keyword: Keyword; value: boolean }[] {
  const times = new Set(messages.flatMap(({ keywords }) => keywords.filter(saysWhen)));
  return [
    { keyword: awakened, value: true },
    { keyword: '$seen', value: false },
    ...[...times].map((keyword) => ({ keyword, value: false })),
  ];
}

async function wake(session: ImapSession, move: Move, part: readonly Due[], again: boolean): Promise<void> {
  const { placed } = await carryOut(session, move, again);
  const messages = placed.flatMap(({ to, uids }) => uids.map(([, uid]) => ({ ...to, uid })));
  const origin = part.flatMap(({ keywords }) => keywords).find((one) => isSnoozeKeyword(one) && !saysWhen(one));
  if (!origin || messages.length === 0) return;
  // Where it is now that says nothing any more; left behind it is no harm.
  await carryOut(session, { type: 'set-keyword', messages, keyword: origin, value: false }, false).catch(() => {});
}

async function carryOut(session: ImapSession, change: MailChange, again: boolean): Promise<ChangeOutcome> {
  const { results } = await executeChanges(session, [{ id: randomUUID(), again, change }]);
  const [result] = results;
  if (!result || 'error' in result) throw fromMailErrorValue(result?.error ?? { code: 'unexpected', retryable: true });
  return result.outcome;
}
