import 'server-only';
import { singleton } from '#server/singleton.ts';

/** How the outbox keeps time, in milliseconds: one for the process, so that tests can hasten it. */
export interface OutboxTiming {
  /** How often the store is looked at for what other processes did. */
  pollMs: number;
  /** A sender that gives no sign for so long is taken for dead. */
  leaseMs: number;
  renewMs: number;
  /** Before each look whether a message of unknown fate turned up. */
  doubtMs: number[];
  /** After which a provider that files sent mail itself has done so. */
  filedTwiceMs: number;
  /** Before the next attempt; the last is repeated. */
  backOffMs: number[];
  /** Then it has failed. */
  giveUpMs: number;
  /** The same on a public computer, where the password must not stay. */
  publicGiveUpMs: number;
}

export const outboxTiming = singleton('outbox-timing', (): OutboxTiming => ({
  pollMs: 2_000,
  leaseMs: 30_000,
  renewMs: 8_000,
  doubtMs: [0, 2_000, 5_000],
  filedTwiceMs: 3_000,
  backOffMs: [10_000, 30_000, 60_000, 5 * 60_000, 15 * 60_000, 30 * 60_000],
  giveUpMs: 48 * 3600_000,
  publicGiveUpMs: 2 * 60_000,
}));
