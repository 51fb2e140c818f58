import { expect, test } from 'vitest';
import { isLabel } from './label.ts';
import { isSnoozeKeyword, snoozedFrom, snoozedUntil, snoozeFrom, snoozeKeywords } from './snooze.ts';

test('a time is written in keywords and read again, rounded up to a quarter of an hour', () => {
  expect(snoozeKeywords('2026-11-25T08:00:00Z', 'INBOX')).toEqual([
    '$SnoozedUntil-Y2026',
    '$SnoozedUntil-M11',
    '$SnoozedUntil-D25',
    '$SnoozedUntil-H08',
    '$SnoozedUntil-Min00',
  ]);
  for (const [at, read] of [
    ['2026-11-25T08:00:00.000Z', '2026-11-25T08:00:00.000Z'],
    ['2026-12-31T23:50:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['2027-02-28T10:15:01+01:00', '2027-02-28T09:30:00.000Z'],
  ] as const)
    expect(snoozedUntil(['$seen', ...snoozeKeywords(at, 'Work')])).toBe(read);
});

test('servers may change the case of keywords, and other programs may have written half of them', () => {
  const keywords = snoozeKeywords('2026-11-25T08:30:00Z', 'Work');
  expect(snoozedUntil(keywords.map((keyword) => keyword.toLowerCase()))).toBe('2026-11-25T08:30:00.000Z');
  expect(snoozedUntil(keywords.slice(1))).toBeNull();
  expect(snoozedUntil([...keywords.slice(0, 2), '$SnoozedUntil-D99', ...keywords.slice(3)])).toBeNull();
  expect(snoozedUntil([])).toBeNull();
});

test('where it came from is found again whatever the mailbox is called; what is gone is the inbox', () => {
  const paths = [
    'INBOX',
    'Work',
    'work',
    'Ä/ö & "ü"',
    'x'.repeat(300),
    `${'x'.repeat(299)}y`,
    '$SnoozedUntil-Y2026',
    '日本語',
  ];
  for (const path of paths) {
    const keywords = snoozeKeywords('2026-11-25T08:00:00Z', path);
    expect(snoozedFrom(keywords, path === 'work' ? ['work'] : paths)).toBe(path);
    expect(snoozedFrom(keywords, [])).toBe('INBOX');
    for (const keyword of keywords) {
      expect(keyword.length).toBeLessThanOrEqual(50);
      expect(keyword).toMatch(/^[!#$&'+,\-./0-9:;<=>?@A-Z[^_`a-z|}~]+$/);
      expect(isSnoozeKeyword(keyword)).toBe(true);
      expect(isLabel(keyword)).toBe(false);
    }
  }
});

test('an act worded for one mailbox tells each other one to come back to itself', () => {
  const wanted = [
    ...snoozeKeywords('2026-11-25T08:00:00Z', 'Work').map((keyword) => ({ keyword, value: true })),
    { keyword: '$new', value: false },
    { keyword: '$SnoozedFrom-Attic', value: false },
  ];
  const set = (from: string) => snoozeFrom(wanted, from).flatMap(({ keyword, value }) => (value ? keyword : []));
  const unset = (from: string) => snoozeFrom(wanted, from).flatMap(({ keyword, value }) => (value ? [] : keyword));
  for (const from of ['INBOX', 'Work', 'Attic', 'x'.repeat(300)]) {
    expect(snoozedFrom(set(from), ['INBOX', 'Work', 'Attic', 'x'.repeat(300)])).toBe(from);
    expect(snoozedUntil(set(from))).toBe('2026-11-25T08:00:00.000Z');
  }
  expect(unset('INBOX')).toEqual(['$new', '$SnoozedFrom-Attic']);
  expect(unset('Attic')).toEqual(['$new']);
});
