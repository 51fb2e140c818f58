import 'server-only';
import type { MailErrorCode } from '#lib/errors.ts';
import type { ConnectionState, MailEvent, SessionEnd } from '#lib/mail/event.ts';
import type { MailboxCounts, MailboxPath } from '#lib/mail/mailbox.ts';
import type { Attention } from '#lib/mail/attention.ts';
import type { EventFrame } from '#server/events/sse.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { singleton } from '#server/singleton.ts';
import { makeFeed } from './make-feed.ts';

/**
 * The feed of one signed-in session. Invariants: a mailbox somebody looks at is pulled from the state that was told last,
 * so the frames of a mailbox follow each other without a gap; at most one pull of a mailbox runs at a time, and a poke
 * that comes while it runs leads to one more; the watch connection lives exactly as long as somebody listens.
 */
export interface SessionFeed {
  /** Hears every frame until the returned function is called; the first listener starts the watch. */
  subscribe(listener: FeedListener): () => void;
  /** Marks a mailbox as looked at from this state on: its changes are told message by message. */
  look(path: MailboxPath, counts: MailboxCounts): void;
  /** Remembers counts that were told, so that only a difference is told again. */
  note(path: MailboxPath, counts: MailboxCounts): void;
  /** The counts that were told last; where none were they are asked for in the background, and told. */
  countsOf(path: MailboxPath): MailboxCounts | null;
  /** Pulls a mailbox now and tells all listeners; answers the facts, for who caused them. */
  pull(path: MailboxPath): Promise<MailEvent[]>;
  /** We changed the tree ourselves: every session of the account is told; `paths` were renamed or deleted. */
  mailboxesMoved(paths: readonly MailboxPath[]): void;
  /** A page of the browser is looked at otherwise than before; seen again it wants to know at once. */
  attend(page: string, attention: Attention): void;
  /** Watches anew: the session's password is another. */
  reconnect(): void;
  connection(): { state: ConnectionState; reason: MailErrorCode | null };
  end(why: SessionEnd | 'restart'): void;
}

export interface FeedListener {
  onFrame(frame: EventFrame): void;
  /** Nothing more will come: end the stream. */
  onEnd(): void;
}

const feeds = singleton('session-feeds', () => new Map<string, SessionFeed>());

export function sessionFeed(session: ImapSession): SessionFeed {
  const existing = feeds.get(session.id);
  if (existing) return existing;
  const made = makeFeed(session);
  feeds.set(session.id, made);
  return made;
}

/** Ends a session's feed, its watch and its streams: the person signed out, or the server stops and they come back. */
export function endSessionFeed(sessionId: string, why: SessionEnd | 'restart' = 'ended'): void {
  feeds.get(sessionId)?.end(why);
  feeds.delete(sessionId);
}

export function endAllSessionFeeds(why: SessionEnd | 'restart'): void {
  for (const id of feeds.keys()) endSessionFeed(id, why);
}
