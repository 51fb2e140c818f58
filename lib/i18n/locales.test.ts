import { expect, test } from 'vitest';
import ar from './ar.json' with { type: 'json' };
import de from './de.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };
import { negotiateLocale } from './locales.ts';

test.each([
  ['de-AT,de;q=0.9,en;q=0.8', 'de', 'de-at'],
  ['fr, en-GB;q=0.7', 'en', 'en-gb'],
  ['de;q=0, ar', 'ar', 'ar'],
  ['', 'en', 'en'],
  ['*;q=oops,,;', 'en', 'en'],
])('"%s" speaks %s', (header, locale, tag) => {
  expect(negotiateLocale(header)).toEqual({ locale, tag });
});

test('German has every text that English has, and no other', () => {
  const keys = (catalogue: Record<string, object>) =>
    Object.entries(catalogue).flatMap(([name, texts]) => Object.keys(texts).map((key) => `${name}.${key}`));
  expect(keys(de).sort()).toEqual(keys(en).sort());
  expect(keys(en)).toEqual(expect.arrayContaining(keys(ar)));
});
