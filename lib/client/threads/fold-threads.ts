import { lowerBound } from '#lib/mail/thread-groups.ts';
import type { ThreadGroups } from '#lib/mail/thread-groups.ts';

/**
 * Messages folded into threads. Threads stand in the order of their newest message, the newest thread first; UIDs ascend with
 * arrival (RFC 9051 section 2.3.1.1).
 */
export interface FoldedThreads {
  /** All messages that were folded, ascending. */
  readonly uids: Uint32Array;
  /** The thread of each of them: a place in the order, from 0. */
  readonly places: Uint32Array;
  /** The members of all threads one after the other, each thread's ascending; thread `i` begins at `starts[i]`. */
  readonly members: Uint32Array;
  /** One more than there are threads. */
  readonly starts: Uint32Array;
}

/** Folds messages, given ascending. Takes some milliseconds for a hundred thousand. */
export function foldThreads(uids: Uint32Array, groups: ThreadGroups): FoldedThreads {
  const places = new Uint32Array(uids.length);
  const placeOfRoot = new Map<number, number>();
  let threads = 0;
  let at = groups.uids.length - 1;
  for (let index = uids.length - 1; index >= 0; index -= 1) {
    const uid = uids[index] ?? 0;
    while (at >= 0 && (groups.uids[at] ?? 0) > uid) at -= 1;
    if (groups.uids[at] !== uid) {
      places[index] = threads;
      threads += 1;
      continue;
    }
    const root = groups.roots[at] ?? uid;
    const known = placeOfRoot.get(root);
    places[index] = known ?? threads;
    if (known !== undefined) continue;
    placeOfRoot.set(root, threads);
    threads += 1;
  }
  const starts = new Uint32Array(threads + 1);
  for (const place of places) starts[place + 1] = (starts[place + 1] ?? 0) + 1;
  for (let place = 1; place <= threads; place += 1) starts[place] = (starts[place] ?? 0) + (starts[place - 1] ?? 0);
  const next = starts.slice();
  const members = new Uint32Array(uids.length);
  for (let index = 0; index < uids.length; index += 1) {
    const place = places[index] ?? 0;
    const slot = next[place] ?? 0;
    members[slot] = uids[index] ?? 0;
    next[place] = slot + 1;
  }
  return { uids, places, members, starts };
}

export function threadCount({ starts }: FoldedThreads): number {
  return starts.length - 1;
}

/** The messages of the thread at a place, ascending. */
export function membersAt({ members, starts }: FoldedThreads, place: number): Uint32Array {
  return members.subarray(starts[place] ?? 0, starts[place + 1] ?? 0);
}

/** The place of a message's thread; null for a message that was not folded. */
export function placeOf({ uids, places }: FoldedThreads, uid: number): number | null {
  const index = lowerBound(uids, uid);
  return uids[index] === uid ? (places[index] ?? null) : null;
}
