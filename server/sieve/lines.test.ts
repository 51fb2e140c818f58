import { expect, test } from 'vitest';
import { sieveArgument, sieveLines } from './lines.ts';

function read(...chunks: string[]): string[][] {
  const found: string[][] = [];
  const lines = sieveLines((tokens) => found.push(tokens.map(({ kind, value }) => `${kind}:${value}`)));
  for (const chunk of chunks) lines.push(Buffer.from(chunk));
  return found;
}

test('words, texts in quotes and literals are told apart, however they are cut', () => {
  const whole = '"a \\"b\\" \\\\" ACTIVE\r\n{5}\r\nh"i\r\n\r\nOK (QUOTA/MAXSIZE) "no"\r\n';
  const expected = [
    ['text:a "b" \\', 'word:ACTIVE'],
    ['text:h"i\r\n'],
    ['word:OK', 'word:(', 'word:QUOTA/MAXSIZE', 'word:)', 'text:no'],
  ];
  expect(read(whole)).toEqual(expected);
  expect(read(...whole)).toEqual(expected);
});

test('a line, a literal and an answer have an end', () => {
  for (const text of [
    'x'.repeat(9_000),
    `${'x'.repeat(9_000)}\r\n`,
    '{1048577}\r\n',
    '{9999999999}\r\n',
    '"open\r\n',
    'a\\b\r\n',
  ])
    expect(() => read(text), text.slice(0, 20)).toThrow('server-unavailable');
  expect(() => read(...Array.from({ length: 300 }, () => '"x"\r\n'.repeat(2_000)))).toThrow('server-unavailable');
});

test('what is sent gets out of no quotes', () => {
  expect(sieveArgument('a"b\\c')).toBe('"a\\"b\\\\c"');
  expect(sieveArgument('a\r\nDELETESCRIPT "x"')).toBe('{19+}\r\na\r\nDELETESCRIPT "x"');
  expect(sieveArgument('ä'.repeat(600))).toBe(`{1200+}\r\n${'ä'.repeat(600)}`);
});
