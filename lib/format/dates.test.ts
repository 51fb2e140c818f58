import { expect, test } from 'vitest';
import { formatListDate } from './dates.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const berlin = { locale: 'en-GB', timeZone: 'Europe/Berlin', now };

test('today shows the time of the zone the person is in', () => {
  expect(formatListDate('2026-11-23T08:05:00Z', berlin)).toBe('09:05');
  expect(formatListDate('2026-11-23T08:05:00Z', { ...berlin, timeZone: 'America/New_York' })).toBe('03:05');
});

test('an hour of twelve has no zero before it', () => {
  expect(formatListDate('2026-11-23T08:05:00Z', { ...berlin, locale: 'en-US' })).toBe('9:05 AM');
});

test('midnight in the zone of the person decides what is today', () => {
  expect(formatListDate('2026-11-22T23:30:00Z', berlin)).toBe('00:30');
  expect(formatListDate('2026-11-22T22:30:00Z', berlin)).toBe('Sun');
});

test('within the week the weekday, within the year day and month, before that the year too', () => {
  expect(formatListDate('2026-11-17T12:00:00Z', berlin)).toBe('Tue');
  expect(formatListDate('2026-11-16T12:00:00Z', berlin)).toBe('16 Nov');
  expect(formatListDate('2025-12-31T12:00:00Z', berlin)).toBe('31/12/25');
});

test('a date ahead of the clock is written whole, and nonsense not at all', () => {
  expect(formatListDate('2030-01-01T12:00:00Z', berlin)).toBe('01/01/30');
  expect(formatListDate('nonsense', berlin)).toBe('');
});
