import { expect, test } from 'vitest';
import { toTextBlocks } from './quote-blocks.ts';

test('a quote stands apart together with the line that leads it in', () => {
  const text = 'Yes.\n\nOn 3 May 2026 at 10:11, Ann Lee wrote:\n> Tea?\n> Now?\n\nBo';
  expect(toTextBlocks(text)).toEqual([
    { kind: 'text', text: 'Yes.\n' },
    { kind: 'quote', text: 'On 3 May 2026 at 10:11, Ann Lee wrote:\n> Tea?\n> Now?' },
    { kind: 'text', text: '\nBo' },
  ]);
});

test('all below the signature line is signature', () => {
  expect(toTextBlocks('Hi\n-- \nBo\n> not a quote').map(({ kind }) => kind)).toEqual(['text', 'signature']);
});

test('a million quote marks are split in no time', () => {
  const started = performance.now();
  expect(toTextBlocks('> a\n'.repeat(250_000)).length).toBe(2);
  expect(performance.now() - started).toBeLessThan(1_000);
});
