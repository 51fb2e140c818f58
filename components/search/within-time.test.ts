import { expect, test } from 'vitest';
import { withinTime } from './within-time.ts';

test('a time replaces the one before, and the rest of the search stays', () => {
  const month = { type: 'newer-than', amount: 1, unit: 'm' } as const;
  expect(withinTime('', month)).toBe('newer_than:1m');
  expect(withinTime('is:unread newer_than:1y before:2026-01-01', month)).toBe('is:unread newer_than:1m');
  expect(withinTime('a OR b', { type: 'after', date: '2026-01-01' }, { type: 'before', date: '2026-02-01' })).toBe(
    '(a OR b) after:2026-01-01 before:2026-02-01',
  );
  expect(withinTime('newer_than:1y')).toBe('');
});
