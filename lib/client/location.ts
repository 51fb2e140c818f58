import { useMemo, useSyncExternalStore } from 'react';
import { goTo, watchAddress } from './address.ts';
import { mailHref, parseMailPath, searchHref } from './mail-path.ts';
import type { MailLocation } from './mail-path.ts';
import { searchParameters } from '#lib/client/search/mail-search.ts';
import type { MailSearch } from '#lib/client/search/mail-search.ts';

/**
 * Where the person is, from the address alone: reload, bookmarks, Back and Forward all lead here. Read from the browser
 * and not from Next's router, which follows the History API in a transition: what is clicked shows in the next frame.
 * `initial` is the path that the server drew.
 */
export function useMailLocation(initial: string): MailLocation {
  const path = useSyncExternalStore(watchAddress, currentPath, () => initial);
  return useMemo(() => parseMailPath(path), [path]);
}

let lastMailPath: string | null = null;

/** Path and query of the mail page; while Next leaves for another page, the last ones. */
function currentPath(): string {
  const { pathname, search } = window.location;
  if (parseMailPath(pathname).mailbox !== null) lastMailPath = pathname + search;
  return lastMailPath ?? pathname;
}

function here(): MailLocation {
  return parseMailPath(window.location.pathname + window.location.search);
}

export function openMailbox(mailbox: string): void {
  goTo('pushState', mailHref(mailbox));
}

/** The open mailbox has another path: the same message stays open, and Back does not lead to what is no more. */
export function replaceMailbox(mailbox: string): void {
  goTo('replaceState', mailHref(mailbox, here().uid));
}

/** Searches from a mailbox on; a search that is refined is replaced, so that Back leads out of it. */
export function openSearch(mailbox: string, search: MailSearch): void {
  const isRefined = here().search !== null && here().uid === null;
  goTo(isRefined ? 'replaceState' : 'pushState', searchHref(mailbox, searchParameters(search), null));
}

/** Opens a message; from one message to the next the address is replaced, so that Back leads to the list. A search stays. */
export function openMessage(message: { mailbox: string; uid: number }): void {
  const { mailbox, uid, messageMailbox, search } = here();
  if (messageMailbox === message.mailbox && uid === message.uid) return;
  if (search && mailbox) {
    const parameters = new URLSearchParams(window.location.search);
    return goTo(uid === null ? 'pushState' : 'replaceState', searchHref(mailbox, parameters, message));
  }
  const isOpen = mailbox === message.mailbox && uid !== null;
  goTo(isOpen ? 'replaceState' : 'pushState', mailHref(message.mailbox, message.uid));
}

/** A message of a mailbox was stored anew: if it is open, the new one is. */
export function followRewritten(mailbox: string, uids: readonly (readonly [from: number, to: number])[]): void {
  const open = here();
  const pair = open.messageMailbox === mailbox ? uids.find(([from]) => from === open.uid) : undefined;
  if (pair) openMessage({ mailbox, uid: pair[1] });
}

/** Back to the list; the address is replaced, so that Back does not lead into what was just left. */
export function closeMessage(): void {
  const { mailbox, uid, search } = here();
  if (!mailbox || !uid) return;
  const parameters = new URLSearchParams(window.location.search);
  goTo('replaceState', search ? searchHref(mailbox, parameters, null) : mailHref(mailbox));
}

/** Back to the mailbox that was searched from. */
export function closeSearch(): void {
  const { mailbox, search } = here();
  if (mailbox && search) goTo('pushState', mailHref(mailbox));
}

/** The open message has another UID now; one that has none is closed, for its number may be another message's. */
export function followMessages(mailbox: string, pairs: ReadonlyMap<number, number>): void {
  const { uid, messageMailbox, search } = here();
  if (messageMailbox !== mailbox || uid === null) return;
  const next = pairs.get(uid);
  if (!search) return goTo('replaceState', mailHref(mailbox, next ?? null));
  if (next === undefined) closeMessage();
  else openMessage({ mailbox, uid: next });
}
