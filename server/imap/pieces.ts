import 'server-only';
import type { UidSet } from '#lib/mail/event.ts';
import { formatUidSet } from '#lib/mail/uid-set.ts';

/** Octets of a sequence-set in one command: servers take lines of 8,000 (RFC 7162 section 4). */
export const maxSetLength = 7_000;
/** The longest range, two UIDs of ten digits, with its comma. */
const longestRange = 22;

/** A set cut into sets that each fit a command. */
export function pieces(set: UidSet): UidSet[] {
  if (formatUidSet(set).length <= maxSetLength) return [set];
  const ranges = Math.floor(maxSetLength / longestRange);
  return Array.from({ length: Math.ceil(set.length / ranges) }, (_, index) =>
    set.slice(index * ranges, (index + 1) * ranges),
  );
}
