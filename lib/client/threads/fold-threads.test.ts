import { expect, test } from 'vitest';
import { toGroups } from '#lib/mail/thread-groups.ts';
import { foldThreads, membersAt, placeOf, threadCount } from './fold-threads.ts';

const folded = (uids: number[], threads: number[][]) => {
  const fold = foldThreads(Uint32Array.from(uids), toGroups(threads));
  return { fold, threads: Array.from({ length: threadCount(fold) }, (_, place) => [...membersAt(fold, place)]) };
};

test('threads stand by their newest message, their members by age', () => {
  const { fold, threads } = folded(
    [1, 2, 3, 5, 8, 9],
    [
      [1, 5, 8],
      [2, 3],
    ],
  );
  expect(threads).toEqual([[9], [1, 5, 8], [2, 3]]);
  expect([9, 8, 1, 3, 2].map((uid) => placeOf(fold, uid))).toEqual([0, 1, 1, 2, 2]);
  expect(placeOf(fold, 4)).toBeNull();
});

test('members that are not there any longer are left out, and what is left is still one thread', () => {
  expect(folded([3, 8], [[1, 3, 5, 8]]).threads).toEqual([[3, 8]]);
  expect(folded([8], [[1, 8]]).threads).toEqual([[8]]);
  expect(folded([], [[1, 2]]).threads).toEqual([]);
});

test('every message is in one thread, and no thread is empty', () => {
  const uids = Array.from({ length: 3_000 }, (_, index) => index * 2 + 1);
  const threads = Array.from({ length: 500 }, (_, index) => [index * 11 + 1, index * 7 + 1, index * 3 + 2]);
  const { fold, threads: places } = folded(uids, threads);
  expect(places.flat().toSorted((a, b) => a - b)).toEqual(uids);
  places.forEach((members, place) => {
    expect(members.length).toBeGreaterThan(0);
    for (const uid of members) expect(placeOf(fold, uid)).toBe(place);
  });
  const newest = places.map((members) => members.at(-1) ?? 0);
  expect(newest).toEqual(newest.toSorted((a, b) => b - a));
});
