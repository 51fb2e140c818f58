import { useEffect, useState } from 'react';

type ComposerModule = typeof import('./composer-window.tsx');

let loaded: ComposerModule | null = null;
let loading: Promise<ComposerModule> | null = null;

/** Loads what writing needs, once; a failed load is tried again by the next call. The editor is larger than the rest of the page together. */
export function loadComposer(): Promise<ComposerModule> {
  loading ??= import('./composer-window.tsx').then(
    (module) => (loaded = module),
    (error: unknown) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}

/** What writing needs; null until it is there. Not through Suspense: React holds back what stood in a fallback for 300 ms. */
export function useComposerModule(isNeeded: boolean): ComposerModule | null {
  const [module, setModule] = useState(loaded);
  useEffect(() => {
    if (!isNeeded || module) return;
    let isHere = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = () =>
      loadComposer().then(
        (found) => isHere && setModule(found),
        // The line is down: what is to be written waits for it.
        () => (timer = setTimeout(() => void load(), 2_000)),
      );
    void load();
    return () => {
      isHere = false;
      clearTimeout(timer);
    };
  }, [isNeeded, module]);
  return module;
}
