import { useEffect, useSyncExternalStore } from 'react';
import { goPastLayers } from '#lib/client/layers.ts';
import { isSection } from './sections.ts';
import type { Section } from './sections.ts';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

/** The section the address names; going to another one needs no server. An anchor names one setting, and is scrolled to. */
export function useSection(initial: Section) {
  const path = useSyncExternalStore(
    subscribe,
    () => window.location.pathname,
    () => `/settings/${initial}`,
  );
  const name = path.split('/')[2] ?? '';
  const section = isSection(name) ? name : initial;
  useEffect(() => {
    const id = decodeURIComponent(window.location.hash.slice(1));
    const anchored = id ? document.getElementById(id) : null;
    anchored?.scrollIntoView({ block: 'start' });
    anchored?.querySelector<HTMLElement>('input, button, select, textarea')?.focus({ preventScroll: true });
  }, [section]);
  useEffect(() => {
    // On a phone the sections are a strip that is wider than the screen.
    document.querySelector('nav [aria-current="page"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [section]);
  return {
    section,
    open(next: Section) {
      goPastLayers('pushState', `/settings/${next}`);
      for (const listener of listeners) listener();
    },
  };
}
