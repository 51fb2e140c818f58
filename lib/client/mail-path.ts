import { parseMailSearch } from '#lib/client/search/mail-search.ts';
import type { MailSearch } from '#lib/client/search/mail-search.ts';

export interface MailLocation {
  mailbox: string | null;
  /** The open message. */
  uid: number | null;
  /** The mailbox of the open message: among search results it may be another than the one searched from. */
  messageMailbox: string | null;
  /** Null: the mailbox's own list. */
  search: MailSearch | null;
}

export function mailHref(mailbox: string, uid?: number | null): string {
  return `/mail/${encodeURIComponent(mailbox)}${uid ? `/${uid}` : ''}`;
}

/** The address of a search from a mailbox on, and of a message among its results. `parameters` say what is searched. */
export function searchHref(
  mailbox: string,
  parameters: URLSearchParams,
  message: { mailbox: string; uid: number } | null,
): string {
  const search = new URLSearchParams(parameters);
  search.delete('at');
  if (message && message.mailbox !== mailbox) search.set('at', message.mailbox);
  return `${mailHref(mailbox, message?.uid)}?${search}`;
}

/** Reads an address, `/mail/{mailbox}[/{uid}]` with or without a search; nulls for anything else. */
export function parseMailPath(address: string): MailLocation {
  const [pathname = '', query = ''] = address.split('?', 2);
  const [, section, segment, uid] = pathname.split('/');
  const mailbox = section === 'mail' && segment ? decode(segment) : null;
  if (mailbox === null) return { mailbox: null, uid: null, messageMailbox: null, search: null };
  const parameters = new URLSearchParams(query);
  const search = parseMailSearch(parameters);
  return {
    mailbox,
    uid: uid && /^[1-9]\d{0,9}$/.test(uid) ? Number(uid) : null,
    messageMailbox: (search && parameters.get('at')) ?? mailbox,
    search,
  };
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
