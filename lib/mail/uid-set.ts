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
  const range = set[rangeAt(set, uid)];
  return range !== undefined && range[0] <= uid;
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

/** All that is in either. */
export function uniteUids(a: UidSet, b: UidSet): UidSet {
  if (b.length === 0) return a;
  return joinRanges([...a, ...b].map(([first, last]): [number, number] => [first, last]));
}

/** A set less another; the same object when nothing of it is taken. */
export function subtractUids(set: UidSet, less: UidSet): UidSet {
  const left: UidSet = [];
  let index = 0;
  let isSame = true;
  for (const [first, last] of set) {
    let from = first;
    while (index > 0 && (less[index - 1]?.[1] ?? 0) >= first) index -= 1;
    for (let cut = less[index]; cut && cut[0] <= last; cut = less[index]) {
      if (cut[1] >= from) {
        isSame = false;
        if (cut[0] > from) left.push([from, cut[0] - 1]);
        from = cut[1] + 1;
      }
      index += 1;
    }
    if (from <= last) left.push([from, last]);
  }
  return isSame ? set : left;
}

/** What two sets have in common. */
export function intersectUids(a: UidSet, b: UidSet): UidSet {
  const common: UidSet = [];
  for (let i = 0, k = 0; ;) {
    const [one, other] = [a[i], b[k]];
    if (!one || !other) return common;
    const first = Math.max(one[0], other[0]);
    const last = Math.min(one[1], other[1]);
    if (first <= last) common.push([first, last]);
    if (one[1] < other[1]) i += 1;
    else k += 1;
  }
}

/** The UIDs at the places `from` to `to`, counted from 1 in ascending order, both included. */
export function sliceUids(set: UidSet, from: number, to: number): UidSet {
  const slice: UidSet = [];
  let passed = 0;
  for (const [first, last] of set) {
    const start = Math.max(first, first + from - passed - 1);
    const end = Math.min(last, first + to - passed - 1);
    if (start <= end) slice.push([start, end]);
    passed += last - first + 1;
    if (passed >= to) break;
  }
  return slice;
}

/** Of a set that corresponds to another by place, as COPYUID's two do (RFC 4315 section 3): what a part of it is in the other. */
export function translateUids(part: UidSet, from: UidSet, to: UidSet): UidSet {
  const translated: UidSet = [];
  let passed = 0;
  for (const [first, last] of from) {
    for (const [a, b] of intersectUids(part, [[first, last]])) {
      translated.push(...sliceUids(to, passed + a - first + 1, passed + b - first + 1));
    }
    passed += last - first + 1;
  }
  return joinRanges(translated);
}

/** The UIDs one by one, ascending. */
export function* eachUid(set: UidSet): Generator<number> {
  for (const [first, last] of set) for (let uid = first; uid <= last; uid += 1) yield uid;
}

/** The index of the first range that ends at or above a UID. */
function rangeAt(set: UidSet, uid: number): number {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((set[middle]?.[1] ?? 0) < uid) low = middle + 1;
    else high = middle;
  }
  return low;
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
