import { goPastLayers } from './layers.ts';

const listeners = new Set<() => void>();

/** Calls whenever the page's address is another: by Back and Forward, or by `goTo`. */
export function watchAddress(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

/** Goes to an address of this page. Next's own router keeps in step with the History API, so that it costs no round trip. */
export function goTo(how: 'pushState' | 'replaceState', href: string): void {
  goPastLayers(how, href);
  for (const listener of listeners) listener();
}
