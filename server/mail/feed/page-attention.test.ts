import { expect, test } from 'vitest';
import { makePageAttention } from './page-attention.ts';

test('the most eager page counts, and while none said anything they are seen', () => {
  const attention = makePageAttention();
  expect(attention.now()).toBe('seen');
  attention.set('a', 'unseen');
  expect(attention.now()).toBe('unseen');
  attention.set('b', 'saving');
  expect(attention.now()).toBe('saving');
  attention.set('c', 'seen');
  expect(attention.now()).toBe('seen');
  attention.set('c', 'unseen');
  expect(attention.now()).toBe('saving');
});

test('of more than fifty pages the one that said nothing for longest is forgotten', () => {
  const attention = makePageAttention();
  attention.set('first', 'seen');
  for (let index = 0; index < 49; index += 1) attention.set(`page ${index}`, 'unseen');
  expect(attention.now()).toBe('seen');
  attention.set('one more', 'unseen');
  expect(attention.now()).toBe('unseen');
});
