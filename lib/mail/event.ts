import type { Keyword } from './keyword.ts';
import type { MailboxCounts, MailboxPath } from './mailbox.ts';
import type { MessageSummary } from './message.ts';
import type { OutgoingMessage } from './outgoing.ts';
import type { Preferences } from './preferences.ts';
import type { Quota } from './quota.ts';
import type { Task, UidRanges } from './task.ts';
import type { MailErrorCode } from '../errors.ts';

/** How changes of other devices reach us: pushed by the server, asked for at intervals, or not at the moment. */
export type ConnectionState = 'live' | 'polling' | 'reconnecting';

/**
 * A fact about the mailbox on the server, never an instruction to a screen. Facts of one pull travel in one frame, in
 * this order: gone, keywords, arrived, counts. The frame's `id:` is the sync token reached by it.
 */
export type MailEvent =
  | { type: 'messages-gone'; mailbox: MailboxPath; uidValidity: number; uids: UidSet }
  | { type: 'keywords-changed'; mailbox: MailboxPath; uidValidity: number; changes: KeywordsOfMessage[] }
  /** More messages than are told one by one have other keywords now: what is shown of the mailbox has to be read again. */
  | { type: 'keywords-untold'; mailbox: MailboxPath; uidValidity: number }
  | { type: 'messages-arrived'; mailbox: MailboxPath; uidValidity: number; messages: MessageSummary[]; omitted: number }
  | { type: 'mailbox-counts'; mailbox: MailboxPath; counts: MailboxCounts }
  | { type: 'mailboxes-changed' }
  | { type: 'reset'; mailbox: MailboxPath; uidValidity: number }
  | { type: 'connection'; state: ConnectionState; reason: MailErrorCode | null }
  /** Which build the server is: a page of another one cannot load what it has not loaded yet. */
  | { type: 'build'; build: string }
  /** A message in the outbox is in another state; `sent` and `cancelled` are the last that is told of it. */
  | { type: 'outbox-changed'; message: OutgoingMessage }
  /** `messages`: those of a task that was under way already when the feed began, so that they are drawn as it wants them. */
  | { type: 'task-progress'; task: Task; messages?: UidRanges[] }
  /** How full the account is, where that is another than was told; null: without a limit. */
  | { type: 'quota'; quota: Quota | null }
  | { type: 'alert'; text: string }
  /** Chosen on this or another device of the account. */
  | { type: 'preferences'; preferences: Preferences }
  | { type: 'signed-out'; why: SessionEnd };

/** `lapsed`: it ran out while nobody ended it, so that its person may go on in place. `ended`: by somebody's wish. */
export type SessionEnd = 'ended' | 'lapsed';

export interface KeywordsOfMessage {
  uid: number;
  modseq: string;
  keywords: Keyword[];
}

/** Ascending, disjoint, inclusive ranges `[first, last]`: a million UIDs without gaps are one pair. */
export type UidSet = [number, number][];
