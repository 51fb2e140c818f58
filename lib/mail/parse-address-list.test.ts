import { expect, test } from 'vitest';
import { formatAddressList, parseAddressList } from './parse-address-list.ts';

const of = (text: string) =>
  parseAddressList(text).map(({ name, address }) => (name === null ? address : [name, address]));

test('a list of RFC 5322 is read with names, quotes, comments and groups', () => {
  expect(of('Ann Lee <ann@example.org>, "Lee, Bo (\\"B\\")" <bo@example.org>, cy@example.org (Cy)')).toEqual([
    ['Ann Lee', 'ann@example.org'],
    ['Lee, Bo ("B")', 'bo@example.org'],
    ['Cy', 'cy@example.org'],
  ]);
  expect(of('Friends: ann@example.org, Bo <bo@example.org>;, cy@example.org')).toEqual([
    'ann@example.org',
    ['Bo', 'bo@example.org'],
    'cy@example.org',
  ]);
  expect(of('undisclosed-recipients:;')).toEqual([]);
  expect(of('"a, b"@example.org')).toEqual(['"a, b"@example.org']);
});

test('lists from spreadsheets, other programs and mailto links are read too', () => {
  expect(of('ann@example.org; bo@example.org\r\ncy@example.org\tdee@example.org\n')).toEqual([
    'ann@example.org',
    'bo@example.org',
    'cy@example.org',
    'dee@example.org',
  ]);
  expect(of("mailto:ann@example.org, 'Bo Ek' <bo@example.org>, Cy Dahl cy@example.org")).toEqual([
    'ann@example.org',
    ['Bo Ek', 'bo@example.org'],
    ['Cy Dahl', 'cy@example.org'],
  ]);
  expect(of('Jürgen Groß <jürgen@bücher.example>, 用户@例子.广告')).toEqual([
    ['Jürgen Groß', 'jürgen@bücher.example'],
    '用户@例子.广告',
  ]);
});

test('what is no address stays as it was written', () => {
  expect(of('Ann, <>, bo@, "unclosed <cy@example.org\ndee@example.org')).toEqual([
    'Ann',
    '<>',
    'bo@',
    '"unclosed <cy@example.org',
    'dee@example.org',
  ]);
});

test('a written list reads the same again', () => {
  const people = [
    { name: 'Lee, "Bo" \\', address: 'bo@example.org' },
    { name: null, address: 'ann@example.org' },
    { name: '李 雷', address: 'li@example.org' },
  ];
  expect(parseAddressList(formatAddressList(people))).toEqual(people);
});

test('two megabytes of nonsense are read in no time', () => {
  const started = performance.now();
  parseAddressList('<(",;:@'.repeat(300_000));
  expect(performance.now() - started).toBeLessThan(2_000);
});
