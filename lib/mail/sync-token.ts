/**
 * A sync token names the state of a mailbox at which a view of it was read: `uidValidity:highestModseq` (RFC 7162).
 * Modseqs are up to 63 bits wide, so they travel as decimal strings and never as numbers.
 */
export type SyncToken = string;

export interface SyncTokenParts {
  uidValidity: number;
  modseq: string;
}

const form = /^([1-9]\d{0,9}):(0|[1-9]\d{0,18})$/;

/** Answers null for anything that is not a token; `uidValidity` is a nonzero 32-bit number (RFC 9051 section 2.3.1.1). */
export function parseSyncToken(token: string): SyncTokenParts | null {
  const match = form.exec(token);
  if (!match?.[1] || !match[2]) return null;
  const uidValidity = Number(match[1]);
  return uidValidity <= 0xffffffff ? { uidValidity, modseq: match[2] } : null;
}

export function toSyncToken(uidValidity: number, modseq: string): SyncToken {
  return `${uidValidity}:${modseq}`;
}

/** Negative, zero or positive like a sort comparator; both are canonical decimal strings (no leading zero). */
export function compareModseq(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
