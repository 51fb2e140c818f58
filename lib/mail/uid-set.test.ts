import { expect, test } from 'vitest';
import type { UidSet } from './event.ts';
import {
  countUids,
  eachUid,
  formatUidSet,
  hasUid,
  intersectUids,
  parseUidSet,
  sliceUids,
  subtractUids,
  toUidSet,
  translateUids,
  uniteUids,
} from './uid-set.ts';

test('a set is written and read as IMAP writes it', () => {
  expect(formatUidSet(parseUidSet('41,50:43,44,118'))).toBe('41,43:50,118');
  expect(parseUidSet('*,0,x,4294967295')).toEqual([[4294967295, 4294967295]]);
});

test('sets of random UIDs behave as sets of numbers do', () => {
  let seed = 7;
  const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
  for (let round = 0; round < 300; round += 1) {
    const some = () => new Set(Array.from({ length: random(25) }, () => 1 + random(40)));
    const [a, b] = [some(), some()];
    const [x, y] = [toUidSet(a), toUidSet(b)];
    const numbers = (set: UidSet) => [...eachUid(set)];
    const sorted = (set: Iterable<number>) => [...set].sort((one, other) => one - other);
    expect(numbers(uniteUids(x, y))).toEqual(sorted(new Set([...a, ...b])));
    expect(numbers(subtractUids(x, y))).toEqual(sorted([...a].filter((uid) => !b.has(uid))));
    expect(numbers(intersectUids(x, y))).toEqual(sorted([...a].filter((uid) => b.has(uid))));
    expect(countUids(x)).toBe(a.size);
    for (let uid = 0; uid < 43; uid += 1) expect(hasUid(x, uid)).toBe(a.has(uid));
    const [from, to] = [1 + random(20), 1 + random(30)];
    expect(numbers(sliceUids(x, from, to))).toEqual(sorted(a).slice(from - 1, Math.max(from - 1, to)));
  }
});

test('taking nothing away answers the very same set', () => {
  const set: UidSet = [[1, 100_000]];
  expect(subtractUids(set, [[200_000, 200_001]])).toBe(set);
  expect(subtractUids(set, [[5, 5]])).toEqual([
    [1, 4],
    [6, 100_000],
  ]);
});

test('a part of a set is found in the set that corresponds by place', () => {
  const from: UidSet = [
    [3, 5],
    [9, 10],
  ];
  const to: UidSet = [
    [100, 101],
    [200, 202],
  ];
  expect(translateUids([[4, 9]], from, to)).toEqual([
    [101, 101],
    [200, 201],
  ]);
  expect(translateUids([[1, 50]], from, to)).toEqual(to);
  expect(translateUids([[6, 8]], from, to)).toEqual([]);
});
