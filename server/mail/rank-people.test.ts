import { expect, test } from 'vitest';
import { rankPeople } from './rank-people.ts';

const now = Date.parse('2026-11-25');
const person = (address: string, more: object) => ({
  name: null,
  address,
  written: 0,
  received: 0,
  lastAt: now,
  ...more,
});
const people = [
  person('ann.lee@else.test', { name: 'Ann Lée', written: 2 }),
  person('anna@work.test', { name: 'Anna Berg', written: 40, lastAt: now - 3 * 365 * 86_400_000 }),
  person('andy@else.test', { name: 'Andy', received: 50 }),
  person('zoe@else.test', { name: 'Zoë Ångström', written: 1 }),
];
const found = (query: string) => rankPeople(people, query, 10, now).map(({ address }) => address);

test('who is in touch lately comes before who was written to often long ago', () => {
  expect(found('an')).toEqual(['andy@else.test', 'ann.lee@else.test', 'zoe@else.test', 'anna@work.test']);
});

test.each([
  ['lee', ['ann.lee@else.test']],
  ['ann le', ['ann.lee@else.test']],
  ['zoe ang', ['zoe@else.test']],
  ['work.te', ['anna@work.test']],
  ['nn', []],
])('"%s" finds who fits at the beginning of a word, whatever the accents', (query, expected) => {
  expect(found(query)).toEqual(expected);
});
