import { makeStore, useStore } from './external-store.ts';

/**
 * Whether the mail server refuses the session's password: it was changed elsewhere. What the person did meanwhile waits in
 * `renewed` and goes on when they have signed in again in place.
 */
const isNeeded = makeStore(false);
let waiting: (() => void)[] = [];

export function useRenewalNeeded(): boolean {
  return useStore(isNeeded, false);
}

export function needRenewal(): void {
  isNeeded.set(true);
}

/** Resolves when the password was renewed. */
export function renewed(): Promise<void> {
  needRenewal();
  return new Promise((resolve) => waiting.push(resolve));
}

/** The password holds again, proven here or in another tab. */
export function settleRenewal(): void {
  isNeeded.set(false);
  const released = waiting;
  waiting = [];
  for (const release of released) release();
}
