import { expect, test } from 'vitest';
import { mailChangeSchema } from './change.ts';

test('one request names a thousand messages at most', () => {
  const change = (count: number) => ({
    type: 'set-keyword',
    keyword: '$seen',
    value: true,
    messages: Array.from({ length: count }, (_, index) => ({ mailbox: 'INBOX', uidValidity: 1, uid: index + 1 })),
  });
  expect(mailChangeSchema.safeParse(change(1_000)).success).toBe(true);
  expect(mailChangeSchema.safeParse(change(1_001)).success).toBe(false);
});
