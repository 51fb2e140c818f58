import { expect, test } from 'vitest';
import { htmlToText } from './html-to-text.ts';

test('HTML reads well as text: headings, lists, quotes, links and pictures', () => {
  const text = htmlToText(
    '<h1>Plan</h1><p>See <a href="https://a.test/x">the page</a> and <a href="https://b.test">https://b.test</a>.</p>' +
      '<ul><li>one</li><li>two</li></ul><blockquote><p>You wrote<br>this</p></blockquote><p><img src="cid:1" alt="A bird"></p>' +
      '<table><tr><th>Day</th><th>Sum</th></tr><tr><td>Mon</td><td>3</td></tr></table>',
  );
  expect(text).toBe(
    'Plan\n\nSee the page <https://a.test/x> and https://b.test.\n\n * one\n * two\n\n> You wrote\n> this\n\n[A bird]\n\nDay  Sum\nMon  3',
  );
});

test('scripts and styles leave no text', () => {
  expect(htmlToText('<style>p{color:red}</style><script>alert(1)</script><p>Hello</p>')).toBe('Hello');
});

test('a long letter keeps its lines', () => {
  expect(htmlToText('line<br>'.repeat(3_000)).split('\n')).toHaveLength(3_000);
});

test('a hundred thousand nested tags end soon', () => {
  const began = performance.now();
  expect(htmlToText('<div>'.repeat(100_000) + 'deep')).toBe('deep');
  htmlToText('<'.repeat(500_000));
  htmlToText('<a '.repeat(300_000));
  expect(performance.now() - began).toBeLessThan(5_000);
});
