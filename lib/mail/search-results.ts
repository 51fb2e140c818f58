import type { MailErrorValue } from '../errors.ts';
import type { UidSet } from './event.ts';
import type { MailboxCounts, MailboxPath } from './mailbox.ts';
import type { MessageSummary } from './message.ts';

/** One line of a search's answer; they come as the server finds, in each mailbox the newest messages first. */
export type SearchLine =
  /** A mailbox is looked through, as it stands at `counts`; what arrives later is not looked at. */
  | { type: 'opened'; mailbox: MailboxPath; counts: MailboxCounts }
  | { type: 'found'; mailbox: MailboxPath; uidValidity: number; results: FoundMessages; rows: MessageSummary[] }
  /** Of all messages of all mailboxes that are searched, so many were looked at. */
  | { type: 'looked'; messages: number; of: number }
  /** One of several mailboxes could not be searched. */
  | { type: 'failed'; mailbox: MailboxPath; error: MailErrorValue }
  /** All was looked at; `results` is exact. */
  | { type: 'done'; results: number }
  /** The search as a whole failed. */
  | { type: 'error'; error: MailErrorValue };

/**
 * In one mailbox the UIDs say the order; among several the times of arrival do (seconds since 1970), beside the UIDs. Where they are sorted
 * by something else ranks stand for times: beside the UIDs, or that of the first, each that follows having one less.
 */
export type FoundMessages =
  { uids: UidSet } | { listed: number[]; times: number[] } | { listed: number[]; rank: number };
