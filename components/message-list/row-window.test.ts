import { expect, test } from 'vitest';
import { maxOffset, maxSpacer, moved, reveal, spacerHeight, toOffset, toScroll, visibleRows } from './row-window.ts';

const huge = { rows: 1_000_000, rowHeight: 64, viewport: 700 };
const small = { rows: 100, rowHeight: 64, viewport: 700 };

test('a list that a browser can hold is scrolled natively', () => {
  expect(spacerHeight(small)).toBe(6400);
  for (const position of [0, 1, 999, 5700]) expect(toOffset(position, small)).toBe(position);
  expect(moved(100, 100, 5000, small)).toBe(5000);
});

test('the scroll bar of a million rows spans them all, ends included', () => {
  expect(spacerHeight(huge)).toBe(maxSpacer);
  expect(toOffset(0, huge)).toBe(0);
  expect(toOffset(maxSpacer - huge.viewport, huge)).toBe(maxOffset(huge));
  expect(visibleRows(maxOffset(huge), huge, 0).last).toBe(999_999);
});

test('position and offset lead back to each other anywhere', () => {
  for (let row = 0; row < huge.rows; row += 9_973) {
    const offset = Math.min(row * huge.rowHeight, maxOffset(huge));
    expect(toOffset(toScroll(offset, huge), huge)).toBeCloseTo(offset, 3);
  }
});

test('the wheel moves a huge list pixel by pixel, the scroll bar leaps', () => {
  const offset = toOffset(4_000_000, huge);
  expect(moved(offset, 4_000_000, 4_000_120, huge)).toBeCloseTo(offset + 120, 5);
  expect(moved(offset, 4_000_000, 2_000_000, huge)).toBe(toOffset(2_000_000, huge));
  expect(moved(offset, 900, 0, huge)).toBe(0);
  expect(moved(795, 118, 0, { ...huge, rowHeight: 54 })).toBe(677);
});

test('revealing a row moves no more than needed', () => {
  expect(reveal(3, 0, small)).toBe(0);
  expect(reveal(11, 0, small)).toBe(12 * 64 - 700);
  expect(reveal(2, 640, small)).toBe(128);
});
