import { expect, test } from 'vitest';
import { matchesWords } from './match-words.ts';

test('words are found in any order, without case and accents', () => {
  expect(matchesWords('LISTE dichte', ['Dichte der Liste', 'Kompakt'])).toBe(true);
  expect(matchesWords('losche', ['Löschen'])).toBe(true);
});

test('a word that stands nowhere finds nothing', () => {
  expect(matchesWords('liste farbe', ['Dichte der Liste'])).toBe(false);
});
