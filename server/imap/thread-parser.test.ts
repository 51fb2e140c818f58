import { expect, test } from 'vitest';
import { eachThread, makeThreadParser } from './thread-parser.ts';

function parsed(text: string, { most = 1_000, piece = text.length || 1 } = {}): number[][] {
  const parser = makeThreadParser(most);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += piece) parser.push(bytes.subarray(at, at + piece));
  const { uids, starts } = parser.end();
  return [...starts].map((start, index) => [...uids.subarray(start, starts[index + 1] ?? uids.length)]);
}

// RFC 5256 section 4.
test.each([
  ['(2)(3 6 (4 23)(44 7 96))', [[2], [3, 6, 4, 23, 44, 7, 96]]],
  ['((3)(5))', [[3, 5]]],
  ['', []],
  ['()(())(7)', [[7]]],
  ['(166)(167)(168)(169)(172)((170)(179))(171)', [[166], [167], [168], [169], [172], [170, 179], [171]]],
])('%s', (text, threads) => {
  expect(parsed(text)).toEqual(threads);
});

test('it may come in pieces of any size', () => {
  const text = '(2)(3 6 (4 23)(44 7 96))((1024)(4294967295))';
  for (let piece = 1; piece < text.length; piece += 1) expect(parsed(text, { piece })).toEqual(parsed(text));
});

test('what is no UID, what is too much, and what is nested without end, does no harm', () => {
  expect(parsed('(0 4294967296 99999999999999999999 5)')).toEqual([[5]]);
  expect(parsed('(1)(2 3)(4)', { most: 3 })).toEqual([[1], [2, 3]]);
  expect(parsed(`${'('.repeat(200_000)}8${')'.repeat(300_000)}(9)`)).toEqual([[8], [9]]);
  expect(parsed('))) (4')).toEqual([[4]]);
  expect(parsed('(1 2', { most: 0 })).toEqual([]);
});

test('a hundred thousand are read in less than a tenth of a second', () => {
  const text = Array.from(
    { length: 25_000 },
    (_, index) => `(${index * 4 + 1} ${index * 4 + 2} (${index * 4 + 3})(${index * 4 + 4}))`,
  ).join('');
  parsed(text, { most: 100_000 });
  const start = performance.now();
  const parser = makeThreadParser(100_000);
  parser.push(Buffer.from(text));
  const list = parser.end();
  expect(performance.now() - start).toBeLessThan(100);
  expect([...eachThread(list)]).toHaveLength(25_000);
});
