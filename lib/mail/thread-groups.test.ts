import { expect, test } from 'vitest';
import { formatGroups, joinGroups, noGroups, parseGroups, rootOf, toGroups } from './thread-groups.ts';
import type { ThreadGroups } from './thread-groups.ts';

/** A small generator of its own, the same each time (xorshift). */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.abs(state) % below;
  };
}

const plain = ({ uids, roots }: ThreadGroups) => [...uids].map((uid, index) => [uid, roots[index]]);

test('threads of one are none, and groups that share a member are one', () => {
  expect(plain(toGroups([[5], [9, 3], [3, 7], [20, 21]]))).toEqual([
    [3, 3],
    [7, 3],
    [9, 3],
    [20, 20],
    [21, 20],
  ]);
  expect(rootOf(toGroups([[9, 3]]), 9)).toBe(3);
  expect(rootOf(noGroups, 9)).toBe(9);
});

test('nothing is written and read as nothing', () => {
  expect(formatGroups(noGroups)).toBe('');
  expect(parseGroups('').uids).toHaveLength(0);
});

test.each(Array.from({ length: 40 }, (_, index) => index + 1))(
  'what is written is read as it was, and joined it is the union (%i)',
  (seed) => {
    const random = makeRandom(seed * 7919);
    const threads = () =>
      Array.from({ length: random(30) }, () =>
        Array.from({ length: 1 + random(6) }, () => 1 + random(seed % 2 ? 200 : 4_000_000_000)),
      );
    const [one, other] = [threads(), threads()];
    const groups = toGroups(one);
    expect(plain(parseGroups(formatGroups(groups)))).toEqual(plain(groups));
    expect([...groups.uids]).toEqual([...groups.uids].toSorted((a, b) => a - b));
    expect(plain(joinGroups(groups, toGroups(other)))).toEqual(plain(toGroups([...one, ...other])));
    groups.uids.forEach((uid, index) => expect(groups.roots[index]).toBeLessThanOrEqual(uid));
  },
);
