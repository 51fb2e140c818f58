import { fetchJson } from '#lib/client/fetch-json.ts';

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

interface Options {
  /** The session is told at most this often that somebody is there. Milliseconds. */
  tellEveryMs: number;
  /** Somebody did something here or in another tab of this browser. */
  onActive?: () => void;
}

/**
 * Watches for signs of a person and tells the session, whose idle time begins anew; what the page does by itself is none. Tabs tell
 * each other. The returned function ends it.
 */
export function watchActivity({ tellEveryMs, onActive = () => {} }: Options): () => void {
  let toldAt = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('pipit-activity');
  if (tabs) tabs.onmessage = onActive;

  function tell(): void {
    timer = undefined;
    toldAt = Date.now();
    fetchJson('/api/session', { body: {} }).catch(() => {}); // Whoever reads next learns that the session is over.
  }

  function onSign(): void {
    onActive();
    if (timer) return;
    tabs?.postMessage(null);
    // The last sign within the interval counts too: it is told when the interval ends.
    timer = setTimeout(tell, Math.max(0, toldAt + tellEveryMs - Date.now()));
  }

  for (const sign of signs) document.addEventListener(sign, onSign, { passive: true, capture: true });
  return () => {
    for (const sign of signs) document.removeEventListener(sign, onSign, { capture: true });
    clearTimeout(timer);
    tabs?.close();
  };
}
