import { useEffect } from 'react';
import { loadFilter } from './body/load-filter.ts';

/** The first signs that somebody is there and may open a message. */
const signs = ['pointermove', 'pointerdown', 'keydown'] as const;

/** Loads what the first HTML mail will need once somebody moves and nothing else is to be done: the first screen does without. */
export function usePreload(): void {
  useEffect(() => {
    const noticed = new AbortController();
    const load = () => void loadFilter().catch(() => {}); // Opening one tries again and says so.
    const onSign = () => {
      noticed.abort();
      if ('requestIdleCallback' in window) requestIdleCallback(load, { timeout: 2_000 });
      else setTimeout(load, 500); // WebKit has no idle callback.
    };
    for (const sign of signs) document.addEventListener(sign, onSign, { signal: noticed.signal, passive: true });
    return () => noticed.abort();
  }, []);
}
