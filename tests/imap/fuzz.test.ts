import { expect, test } from 'vitest';
import { runFuzz } from '#tests/fuzz/run-fuzz.ts';

// The same inputs every time; `npm run fuzz` goes where nobody was before.
test('check 68: twenty seconds of hostile input on every reader: nothing throws, hangs for 5 s or grows by 200 MB', { timeout: 120_000 }, async () => {
  const { failures, targets } = await runFuzz({ seconds: 20, seed: 7 });
  expect(failures).toEqual([]);
  expect(targets).toHaveLength(14);
  expect(Math.min(...targets.map(({ cases }) => cases))).toBeGreaterThan(0);
});
