import { useEffect, useState } from 'react';

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

const pauseMs = 2_000;

/**
 * Loaded code; null until it is there. While the line is down it is tried again for as long as it is needed. Not through
 * Suspense: React holds back what stood in a fallback for 300 ms.
 */
export function useLoaded<T>(loader: Loader<T>, isNeeded = true): T | null {
  const [module, setModule] = useState<{ found: T } | null>(null);
  const found = module?.found ?? loader.loaded();
  const isMissing = isNeeded && found === null;
  useEffect(() => {
    if (!isMissing) return;
    let isHere = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = () =>
      loader.load().then(
        (brought) => isHere && setModule({ found: brought }),
        () => (timer = setTimeout(() => void load(), pauseMs)),
      );
    void load();
    return () => {
      isHere = false;
      clearTimeout(timer);
    };
  }, [loader, isMissing]);
  return found;
}
