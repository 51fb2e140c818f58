import 'server-only';
import { singleton } from '#server/singleton.ts';

/** How waking keeps time, in milliseconds: one for the process, so that tests can hasten it. */
export interface SnoozeTiming {
  /** How often the store is looked at. */
  pollMs: number;
  /** Who wakes and gives no sign for so long is taken for dead. */
  leaseMs: number;
  renewMs: number;
  /** After a person's page was opened; what they look at comes first. */
  firstLookMs: number;
  /** While a page is open: between two looks at the mailbox, for what other programs snooze. */
  lookMs: number;
  /** Before the next attempt; the last is repeated. */
  backOffMs: number[];
  /** After so many it is left to the person's next sign-in, and the password is forgotten: a week of them. */
  attempts: number;
}

export const snoozeTiming = singleton('snooze-timing', (): SnoozeTiming => ({
  pollMs: 2_000,
  leaseMs: 60_000,
  renewMs: 15_000,
  firstLookMs: 1_500,
  lookMs: 5 * 60_000,
  backOffMs: [10_000, 30_000, 60_000, 5 * 60_000, 15 * 60_000],
  attempts: 700,
}));
