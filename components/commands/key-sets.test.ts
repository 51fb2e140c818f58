import { expect, test } from 'vitest';
import { keysOf } from './key-sets.ts';

test("Fastmail's set takes Gmail's letters where it has no others", () => {
  expect(keysOf({ keys: ['j'] }, 'fastmail')).toEqual(['j']);
  expect(keysOf({ keys: ['e'], fastmailKeys: ['y'] }, 'fastmail')).toEqual(['y']);
  expect(keysOf({ keys: ['e'], fastmailKeys: ['y'] }, 'gmail')).toEqual(['e']);
});

test('switched off, only Esc and keys with Mod are left', () => {
  expect(keysOf({ keys: ['Escape', 'Mod+k', 'x'] }, 'off')).toEqual(['Escape', 'Mod+k']);
});
