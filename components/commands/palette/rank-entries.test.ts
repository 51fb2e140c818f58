import { expect, test } from 'vitest';
import { rankEntries } from './rank-entries.ts';
import type { PaletteEntry } from './palette-entry.ts';

const anEntry = (text: string): PaletteEntry => ({
  id: text,
  group: 'commands',
  icon: (() => null) as unknown as PaletteEntry['icon'], // Never drawn here.
  text,
  run: () => {},
});
const entries = ['Archive', 'Go to Archive', 'Star', 'Theme: Dark'].map(anEntry);
const texts = (wanted: string, uses: [string, number][] = []) =>
  rankEntries(entries, wanted, new Map(uses)).map(({ text }) => text);

test('without words everything stands there, what is used most first', () => {
  expect(texts('')).toEqual(['Archive', 'Go to Archive', 'Star', 'Theme: Dark']);
  expect(texts('', [['Star', 2]])).toEqual(['Star', 'Archive', 'Go to Archive', 'Theme: Dark']);
});

test('use decides between equals, not against a better match', () => {
  expect(texts('arch')[0]).toBe('Archive');
  expect(texts('arch', [['Go to Archive', 3]])[0]).toBe('Go to Archive');
  expect(texts('go', [['Star', 50]])[0]).toBe('Go to Archive');
  expect(texts('dark', [['Star', 50]])).toEqual(['Theme: Dark']);
});
