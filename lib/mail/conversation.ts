import type { MailboxPath } from './mailbox.ts';
import type { MessageSummary } from './message.ts';

/** The messages of a conversation that lie in one mailbox, oldest first. */
export interface ConversationPlace {
  mailbox: MailboxPath;
  uidValidity: number;
  rows: MessageSummary[];
}

/** A message and all that belongs to it, wherever it lies. A message that lies in several mailboxes is told by each. */
export interface Conversation {
  /** The mailbox of the message that was asked for comes first. */
  places: ConversationPlace[];
  /** Mailboxes that were looked through: what happens there may change it. */
  looked: MailboxPath[];
  /** False where not all could be looked through, or there is more than is told. */
  isWhole: boolean;
  /** What a message names is not among them: it may lie elsewhere and be much older, which is to be asked for by itself. */
  mayBeOlder: boolean;
}

/** What belongs to a conversation, lies in other mailboxes and is much older than all in its own. */
export type OlderMessages = Pick<Conversation, 'places' | 'isWhole'>;
