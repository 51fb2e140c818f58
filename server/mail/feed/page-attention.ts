import 'server-only';
import type { Attention } from '#lib/mail/attention.ts';

/** How the pages of one browser are looked at, as one: the most eager counts. */
export interface PageAttention {
  /** While no page said anything they are seen. */
  now(): Attention;
  set(page: string, attention: Attention): void;
  clear(): void;
}

/** Pages of one session whose attention is remembered. */
const maxPages = 50;

export function makePageAttention(): PageAttention {
  const pages = new Map<string, Attention>();
  return {
    now() {
      const all = new Set(pages.values());
      if (all.size === 0 || all.has('seen')) return 'seen';
      return all.has('saving') ? 'saving' : 'unseen';
    },
    set(page, attention) {
      pages.delete(page); // Set anew, so that the map's order is from the one that said nothing for longest on.
      pages.set(page, attention);
      const [oldest] = pages.keys();
      if (pages.size > maxPages && oldest !== undefined) pages.delete(oldest);
    },
    clear: () => pages.clear(),
  };
}
