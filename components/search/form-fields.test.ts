import { expect, test } from 'vitest';
import { parseSearch } from '#lib/mail/parse-search.ts';
import { readFields, writeFields } from './form-fields.ts';

test('a query is shown in its fields', () => {
  expect(
    readFields('from:"Ann Lee" roof "two words" -draft larger:5m is:unread has:attachment after:2026-01-01'),
  ).toEqual({
    from: 'Ann Lee',
    words: 'roof "two words"',
    without: 'draft',
    larger: '5m',
    unread: 'on',
    attachments: 'on',
    after: '2026-01-01',
  });
});

test('what has no field of its own is kept, whatever it is: the form says the same again', () => {
  const parts = (text: string) => {
    const parsed = parseSearch(text);
    if (!parsed.ok || parsed.query.type === 'all') return [];
    return (parsed.query.type === 'and' ? parsed.query.terms : [parsed.query])
      .map((term) => JSON.stringify(term))
      .sort();
  };
  for (const text of [
    'label:todo in:work list:x cc:bob -is:unread',
    'from:ann from:bob subject:a subject:b',
    '(a OR b) (c OR -d) larger:77 older_than:2w',
    '-(a b) -from:ann -"x y"',
    'a OR from:b',
    '',
  ])
    expect(parts(writeFields(readFields(text)))).toEqual(parts(text));
});
