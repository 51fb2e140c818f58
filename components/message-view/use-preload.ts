import { useEffect } from 'react';
import { loadFilter } from './body/load-filter.ts';

/** Loads what the first HTML mail will need as soon as nothing else is to be done. */
export function usePreload(): void {
  useEffect(() => {
    const load = () => void loadFilter().catch(() => {}); // Opening one tries again and says so.
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(load, 500); // WebKit has no idle callback.
      return () => clearTimeout(timer);
    }
    const handle = requestIdleCallback(load, { timeout: 2_000 });
    return () => cancelIdleCallback(handle);
  }, []);
}
