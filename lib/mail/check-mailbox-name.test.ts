import { expect, test } from 'vitest';
import { checkMailboxName, tidyMailboxName } from './check-mailbox-name.ts';

const boxes = [
  { path: 'INBOX', name: 'INBOX', parent: null, delimiter: '/' },
  { path: 'Work', name: 'Work', parent: null, delimiter: '/' },
];

test('names are sent as Net-Unicode without blanks around them', () => {
  expect(tidyMailboxName('  Bu\u0308ro ')).toBe('Büro');
});

test.each([
  ['', 'empty'],
  ['a/b', 'delimiter'],
  ['50%', 'wildcard'],
  ['a\u0007b', 'control'],
  ['ü'.repeat(128), 'tooLong'],
  ['Work', 'exists'],
  ['inBox', 'exists'],
  ['work', null],
  ['日本語 🐦', null],
  ['a.b', null],
])('the name %j at the top: %s', (name, fault) => {
  expect(checkMailboxName(name, boxes, null)).toBe(fault);
});

test('a name is taken only beside its like, and by others than itself', () => {
  expect(checkMailboxName('Work', boxes, 'Work')).toBeNull();
  expect(checkMailboxName('Work', boxes, null, 'Work')).toBeNull();
});
