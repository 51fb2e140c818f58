import { expect, test } from 'vitest';
import { toPieces } from './linkify.ts';

const hostile = [
  'a@a.co?]<img/src=x/onerror=alert(1)>',
  '[<script>x</script>] http://a.example',
  'javascript:alert(1) data:text/html,x vbscript:x ftp://x.example file:///etc/passwd',
];

test.each(hostile)('check 7: %s stays the text it is, with web and mail links only', (text) => {
  const pieces = toPieces(text);
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  for (const { href } of pieces) if (href) expect(href).toMatch(/^(https?:\/\/|mailto:)/);
});

test('addresses are found without the full stop that ends the sentence', () => {
  expect(toPieces('See https://example.org/a?b=1.').map(({ href }) => href)).toEqual([
    null,
    'https://example.org/a?b=1',
    null,
  ]);
});

test.each(
  ['a@', 'http://', 'www.', 'a.', 'http://a.b-', 'mailto:', '@a.'].flatMap((piece) => [
    piece.repeat(199_000 / piece.length),
    piece.repeat(2_000_000 / piece.length),
  ]),
)('check 72: pathological input takes less than a second', (text) => {
  const started = performance.now();
  toPieces(text);
  expect(performance.now() - started).toBeLessThan(1_000);
});
