import { useEffect, useSyncExternalStore } from 'react';
import { goTo, watchAddress } from '#lib/client/address.ts';
import { isSection } from './sections.ts';
import type { Section } from './sections.ts';

/** The section the address names; going to another one needs no server. An anchor names one setting, and is scrolled to. */
export function useSection(initial: Section) {
  const path = useSyncExternalStore(
    watchAddress,
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
    open: (next: Section) => goTo('pushState', `/settings/${next}`),
  };
}
