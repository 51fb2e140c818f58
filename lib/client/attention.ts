import type { Attention } from '../mail/attention.ts';
import { fetchJson } from './fetch-json.ts';

/** The first word is said when everything else was. Milliseconds. */
const firstAfterMs = 3_000;

/**
 * Tells the server how this page is looked at, and when that changes: a hidden one needs no haste, and one that is seen again wants
 * to know at once. The returned function ends it.
 */
export function tellAttention(): () => void {
  const page = crypto.randomUUID();
  let told: Attention | null = null;
  function tell(): void {
    clearTimeout(timer);
    const attention = attentionNow();
    if (attention === told) return;
    told = attention;
    // Kept alive: a page that closes says that it is hidden. Lost, it costs a look too many or one that comes later.
    fetchJson('/api/attention', { body: { page, attention }, keepalive: true }).catch(() => {});
  }
  const timer = setTimeout(tell, firstAfterMs);
  document.addEventListener('visibilitychange', tell);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', tell);
  };
}

function attentionNow(): Attention {
  if (document.visibilityState === 'hidden') return 'unseen';
  const { connection } = navigator as { connection?: { saveData?: boolean } }; // Network Information; not in every browser.
  return connection?.saveData ? 'saving' : 'seen';
}
