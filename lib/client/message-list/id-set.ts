import type { UidSet } from '#lib/mail/event.ts';
import { countUids, eachUid, hasUid, toUidSet } from '#lib/mail/uid-set.ts';

/** Ids of rows as ranges: a hundred thousand that follow each other are one pair. Never changed, only replaced. */
export interface IdSet extends Iterable<number> {
  readonly size: number;
  readonly ranges: UidSet;
  has(id: number): boolean;
}

export function idSetOf(ids: Iterable<number>): IdSet {
  return idSet(toUidSet(ids));
}

export function idSet(ranges: UidSet): IdSet {
  return {
    size: countUids(ranges),
    ranges,
    has: (id) => hasUid(ranges, id),
    [Symbol.iterator]: () => eachUid(ranges),
  };
}
