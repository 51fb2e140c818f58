import fc from 'fast-check';
import { expect, test } from 'vitest';
import { archiveNames, filingTime } from './archive-by.ts';

const at = (text: string) => Date.parse(text);

test('messages are filed by the year and month it was where the person is', () => {
  const newYear = at('2025-12-31T23:30:00Z');
  expect(archiveNames(newYear, { unit: 'year', timeZone: 'UTC' })).toEqual(['2025']);
  expect(archiveNames(newYear, { unit: 'month', timeZone: 'Europe/Berlin' })).toEqual(['2026', '01']);
  expect(archiveNames(newYear, { unit: 'month', timeZone: 'America/New_York' })).toEqual(['2025', '12']);
  expect(archiveNames(newYear, { unit: 'month', timeZone: 'Nowhere/At_All' })).toEqual(['2025', '12']);
});

test('a Date that cannot be is not gone by', () => {
  const received = at('2026-03-04T05:06:07Z');
  expect(filingTime(at('2026-03-01T00:00:00Z'), received)).toBe(at('2026-03-01T00:00:00Z'));
  expect(filingTime(at('2012-03-01T00:00:00Z'), received)).toBe(at('2012-03-01T00:00:00Z'));
  expect(filingTime(at('2031-03-01T00:00:00Z'), received)).toBe(received);
  expect(filingTime(at('1970-01-01T00:00:00Z'), received)).toBe(received);
  expect(filingTime(NaN, received)).toBe(received);
});

test('every message belongs to one month, which lies in its year', () => {
  const time = fc.integer({ min: at('1980-01-01T00:00:00Z'), max: at('2099-12-31T00:00:00Z') });
  fc.assert(
    fc.property(
      time,
      fc.constantFrom('UTC', 'Asia/Tokyo', 'Pacific/Kiritimati', 'America/St_Johns'),
      (sent, timeZone) => {
        const [year = '', month = ''] = archiveNames(sent, { unit: 'month', timeZone });
        expect(archiveNames(sent, { unit: 'year', timeZone })).toEqual([year]);
        expect(month).toMatch(/^(0[1-9]|1[0-2])$/);
        // Never more than a zone's offset away from that month in UTC.
        const begin = Date.UTC(Number(year), Number(month) - 1, 1);
        const end = Date.UTC(Number(year), Number(month), 1);
        expect(sent).toBeGreaterThanOrEqual(begin - 15 * 3600_000);
        expect(sent).toBeLessThan(end + 15 * 3600_000);
      },
    ),
  );
});
