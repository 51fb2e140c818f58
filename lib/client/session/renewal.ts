import { makeStore, useStore } from '#lib/client/external-store.ts';

/**
 * Why the person has to sign in again in place: the mail server refuses the session's password, the session itself is
 * over, or the browser's is somebody else's by now.
 */
export type Renewal = 'password' | 'session' | 'other-account';

const needed = makeStore<Renewal | null>(null);
let waiting: (() => void)[] = [];
let focused: HTMLElement | null = null;
const listeners = new Set<() => void>();

export function useRenewalNeeded(): Renewal | null {
  return useStore(needed, null);
}

/** Without a session no password can be renewed: that goes first. */
export function needRenewal(why: Renewal): void {
  const before = needed.get();
  if (before === null && document.activeElement instanceof HTMLElement) focused = document.activeElement;
  if (before === null || before === 'password') needed.set(why);
}

/** Where the person was when they were asked: they go on there. */
export function focusBeforeRenewal(): HTMLElement | null {
  return focused?.isConnected ? focused : null;
}

/** What the person did meanwhile waits here: resolves when they have signed in again. */
export function renewed(why: Renewal = 'password'): Promise<void> {
  needRenewal(why);
  return new Promise((resolve) => waiting.push(resolve));
}

/** They have, here or in another tab. A password that holds again says nothing of a session that is over. */
export function settleRenewal(why: Renewal): void {
  const before = needed.get();
  if (before === null || (before !== 'password' && why === 'password')) return;
  needed.set(null);
  const released = waiting;
  waiting = [];
  for (const release of released) release();
  if (before !== 'password') for (const listener of listeners) listener();
}

/** Hears of a new session in place of the one that was over. */
export function onRenewed(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
