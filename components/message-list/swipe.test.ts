import { expect, test } from 'vitest';
import { followed, intentOf, isCarriedOut } from './swipe.ts';

test('a finger that goes down scrolls, one that goes aside swipes, one that trembles does neither', () => {
  expect([intentOf(3, 40), intentOf(40, 3), intentOf(4, 4)]).toEqual(['scroll', 'swipe', null]);
});

test('the row follows the finger, then with resistance, and hardly where nothing would be done', () => {
  expect(followed(60, 390, true)).toBe(60);
  expect(followed(-300, 390, true)).toBeGreaterThan(-300);
  expect(Math.abs(followed(300, 390, false))).toBeLessThanOrEqual(16);
});

test('letting go beyond the threshold means it, coming back takes it back', () => {
  expect(isCarriedOut(130, 390)).toBe(true);
  expect(isCarriedOut(60, 390)).toBe(false);
});
