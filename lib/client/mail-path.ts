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

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
