import { useMemo, useSyncExternalStore } from 'react';
import { mailHref, parseMailPath } from './mail-path.ts';
import type { MailLocation } from './mail-path.ts';

/**
 * Where the person is, from the address alone: reload, bookmarks, Back and Forward all lead here. Read from the browser
 * and not from Next's router, which follows the History API in a transition: what is clicked shows in the next frame.
 * `initial` is the path that the server drew.
 */
export function useMailLocation(initial: string): MailLocation {
  const path = useSyncExternalStore(subscribe, currentPath, () => initial);
  return useMemo(() => parseMailPath(path), [path]);
}

const listeners = new Set<() => void>();
let lastMailPath: string | null = null;

/** The path of the mail page; while Next leaves for another page, the last one. */
function currentPath(): string {
  const { pathname } = window.location;
  if (parseMailPath(pathname).mailbox !== null) lastMailPath = pathname;
  return lastMailPath ?? pathname;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

// Next's own router keeps in step with the History API, so that going somewhere costs no round trip.
function go(how: 'pushState' | 'replaceState', href: string): void {
  window.history[how](null, '', href);
  for (const listener of listeners) listener();
}

export function openMailbox(mailbox: string): void {
  go('pushState', mailHref(mailbox));
}

/** The open mailbox has another path: the same message stays open, and Back does not lead to what is no more. */
export function replaceMailbox(mailbox: string): void {
  go('replaceState', mailHref(mailbox, parseMailPath(window.location.pathname).uid));
}

/** Opens a message; from one message to the next the address is replaced, so that Back leads to the list. */
export function openMessage({ mailbox, uid }: { mailbox: string; uid: number }): void {
  const here = parseMailPath(window.location.pathname);
  if (here.mailbox === mailbox && here.uid === uid) return;
  const isOpen = here.mailbox === mailbox && here.uid !== null;
  go(isOpen ? 'replaceState' : 'pushState', mailHref(mailbox, uid));
}

export function closeMessage(): void {
  const { mailbox, uid } = parseMailPath(window.location.pathname);
  if (mailbox && uid) go('pushState', mailHref(mailbox));
}

/** The open message has another UID now; one that has none is closed, for its number may be another message's. */
export function followMessages(mailbox: string, pairs: ReadonlyMap<number, number>): void {
  const here = parseMailPath(window.location.pathname);
  if (here.mailbox !== mailbox || here.uid === null) return;
  go('replaceState', mailHref(mailbox, pairs.get(here.uid) ?? null));
}
