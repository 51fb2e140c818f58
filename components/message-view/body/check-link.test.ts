import { getDomain } from 'tldts';
import { expect, test } from 'vitest';
import { checkLink, checkPlainLink } from './check-link.ts';

const check = (href: string, text: string) => checkLink(href, text, 'mail.pipit.test', (host) => getDomain(host)).kind;

test.each([
  ['https://example.org/a', 'Read on', 'direct'],
  ['https://news.example.org/', 'www.example.org', 'direct'],
  ['https://evil.example/', 'https://bank.example', 'ask'],
  ['https://evil.example/', 'bank.com', 'ask'],
  ['https://bank.com@evil.example/', 'Your bank', 'ask'],
  ['https://xn--bnk-1la.com/', 'Your bank', 'ask'],
  ['http://192.0.2.7/', 'Your bank', 'ask'],
  ['https://evil.example/', 'b\u200bank\u00ad.com', 'ask'],
  ['https://evil.example/', 'Sign in at https://bank.com/login now', 'ask'],
  ['https://evil.example/', '(www.bank.com)', 'ask'],
  ['https://bаnk.com/', 'Your bank', 'ask'],
  ['https://shop.example.org/', 'More at www.example.org today', 'direct'],
  ['https://example.org/', 'Node.js and more', 'direct'],
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

test.each([
  ['https://example.org/a', 'direct'],
  ['mailto:ann@example.test', 'mail'],
  ['https://mail.pipit.test/settings/reading', 'none'],
  ['https://bank.com@evil.example/', 'ask'],
  ['https://xn--bnk-1la.com/', 'ask'],
  ['https://bаnk.com/', 'ask'],
  ['http://192.0.2.7/', 'ask'],
  ['http://0x7f000001/', 'ask'],
  ['http://[::1]/', 'ask'],
])('checks 13 and 38: %s in plain text is %s', (href, kind) => {
  expect(checkPlainLink(href, 'mail.pipit.test').kind).toBe(kind);
});
