import { expect, test } from 'vitest';
import { parseSearch, searchOperators } from './parse-search.ts';
import { printSearch } from './print-search.ts';
import { maxQueryLength, negated, searchStates, together } from './search-query.ts';
import type { SearchLeaf, SearchQuery, SearchTerm } from './search-query.ts';

const word = (value: string): SearchLeaf => ({ type: 'text', field: 'any', value });
const parsed = (text: string): SearchQuery => {
  const result = parseSearch(text);
  if (!result.ok) throw new Error(result.refusal.reason);
  return result.query;
};
const refused = (text: string) => {
  const result = parseSearch(text);
  return result.ok ? null : result.refusal;
};

test('words hold together, quotes keep phrases, a dash excludes', () => {
  expect(parsed('  ')).toEqual({ type: 'all' });
  expect(parsed('budget "second quarter" -draft')).toEqual({
    type: 'and',
    terms: [word('budget'), word('second quarter'), { type: 'not', term: word('draft') }],
  });
});

test('OR binds two neighbours, parentheses bind more', () => {
  const or = { type: 'or', terms: [word('a'), word('b')] };
  expect(parsed('a OR b c')).toEqual({ type: 'and', terms: [or, word('c')] });
  expect(parsed('(a c) OR b')).toEqual({
    type: 'or',
    terms: [{ type: 'and', terms: [word('a'), word('c')] }, word('b')],
  });
  expect(parsed('-(a OR b)')).toEqual({ type: 'not', term: or });
  expect(parsed('a or b')).toEqual({ type: 'and', terms: [word('a'), word('or'), word('b')] });
});

test('operators read their values', () => {
  const one: Record<string, SearchLeaf> = {
    'from:ann': { type: 'text', field: 'from', value: 'ann' },
    'FROM:"Ann Lee"': { type: 'text', field: 'from', value: 'Ann Lee' },
    'subject:Größe': { type: 'text', field: 'subject', value: 'Größe' },
    'has:attachment': { type: 'has-attachment' },
    'is:unread': { type: 'is', state: 'unread' },
    'in:Work/Clients': { type: 'in', mailbox: 'Work/Clients' },
    'label:todo': { type: 'label', label: 'todo' },
    'before:2026-02-28': { type: 'before', date: '2026-02-28' },
    'after:2026/3/1': { type: 'after', date: '2026-03-01' },
    'older_than:2w': { type: 'older-than', amount: 2, unit: 'w' },
    'newer_than:3d': { type: 'newer-than', amount: 3, unit: 'd' },
    'larger:100k': { type: 'larger', octets: 102_400 },
    'smaller:2M': { type: 'smaller', octets: 2_097_152 },
    'larger:77': { type: 'larger', octets: 77 },
    'filename:plan.pdf': { type: 'filename', value: 'plan.pdf' },
    'list:dev.example.org': { type: 'text', field: 'list', value: 'dev.example.org' },
  };
  for (const [typed, leaf] of Object.entries(one)) expect(parsed(typed)).toEqual(leaf);
});

test('what is no operator is a word, and nothing left open is an error', () => {
  expect(parsed('http://example.org')).toEqual(word('http://example.org'));
  expect(parsed('constructor:x')).toEqual(word('constructor:x'));
  expect(parsed('"open quote')).toEqual(word('open quote'));
  expect(parsed('(a')).toEqual(word('a'));
  expect(parsed(') a )')).toEqual(word('a'));
  expect(parsed('f(x) - OR')).toEqual({ type: 'and', terms: [word('f(x)'), word('-')] });
});

test('nonsense is refused with its reason', () => {
  expect(refused('before:tomorrow')).toEqual({ reason: 'bad-value', operator: 'before' });
  expect(refused('before:2026-02-30')).toEqual({ reason: 'bad-value', operator: 'before' });
  expect(refused('larger:9999999g')).toEqual({ reason: 'bad-value', operator: 'larger' });
  expect(refused('from:')).toEqual({ reason: 'missing-value', operator: 'from' });
  expect(refused('a\r\nA1 LOGOUT')).toEqual({ reason: 'control-characters' });
  expect(refused('a\0b')).toEqual({ reason: 'control-characters' });
  expect(refused('\ud800')).toEqual({ reason: 'control-characters' });
  expect(refused('x'.repeat(maxQueryLength + 1))).toEqual({ reason: 'too-long' });
  expect(refused('a '.repeat(60))).toEqual({ reason: 'too-many-terms' });
  expect(refused('('.repeat(40))).toEqual({ reason: 'too-deep' });
});

test('a printed query reads as the same value, whatever it is', () => {
  const random = seeded(20_261_125);
  for (let round = 0; round < 3_000; round += 1) {
    const query: SearchQuery = round === 0 ? { type: 'all' } : aTerm(random, 3);
    const printed = printSearch(query);
    if (printed.length > maxQueryLength) continue;
    expect(parseSearch(printed), printed).toEqual({ ok: true, query });
  }
});

test('any text is read or refused, never thrown at, and what is read can be printed', () => {
  const random = seeded(7);
  const pieces = [
    ...searchOperators.map((name) => `${name}:`),
    'OR',
    '-',
    '"',
    '(',
    ')',
    '\\',
    ' ',
    'a',
    'Ü',
    '🦜',
    '2026-01-01',
    '5d',
    '10k',
    '\t',
    '\u2028',
    '*',
    '{5+}',
    '%',
  ];
  for (let round = 0; round < 5_000; round += 1) {
    const text = Array.from({ length: random(14) }, () => pieces[random(pieces.length)] ?? '').join('');
    const result = parseSearch(text);
    if (!result.ok) continue;
    expect(parseSearch(printSearch(result.query)), text).toEqual(result);
  }
});

type Random = (below: number) => number;

/** Park and Miller's generator: the same numbers on every machine. */
function seeded(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

function aTerm(random: Random, depth: number): SearchTerm {
  const kind = depth === 0 ? 3 : random(6);
  if (kind > 2) return aLeaf(random);
  if (kind === 2) return negated(aTerm(random, depth - 1));
  const terms = Array.from({ length: 2 + random(2) }, () => aTerm(random, depth - 1));
  return together(kind === 0 ? 'and' : 'or', terms) ?? aLeaf(random);
}

function aLeaf(random: Random): SearchLeaf {
  const of = <T>(values: readonly T[]): T => values[random(values.length)] as T; // Never empty here.
  const value = of([
    'ann',
    'Ann Lee',
    '"quoted"',
    'a\\',
    '-x',
    'OR',
    'from:x',
    '(y)',
    'Größe 会議',
    'x:y',
    '*',
    '\u00a0z',
    '🦜',
    '{3}',
  ]);
  const amount = 1 + random(99);
  return of<SearchLeaf>([
    { type: 'text', field: of(['any', 'from', 'to', 'cc', 'subject', 'body', 'list']), value },
    { type: 'is', state: of(searchStates) },
    { type: 'has-attachment' },
    { type: 'filename', value },
    { type: 'in', mailbox: value },
    { type: 'label', label: value },
    { type: of(['before', 'after']), date: `20${10 + random(20)}-0${1 + random(9)}-1${random(10)}` },
    { type: of(['older-than', 'newer-than']), amount, unit: of(['h', 'd', 'w', 'm', 'y']) },
    { type: of(['larger', 'smaller']), octets: amount * of([1, 1024, 1024 ** 2]) },
  ]);
}
