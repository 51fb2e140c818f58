import 'server-only';
import { singleton } from '#server/singleton.ts';

/** How a watch keeps time, in milliseconds: one for the process, so that tests can hasten it. */
export interface WatchTiming {
  /** How often a watch asks for a sign of life and says anew what it wants to be told. */
  rearmMs: number;
  /** How soon after something was told it says so anew. */
  settleMs: number;
  /** How often mailboxes that nothing is told of are looked at; four times that where there are many. */
  pollMs: number;
  /** A server that does not answer within this is gone, whatever its socket says. */
  deadlineMs: number;
}

export const watchTiming = singleton('watch-timing', (): WatchTiming => ({
  rearmMs: 60_000,
  settleMs: 1_000,
  pollMs: 15_000,
  deadlineMs: 15_000,
}));
