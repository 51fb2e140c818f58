import { expect, test } from 'vitest';
import { marksOf, whoMarks } from './marks.ts';

test('a text is marked where it was looked for, and nowhere else', () => {
  expect(marksOf('from:ann budget -draft subject:"two words" body:roof cc:bob list:x filename:pdf')).toEqual({
    from: ['ann', 'budget'],
    to: ['budget', 'bob'],
    subject: ['budget', 'two words'],
    preview: ['budget', 'roof'],
  });
  expect(marksOf('(from:ann OR to:ann) -(subject:x)')).toEqual({
    from: ['ann'],
    to: ['ann'],
    subject: [],
    preview: [],
  });
  expect(marksOf('before:soon').subject).toEqual([]);
});

test('where a row names whom a message went to, that is what is marked', () => {
  const marks = marksOf('from:ann to:bob');
  expect(whoMarks(marks, 'sent')).toEqual(['bob']);
  expect(whoMarks(marks, 'inbox')).toEqual(['ann']);
  expect(whoMarks(marks, null)).toEqual(['ann']);
});
