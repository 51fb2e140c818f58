import { expect, test } from 'vitest';
import { formatGroups, rootOf, toGroups } from '#lib/mail/thread-groups.ts';
import { joinTold, toThreadState } from './thread-state.ts';

const state = toThreadState(
  {
    uidValidity: 1,
    uidNext: 8,
    firstUid: 1,
    groups: formatGroups(
      toGroups([
        [1, 3],
        [5, 6],
      ]),
    ),
  },
  true,
);

test('what an opened conversation is told to hold is one thread from then on, also where it was not looked at yet', () => {
  const { groups, uidNext } = joinTold(state, [5, 6, 7, 9]);
  expect([5, 6, 7, 9].map((uid) => rootOf(groups, uid))).toEqual([5, 5, 5, 5]);
  expect(rootOf(groups, 3)).toBe(1);
  expect(uidNext).toBe(8);
});

test('what was known so already changes nothing', () => {
  expect(joinTold(state, [3, 1])).toBe(state);
  expect(joinTold(state, [4])).toBe(state);
  expect(joinTold(state, [])).toBe(state);
});
