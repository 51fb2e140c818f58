import { expect, test } from 'vitest';
import { mayStay } from './pending.ts';

const by = { unit: 'year', timeZone: 'UTC' } as const;

test('what is filed by its date leaves every mailbox but those of the archive, where it may be in its place already', () => {
  expect(mayStay({ to: 'Archive', by }, 'INBOX')).toBe(false);
  expect(mayStay({ to: 'Archive', by }, 'Archive/2024')).toBe(true);
  expect(mayStay({ to: 'Archive', by }, 'Archive')).toBe(true);
  expect(mayStay({ to: 'Archive' }, 'Archive/2024')).toBe(false);
});
