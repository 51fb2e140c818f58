import 'server-only';
import { MailError } from '#lib/errors.ts';
import type { MailChange } from '#lib/mail/change.ts';
import type { KeywordsOfMessage, MailEvent } from '#lib/mail/event.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { storeKeyword } from '#server/imap/store-keyword.ts';
import { sessionFeed } from './session-feed.ts';

/** Messages of one change belong to few mailboxes; more than this is nobody's click. */
const maxMailboxes = 50;

/**
 * Carries out what a person wants of messages, mailbox by mailbox, and answers the facts it led to: the same that every
 * other tab and session of the account hears. Done twice it is done once. Throws a MailError; a message that is gone is none.
 */
export async function executeChange(session: ImapSession, change: MailChange): Promise<MailEvent[]> {
  const groups = Map.groupBy(change.messages, ({ mailbox, uidValidity }) => `${uidValidity}:${mailbox}`);
  if (groups.size > maxMailboxes) throw new MailError('invalid-input');
  const events: MailEvent[] = [];
  for (const messages of groups.values()) events.push(...(await executeInMailbox(session, change, messages)));
  return events;
}

async function executeInMailbox(
  session: ImapSession,
  change: MailChange,
  messages: MessageRef[],
): Promise<MailEvent[]> {
  const [first] = messages;
  if (!first) return [];
  const { mailbox, uidValidity } = first;
  const uids = messages.map(({ uid }) => uid);
  switch (change.type) {
    case 'set-keyword': {
      const changes = await storeKeyword(session, mailbox, uidValidity, uids, change.keyword, change.value);
      // Our own write is a poke like any other; were the pull to fail, the watch brings it later.
      const pulled = await sessionFeed(session)
        .pull(mailbox)
        .catch((): MailEvent[] => []);
      return [toEvent(mailbox, uidValidity, changes), ...pulled];
    }
  }
}

function toEvent(mailbox: string, uidValidity: number, changes: KeywordsOfMessage[]): MailEvent {
  return { type: 'keywords-changed', mailbox, uidValidity, changes };
}
