import { forgetActs } from '#lib/client/acts/act-storage.ts';
import { finishBeforeLeaving } from './before-leaving.ts';
import { fetchJson } from '#lib/client/fetch-json.ts';

/** Nobody touched this shared computer for most of the idle time: what ends the session now is that. */
let isIdle = false;

export function setIdle(value: boolean): void {
  isIdle = value;
}

/** Blanks the page before leaving it, so that neither Back nor a slow navigation shows mail. */
export function leaveForSignIn(): void {
  document.documentElement.hidden = true;
  window.location.replace(isIdle ? '/login?ended=idle' : '/login');
}

/**
 * Ends the session for this browser, once the server has the last words of what is being written; other tabs hear of it at once. Throws a
 * MailError when the server could not be told.
 */
export async function signOut(): Promise<void> {
  await finishBeforeLeaving();
  await fetchJson('/api/sign-out', { body: {} });
  if (typeof BroadcastChannel !== 'undefined') {
    const channel = new BroadcastChannel('pipit');
    channel.postMessage({ type: 'signed-out' });
    channel.close();
  }
  forgetActs();
  leaveForSignIn();
}
