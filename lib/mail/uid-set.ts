import type { UidSet } from './event.ts';

/** Ascending UIDs to ranges; the input is sorted and made unique first. */
export function toUidSet(uids: Iterable<number>): UidSet {
  const sorted = [...new Set(uids)].sort((a, b) => a - b);
  const set: UidSet = [];
  for (const uid of sorted) {
    const last = set.at(-1);
    if (last && last[1] === uid - 1) last[1] = uid;
    else set.push([uid, uid]);
  }
  return set;
}

/** Reads a sequence-set of UIDs such as "41,43:116,118" (RFC 9051 section 9); "*" and nonsense are left out. */
export function parseUidSet(text: string): UidSet {
  const ranges: UidSet = [];
  for (const piece of text.split(',')) {
    const match = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(piece.trim());
    if (!match) continue;
    const a = Number(match[1]);
    const b = match[2] === undefined ? a : Number(match[2]);
    if (a > 0 && b > 0) ranges.push([Math.min(a, b), Math.max(a, b)]);
  }
  return joinRanges(ranges);
}

export function formatUidSet(set: UidSet): string {
  return set.map(([first, last]) => (first === last ? `${first}` : `${first}:${last}`)).join(',');
}

export function hasUid(set: UidSet, uid: number): boolean {
  return set.some(([first, last]) => uid >= first && uid <= last);
}

export function countUids(set: UidSet): number {
  return set.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** The part of a set below a UID. */
export function uidsBelow(set: UidSet, limit: number): UidSet {
  return set
    .filter(([first]) => first < limit)
    .map(([first, last]): [number, number] => [first, Math.min(last, limit - 1)]);
}

/** A set less another. Ranges of more than 10,000 that overlap are left whole: taking them apart would cost too much. */
export function subtractUids(set: UidSet, less: UidSet): UidSet {
  if (!less.some(([a, b]) => set.some(([c, d]) => a <= d && c <= b))) return set;
  return set.flatMap(([first, last]): UidSet => {
    if (last - first > 10_000) return [[first, last]];
    const left: UidSet = [];
    for (let uid = first; uid <= last; uid += 1) if (!hasUid(less, uid)) left.push([uid, uid]);
    return left;
  });
}

function joinRanges(ranges: UidSet): UidSet {
  ranges.sort((a, b) => a[0] - b[0]);
  const joined: UidSet = [];
  for (const [first, last] of ranges) {
    const previous = joined.at(-1);
    if (previous && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else joined.push([first, last]);
  }
  return joined;
}
