import { getDomain } from 'tldts';
import { expect, test } from 'vitest';
import { checkLink } from './check-link.ts';

const check = (href: string, text: string) => checkLink(href, text, 'mail.pipit.test', (host) => getDomain(host)).kind;

test.each([
  ['https://example.org/a', 'Read on', 'direct'],
  ['https://news.example.org/', 'www.example.org', 'direct'],
  ['https://evil.example/', 'https://bank.example', 'ask'],
  ['https://evil.example/', 'bank.com', 'ask'],
  ['https://bank.com@evil.example/', 'Your bank', 'ask'],
  ['https://xn--bnk-1la.com/', 'Your bank', 'ask'],
  ['http://192.0.2.7/', 'Your bank', 'ask'],
  ['https://example.org/report.pdf', 'report.pdf', 'direct'],
  ['https://mail.pipit.test/settings/reading', 'Read on', 'none'],
  ['javascript:alert(1)', 'Read on', 'none'],
  ['JaVaScRiPt:alert(1)', 'Read on', 'none'],
  ['data:text/html,x', 'Read on', 'none'],
  ['//example.org/', 'Read on', 'none'],
  ['/settings', 'Read on', 'none'],
  ['mailto:ann@example.test', 'Write', 'mail'],
  ['tel:+49 40 123', 'Call', 'direct'],
])('checks 38, 40 and 41: %s shown as "%s" is %s', (href, text, kind) => {
  expect(check(href, text)).toBe(kind);
});
