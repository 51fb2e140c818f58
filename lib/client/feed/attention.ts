import type { Attention } from '#lib/mail/attention.ts';
import { fetchJson } from '#lib/client/fetch-json.ts';

/** The first word is said when everything else was. Milliseconds. */
const firstAfterMs = 3_000;

/**
 * Tells the server how this page is looked at, and when that changes: a hidden one needs no haste, and one that is seen again wants
 * to know at once. The returned function ends it.
 */
export function tellAttention(): () => void {
  const page = crypto.randomUUID();
  let told: Attention | null = null;
  let isLeaving = false;
  function tell(): void {
    clearTimeout(timer);
    const attention = attentionNow();
    if (attention === told || isLeaving) return;
    told = attention;
    // Lost, it costs a look too many or one that comes later.
    fetchJson('/api/attention', { body: { page, attention } }).catch(() => {});
  }
  const timer = setTimeout(tell, firstAfterMs);
  const listening = new AbortController();
  const { signal } = listening;
  // A page that is left is hidden too, perhaps because nobody is signed in any longer: it says nothing.
  window.addEventListener('pagehide', () => (isLeaving = true), { signal });
  window.addEventListener('pageshow', () => (isLeaving = false), { signal });
  document.addEventListener('visibilitychange', tell, { signal });
  return () => {
    clearTimeout(timer);
    listening.abort();
  };
}

function attentionNow(): Attention {
  if (document.visibilityState === 'hidden') return 'unseen';
  const { connection } = navigator as { connection?: { saveData?: boolean } }; // Network Information; not in every browser.
  return connection?.saveData ? 'saving' : 'seen';
}
