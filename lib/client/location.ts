import { usePathname } from 'next/navigation';

export interface MailLocation {
  mailbox: string | null;
  uid: number | null;
}

export function mailHref(mailbox: string, uid?: number | null): string {
  return `/mail/${encodeURIComponent(mailbox)}${uid ? `/${uid}` : ''}`;
}

/** Reads an address of the ui-contract, `/mail/{mailbox}[/{uid}]`; nulls for anything else. */
export function parseMailPath(pathname: string): MailLocation {
  const [, section, mailbox, uid] = pathname.split('/');
  if (section !== 'mail' || !mailbox) return { mailbox: null, uid: null };
  return { mailbox: decode(mailbox), uid: uid && /^[1-9]\d{0,9}$/.test(uid) ? Number(uid) : null };
}

/** Where the person is, from the address alone: reload, bookmarks, Back and Forward all lead here. */
export function useMailLocation(): MailLocation {
  return parseMailPath(usePathname());
}

// Next follows the History API, so that going somewhere costs no round trip: all data comes from the query cache.
export function openMailbox(mailbox: string): void {
  window.history.pushState(null, '', mailHref(mailbox));
}

/** Opens a message; from one message to the next the address is replaced, so that Back leads to the list. */
export function openMessage(mailbox: string, uid: number): void {
  const here = parseMailPath(window.location.pathname);
  if (here.mailbox === mailbox && here.uid === uid) return;
  const isOpen = here.mailbox === mailbox && here.uid !== null;
  if (isOpen) window.history.replaceState(null, '', mailHref(mailbox, uid));
  else window.history.pushState(null, '', mailHref(mailbox, uid));
}

export function closeMessage(): void {
  const { mailbox, uid } = parseMailPath(window.location.pathname);
  if (mailbox && uid) window.history.pushState(null, '', mailHref(mailbox));
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
