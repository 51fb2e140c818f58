import { expect, test } from 'vitest';
import { fuzzyScore } from './fuzzy-score.ts';

const order = (wanted: string, texts: string[]) =>
  texts
    .map((text) => ({ text, score: fuzzyScore(wanted, text) }))
    .filter(({ score }) => score !== null)
    .sort((one, other) => (other.score ?? 0) - (one.score ?? 0))
    .map(({ text }) => text);

test('letters in order find a text, letters out of order do not', () => {
  expect(fuzzyScore('mrd', 'Mark as read')).not.toBeNull();
  expect(fuzzyScore('drm', 'Mark as read')).toBeNull();
});

test('the words themselves come before scattered letters, beginnings before middles', () => {
  expect(order('star', ['Go to Starred', 'Select all that are read', 'Star', 'Restart'])).toEqual([
    'Star',
    'Go to Starred',
    'Restart',
    'Select all that are read',
  ]);
});

test('first letters of words count: gi is Go to Inbox', () => {
  expect(order('gi', ['Change signature', 'Go to Inbox'])[0]).toBe('Go to Inbox');
});

test('words may stand in any order', () => {
  expect(order('dark theme', ['Theme: Light', 'Theme: Dark'])).toEqual(['Theme: Dark']);
});

test('accents and case are not asked for', () => {
  expect(fuzzyScore('buro', 'Büro')).not.toBeNull();
});
