import { expect, it } from 'vitest';
import { awaitPalette, awaitPaletteNoMore, giveToPalette, listenForEarlyKeys } from './early-keys.ts';

it('no key is lost or told twice, whenever the palette begins to listen', () => {
  expect(giveToPalette('a')).toBe(false);
  awaitPalette();
  const told: string[] = [];
  for (const key of ['M', 'a', 'Backspace']) expect(giveToPalette(key)).toBe(true);
  const stop = listenForEarlyKeys((key) => told.push(key));
  expect(giveToPalette('r')).toBe(true);
  expect(giveToPalette('Enter')).toBe(true);
  expect(told).toEqual(['M', 'a', 'Backspace', 'r', 'Enter']);
  stop();
  expect(giveToPalette('e')).toBe(false);
  awaitPalette();
  listenForEarlyKeys((key) => told.push(key))();
  expect(told).toHaveLength(5);
  awaitPalette();
  awaitPaletteNoMore();
  expect(giveToPalette('e')).toBe(false);
});
