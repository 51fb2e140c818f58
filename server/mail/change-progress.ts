import 'server-only';
import type { ChangeOutcome } from '#lib/mail/change.ts';
import type { MailEvent } from '#lib/mail/event.ts';
import { singleton } from '#server/singleton.ts';

/**
 * How far a change came. Kept for a while by the id the browser gave it, so that when its answer was lost, or the connection to
 * the mail server in its middle, the same change sent again goes on from there and answers the same, the way back included.
 */
export interface ChangeProgress {
  outcome: ChangeOutcome;
  /** The mailboxes it is done with, each with its uidValidity. */
  done: Set<string>;
  /** Mailboxes that were made for its messages. */
  made: Set<string>;
  /** What was read back right after it was written. */
  events: MailEvent[];
}

const maxKept = 1_000;

const kept = singleton('change-progress', () => new Map<string, ChangeProgress>());

/** The progress of a session's change; of one never heard of, none so far. */
export function recallProgress(sessionId: string, changeId: string): ChangeProgress {
  const key = `${sessionId} ${changeId}`;
  const progress = kept.get(key) ?? {
    outcome: { undo: [], placed: [], kept: 0, gone: 0 },
    done: new Set(),
    made: new Set(),
    events: [],
  };
  kept.delete(key); // Set anew, so that the map's order is from the longest unheard of on.
  kept.set(key, progress);
  const [oldest] = kept.keys();
  if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
  return progress;
}
