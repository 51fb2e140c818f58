import { createContext, useContext, useEffect, useState } from 'react';
import type { ComponentType } from 'react';

/** Code that the first screen does without. */
export interface Loader<T> {
  /** Brings it, once; where that failed, the next call tries again. */
  load(): Promise<T>;
  /** What is there already. */
  loaded(): T | null;
}

export function loadOnce<T>(bring: () => Promise<T>): Loader<T> {
  let loaded: T | null = null;
  let loading: Promise<T> | null = null;
  return {
    load: () =>
      (loading ??= bring().then(
        (module) => (loaded = module),
        (error: unknown) => {
          loading = null;
          throw error;
        },
      )),
    loaded: () => loaded,
  };
}

interface Waiting {
  /** Stands where code is waited for; `onClose`: a person asked for it, and may think better of it. */
  Words: ComponentType<{ onClose?: (() => void) | undefined }>;
  /** Some could not be brought. */
  onFail(): void;
}

/** What this page says while code is on its way; nothing where nobody provides it. */
export const WaitingContext = createContext<Waiting>({ Words: () => null, onFail() {} });

/** Milliseconds before it is tried again, which become longer; without a line it is the line that is waited for. */
const pausesMs = [2_000, 3_000, 5_000, 10_000];
const offlinePauseMs = 30_000;

/** Brings code as often as it takes: ever more seldom, and at once when the line is back. Never rejects; aborted, it stays open. */
export function bringLasting<T>(loader: Loader<T>, onFail: () => void, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve) => {
    let failures = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    function load(): void {
      clearTimeout(timer);
      loader.load().then(
        (brought) => {
          end();
          resolve(brought);
        },
        () => {
          if (signal?.aborted) return;
          onFail();
          const pause = navigator.onLine ? pausesMs[Math.min(failures, pausesMs.length - 1)] : offlinePauseMs;
          failures += 1;
          timer = setTimeout(load, pause);
        },
      );
    }
    function end(): void {
      clearTimeout(timer);
      if (typeof window !== 'undefined') window.removeEventListener('online', load);
    }
    load();
    if (typeof window !== 'undefined') window.addEventListener('online', load);
    signal?.addEventListener('abort', end);
  });
}

/**
 * Loaded code; null until it is there. While the line is down it is tried again for as long as it is needed. Not through
 * Suspense: React holds back what stood in a fallback for 300 ms.
 */
export function useLoaded<T>(loader: Loader<T>, isNeeded = true): T | null {
  const { onFail } = useContext(WaitingContext);
  const [module, setModule] = useState<{ found: T } | null>(null);
  const found = module?.found ?? loader.loaded();
  const isMissing = isNeeded && found === null;
  useEffect(() => {
    if (!isMissing) return;
    const gone = new AbortController();
    void bringLasting(loader, onFail, gone.signal).then((brought) => {
      if (!gone.signal.aborted) setModule({ found: brought });
    });
    return () => gone.abort();
  }, [loader, isMissing, onFail]);
  return found;
}
