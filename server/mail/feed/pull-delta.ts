import 'server-only';
import type { MailEvent } from '#lib/mail/event.ts';
import type { MailboxCounts, MailboxPath } from '#lib/mail/mailbox.ts';
import { readImapDelta } from '#server/imap/read-delta.ts';
import type { KnownState } from '#server/imap/read-delta.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import type { EventFrame } from '#server/events/sse.ts';
import { toSummary } from '#server/mail/to-summary.ts';

export interface PulledDelta {
  frame: EventFrame;
  counts: MailboxCounts;
}

/**
 * The one way in which changes reach anyone: what happened to a mailbox since a known state, as facts in the order gone,
 * keywords, arrived, counts; or `reset` when its uidValidity is another. A mailbox without modseqs gives its counts only,
 * which tell the browser to compare what it shows. Throws a MailError.
 */
export async function pullDelta(
  session: ImapSession,
  mailbox: MailboxPath,
  known: KnownState,
  signal?: AbortSignal,
): Promise<PulledDelta> {
  const delta = await readImapDelta(session, mailbox, known, signal);
  const { counts } = delta;
  const { uidValidity } = counts;
  const events: MailEvent[] = [];
  if (delta.kind === 'reset') events.push({ type: 'reset', mailbox, uidValidity });
  if (delta.kind === 'delta') {
    if (delta.gone?.length) events.push({ type: 'messages-gone', mailbox, uidValidity, uids: delta.gone });
    if (delta.changed === null) events.push({ type: 'keywords-untold', mailbox, uidValidity });
    else if (delta.changed.length)
      events.push({ type: 'keywords-changed', mailbox, uidValidity, changes: delta.changed });
    if (delta.arrived.length || delta.omitted) {
      const messages = delta.arrived.map(toSummary);
      events.push({ type: 'messages-arrived', mailbox, uidValidity, messages, omitted: delta.omitted });
    }
  }
  events.push({ type: 'mailbox-counts', mailbox, counts });
  return { frame: { token: counts.token, events }, counts };
}
