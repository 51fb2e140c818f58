import { expect, test } from 'vitest';
import { encodeFlowed, joinFlowed } from './flowed.ts';

const long =
  'The quick brown fox jumps over the lazy dog, and does so again and again until the line is much too long for anybody.';

test.each([
  ['a long paragraph', long],
  ['a quote of two depths', `> ${long}\n>> ${long}\nAnd I say:\n\n${long}`],
  ['lines that look like something else', ' indented\nFrom here on\n>\nok'],
  ['a word longer than a line', `${'x'.repeat(200)} and then ${'y'.repeat(100)}`],
  ['letters of other scripts', `${'Größe und Maß sind verschieden, '.repeat(8)}${'日本語'.repeat(40)}`],
])('%s comes out of format=flowed as it went in', (_name, text) => {
  const encoded = encodeFlowed(text);
  for (const line of encoded.split('\n'))
    if (line.includes(' ')) expect(line.split(' ').some((word) => word.length > 78) || line.length <= 79).toBe(true);
  expect(joinFlowed(encoded, false).replace(/^(>+) (?=>|$)/gm, '$1')).toBe(text.replace(/^>$/gm, '>'));
});

test('a signature separator stays what it is', () => {
  expect(encodeFlowed('Bye\n-- \nAnn')).toBe('Bye\n-- \nAnn');
});
