import { useEffect } from 'react';
import { bringAhead } from './bring-ahead.ts';

/** Brings code that may be wanted later, so many milliseconds after the component stands, as bringAhead does. */
export function useBroughtAhead(bring: () => Promise<unknown>, afterMs: number): void {
  useEffect(() => {
    const gone = new AbortController();
    const timer = setTimeout(() => bringAhead(bring, gone.signal), afterMs);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [bring, afterMs]);
}
