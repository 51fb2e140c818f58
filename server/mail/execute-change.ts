import 'server-only';
import { MailError } from '#lib/errors.ts';
import type { ChangeOutcome, MailChange } from '#lib/mail/change.ts';
import type { MailEvent } from '#lib/mail/event.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { CopiedUids } from '#server/imap/copy-uid.ts';
import { destroyMessages } from '#server/imap/destroy-messages.ts';
import { copyMessages, moveMessages } from '#server/imap/move-messages.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { storeKeyword } from '#server/imap/store-keyword.ts';
import { sessionFeed } from './session-feed.ts';

/** Messages of one change belong to few mailboxes; more than this is nobody's click. */
const maxMailboxes = 50;

/**
 * Carries out what a person wants of messages, mailbox by mailbox, and answers the facts it led to: the same that every
 * other tab and session of the account hears. Done twice it is done once. Throws a MailError; a message that is gone is none.
 */
export async function executeChange(session: ImapSession, change: MailChange): Promise<ChangeOutcome> {
  const groups = Map.groupBy(change.messages, ({ mailbox, uidValidity }) => `${uidValidity}:${mailbox}`);
  if (groups.size > maxMailboxes) throw new MailError('invalid-input');
  const outcome: ChangeOutcome = { events: [], placed: [] };
  const touched = new Set<string>();
  for (const messages of groups.values()) await executeInMailbox(session, change, messages, outcome);
  for (const { mailbox } of change.messages) touched.add(mailbox);
  if (change.type === 'move' || change.type === 'copy') touched.add(change.to);
  for (const mailbox of touched) {
    // Our own write is a poke like any other; were the pull to fail, the watch brings it later.
    const pulled = await sessionFeed(session)
      .pull(mailbox)
      .catch((): MailEvent[] => []);
    outcome.events.push(...pulled);
  }
  return outcome;
}

async function executeInMailbox(
  session: ImapSession,
  change: MailChange,
  messages: MessageRef[],
  outcome: ChangeOutcome,
): Promise<void> {
  const [first] = messages;
  if (!first) return;
  const { mailbox, uidValidity } = first;
  const uids = messages.map(({ uid }) => uid);
  switch (change.type) {
    case 'set-keyword': {
      const changes = await storeKeyword(session, mailbox, uidValidity, uids, change.keyword, change.value);
      outcome.events.push({ type: 'keywords-changed', mailbox, uidValidity, changes });
      return;
    }
    case 'move': {
      if (change.to === mailbox) return;
      place(outcome, first, change.to, await moveMessages(session, mailbox, uidValidity, uids, change.to));
      return;
    }
    case 'copy': {
      place(outcome, first, change.to, await copyMessages(session, mailbox, uidValidity, uids, change.to));
      return;
    }
    case 'destroy':
      return destroyMessages(session, mailbox, uidValidity, uids);
  }
}

function place(outcome: ChangeOutcome, from: MessageRef, to: string, copied: CopiedUids | null): void {
  if (!copied) return;
  const { mailbox, uidValidity } = from;
  const target = { mailbox: to, uidValidity: copied.uidValidity };
  outcome.placed.push({ from: { mailbox, uidValidity }, to: target, uids: copied.uids });
}
