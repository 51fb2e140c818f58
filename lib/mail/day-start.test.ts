import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayStart, yearAt } from './day-start.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'America/Santiago',
];

test('a day begins where the person is', () => {
  expect(dayStart('2026-01-01', 'UTC')).toBe(Date.parse('2026-01-01T00:00:00Z'));
  expect(dayStart('2026-01-01', 'Europe/Berlin')).toBe(Date.parse('2025-12-31T23:00:00Z'));
  expect(dayStart('2026-07-01', 'Europe/Berlin')).toBe(Date.parse('2026-06-30T22:00:00Z'));
  expect(dayStart('2026-03-29', 'Europe/Berlin')).toBe(Date.parse('2026-03-28T23:00:00Z'));
  expect(dayStart('2026-03-30', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T22:00:00Z'));
  expect(dayStart('2026-01-01', 'Pacific/Kiritimati')).toBe(Date.parse('2025-12-31T10:00:00Z'));
  expect(dayStart('2026-01-01', 'Nowhere/At_All')).toBe(Date.parse('2026-01-01T00:00:00Z'));
});

test('the first moment of a year belongs to it, and the one before does not', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1990, max: 2090 }), fc.constantFrom(...zones), (year, zone) => {
      const start = dayStart(`${year}-01-01`, zone);
      expect(yearAt(start, zone)).toBe(year);
      expect(yearAt(start - 1, zone)).toBe(year - 1);
    }),
  );
});

test('days follow each other without a gap', () => {
  const noon = fc.integer({ min: 11_000, max: 43_000 }).map((days) => (days + 0.5) * 864e5);
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  fc.assert(
    fc.property(noon, fc.constantFrom(...zones), (time, zone) => {
      const length = dayStart(day(time + 864e5), zone) - dayStart(day(time), zone);
      expect(length).toBeGreaterThanOrEqual(23 * 3600_000);
      expect(length).toBeLessThanOrEqual(25 * 3600_000);
    }),
  );
});
