import type { Address } from './address.ts';
import type { BlockedSender } from './preferences.ts';

/** Who moves what blocked senders write: the mail server, or we; `foreign`: we, for a script of the person's own runs there. */
export type BlockingPlace = 'server' | 'here' | 'foreign';

/** As many as are remembered; the longest blocked goes first. */
export const maxBlocked = 300;

/** How an address is told from others: letters in either case are one mailbox's. */
export function blockedKey(address: string): string {
  return address.trim().toLowerCase();
}

/** The entry that blocks one of these senders; undefined for others. */
export function findBlocked(
  blocked: readonly BlockedSender[],
  from: readonly Pick<Address, 'address'>[],
): BlockedSender | undefined {
  if (blocked.length === 0) return undefined;
  const senders = new Set(from.map(({ address }) => blockedKey(address)));
  return blocked.find(({ address }) => senders.has(address));
}
