import { expect, test } from 'vitest';
import { suggest, typedPerson } from './suggest.ts';

const sources = {
  saved: ['is:unread from:boss'],
  recent: ['budget 2026', 'roof'],
  people: [
    { name: 'Ann Lee', address: 'ann@example.test' },
    { name: null, address: 'x@example.test' },
  ],
  mailboxes: [
    { path: 'INBOX', name: 'Inbox' },
    { path: 'Work/My clients', name: 'My clients' },
  ],
  labels: [
    { keyword: 'To_do', name: 'To do' },
    { keyword: '$label1', name: 'Urgent' },
  ],
};
const queries = (text: string) => suggest(text, sources).map(({ query }) => query);

test('an empty field offers saved and recent searches, then operators', () => {
  expect(queries('').slice(0, 4)).toEqual(['is:unread from:boss', 'budget 2026', 'roof', 'from:']);
});

test('the last word is completed and the rest stays', () => {
  expect(queries('roof fr')).toEqual(['roof from:']);
  expect(queries('roof -from:lee')).toEqual(['roof -from:ann@example.test ']);
  expect(queries('in:clients')).toEqual(['in:"Work/My clients" ']);
  expect(queries('in:"work/')).toEqual(['in:"Work/My clients" ']);
  expect(queries('label:')).toEqual(['label:"To do" ', 'label:$label1 ']);
  expect(queries('is:un').slice(1)).toEqual(['is:unread ', 'is:unstarred ', 'is:unanswered ']);
  expect(queries('ann')).toEqual(['from:ann@example.test ']);
  expect(queries('bud')).toEqual(['budget 2026']);
});

test('people are asked for by what may be one of them, and by nothing else', () => {
  for (const [text, letters] of [
    ['ann', 'ann'],
    ['budget from:an', 'an'],
    ['-to:"ann l', 'ann l'],
    ['a', ''],
    ['', ''],
    ['ann ', ''],
    ['subject:ann', ''],
    ['is:unread', ''],
    ['"a phrase', ''],
  ] as const)
    expect(typedPerson(text)).toBe(letters);
});
