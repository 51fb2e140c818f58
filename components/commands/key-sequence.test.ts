import { expect, test } from 'vitest';
import { makeKeySequence } from './key-sequence.ts';
import type { PressedKey } from './key-sequence.ts';

const press = (key: string, held: Partial<PressedKey> = {}): PressedKey => ({
  key,
  isShift: false,
  isMod: false,
  ...held,
});

test('g and then i is one shortcut, and i alone is another', () => {
  const sequence = makeKeySequence();
  expect(['i', 'g', 'i', 'i'].map((key) => sequence(press(key)))).toEqual(['i', 'g', 'g i', 'i']);
});

test('a prefix is forgotten after a while', () => {
  let time = 0;
  const sequence = makeKeySequence(() => time);
  sequence(press('g'));
  time = 5_000;
  expect(sequence(press('i'))).toBe('i');
});

test('Shift counts for letters only: ? and * are keys of their own', () => {
  const sequence = makeKeySequence();
  expect(sequence(press('I', { isShift: true }))).toBe('Shift+i');
  expect(sequence(press('?', { isShift: true }))).toBe('?');
});

test('with Mod a letter is another key', () => {
  const sequence = makeKeySequence();
  expect(sequence(press('k', { isMod: true }))).toBe('Mod+k');
  expect(sequence(press('k'))).toBe('k');
});
