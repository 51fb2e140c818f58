import { expect, test } from 'vitest';
import { parseComposeQuery } from './parse-mailto.ts';

const handed = (link: string) => {
  const { to, cc, bcc, subject, body } = parseComposeQuery(`?mailto=${encodeURIComponent(link)}`);
  return [to, cc, bcc].map((list) => list.map(({ address }) => address)).concat([[subject, body]]);
};

test('a mailto link is read as RFC 6068 says', () => {
  expect(
    handed('mailto:chris@example.com,ann@example.org?subject=100%25%20sure&cc=bob@example.com&body=one%0D%0Atwo'),
  ).toEqual([['chris@example.com', 'ann@example.org'], ['bob@example.com'], [], ['100% sure', 'one\ntwo']]);
  expect(handed('mailto:bill+ietf@example.org?subject=a+b')).toEqual([['bill+ietf@example.org'], [], [], ['a+b', '']]);
  expect(handed('mailto:?to=joe@example.com&SUBJECT=hello')[0]).toEqual(['joe@example.com']);
  expect(handed('mailto:%22not%40me%22@example.org')[0]).toEqual(['"not@me"@example.org']);
});

test('a link attaches nothing, sets no other header and breaks none', () => {
  const fields = parseComposeQuery(
    `?mailto=${encodeURIComponent('mailto:a@example.org?attach=/etc/passwd&from=x@y.z&subject=x%0D%0ABcc: evil@example.org')}`,
  );
  expect(Object.keys(fields)).toEqual(['to', 'cc', 'bcc', 'subject', 'body']);
  expect([fields.subject, fields.bcc]).toEqual(['x Bcc: evil@example.org', []]);
  expect(() => parseComposeQuery('?mailto=mailto:%25E0%25A4%25A')).not.toThrow();
});

test('the own address takes the same fields', () => {
  const { to, bcc, body } = parseComposeQuery(
    '?to=Ann%20Lee%20%3Cann@example.org%3E&bcc=b@example.org&body=Hi%20there',
  );
  expect([to, bcc.length, body]).toEqual([[{ name: 'Ann Lee', address: 'ann@example.org' }], 1, 'Hi there']);
});
