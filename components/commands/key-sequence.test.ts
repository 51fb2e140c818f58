import { expect, test } from 'vitest';
import { makeKeySequence } from './key-sequence.ts';

test('g and then i is one shortcut, and i alone is another', () => {
  const sequence = makeKeySequence();
  expect([sequence('i', false), sequence('g', false), sequence('i', false), sequence('i', false)]).toEqual([
    'i',
    'g',
    'g i',
    'i',
  ]);
});

test('a prefix is forgotten after a while', () => {
  let time = 0;
  const sequence = makeKeySequence(() => time);
  sequence('g', false);
  time = 5_000;
  expect(sequence('i', false)).toBe('i');
});

test('Shift counts for letters only: ? and * are keys of their own', () => {
  const sequence = makeKeySequence();
  expect(sequence('I', true)).toBe('Shift+i');
  expect(sequence('?', true)).toBe('?');
});
