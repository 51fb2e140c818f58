import { domainToASCII } from 'node:url';
import { expect, test } from 'vitest';
import type { Address } from '#lib/mail/address.ts';
import { readAuthentication } from './authentication-results.ts';
import { judgeSender } from './judge-sender.ts';

const trusted = ['mx.corp.test'];
const results = (text: string) => readAuthentication([text], trusted);
const person = (address: string, name: string | null = null): Address => ({ name, address });
const judge = (from: Address, text = '', more: Partial<Parameters<typeof judgeSender>[0]> = {}) =>
  judgeSender({ from: [from], replyTo: [], isList: false, ...more }, results(text), 'corp.test');

test('only the trusted server is believed, whatever others write', () => {
  expect(results('mx.evil.test; dmarc=pass')).toBeNull();
  expect(results('mx.corp.test 1; dmarc=pass header.from=a.test')).toMatchObject({ dmarc: 'pass' });
  expect(results('"mx.corp.test"; spf=pass; dkim=fail')).toMatchObject({ spf: 'pass', dkim: 'fail', dmarc: 'none' });
  expect(results('(mx.corp.test) mx.evil.test; dmarc=pass')).toBeNull();
  expect(results('mx.evil.test (; mx.corp.test; dmarc=pass')).toBeNull();
});

test('comments, versions and several signatures are read as RFC 8601 writes them', () => {
  const text = `mx.corp.test; dkim=fail (bad (nested) ; dmarc=pass) header.d=a.test; dkim/1=pass header.d=List.Example reason="ok";
    spf=softfail smtp.mailfrom=x@a.test; arc=pass`;
  expect(results(text)).toEqual({ dkim: 'pass', spf: 'fail', dmarc: 'none', arc: 'pass', signedBy: ['list.example'] });
});

test.each([
  ['an honest stranger', person('ann@else.test', 'Ann'), 'mx.corp.test; dmarc=pass', []],
  ['nothing checked', person('ann@else.test', 'Ann'), '', []],
  ['a colleague', person('bob@corp.test', 'Bob'), 'mx.corp.test; dmarc=pass', []],
  ['a forged colleague', person('ceo@corp.test', 'Chief'), 'mx.corp.test; dmarc=fail; spf=fail', ['forged']],
  [
    'an unproven colleague',
    person('ceo@corp.test', 'Chief'),
    'mx.corp.test; dmarc=none; spf=softfail',
    ['unproven-own'],
  ],
  ['a forwarded message that ARC vouches for', person('ann@else.test'), 'mx.corp.test; dmarc=fail; arc=pass', []],
  [
    'a name that is an address',
    person('evil@z.test', 'ceo@corp.test'),
    'mx.corp.test; dmarc=pass',
    ['name-is-address'],
  ],
  ['a name that is its own address', person('ann@else.test', 'ann@else.test'), '', []],
  ['digits for letters', person('a@c0rp.test'), '', ['look-alike']],
  ['Cyrillic letters', person(`a@${domainToASCII('сorp.test')}`), '', ['mixed-script', 'look-alike']],
  ['another short name', person('a@carp.test'), '', []],
])('%s', (_title, from, text, kinds) => {
  expect(judge(from, text).warnings.map(({ kind }) => kind)).toEqual(kinds);
});

test('a long name with one letter other reads like ours', () => {
  const from = [person('a@northwlnd.test')];
  const truth = judgeSender({ from, replyTo: [], isList: false }, null, 'northwind.test');
  expect(truth.warnings).toEqual([{ kind: 'look-alike', domain: 'northwind.test' }]);
  const swapped = judgeSender(
    { from: [person('a@nortwhind.test')], replyTo: [], isList: false },
    null,
    'northwind.test',
  );
  expect(swapped.warnings).toHaveLength(1);
});

test('where replies go is told when it is elsewhere, and lists are no reason for a word', () => {
  const replyTo = [person('collect@other.test')];
  expect(judge(person('a@else.test'), '', { replyTo }).repliesTo).toBe('collect@other.test');
  expect(judge(person('a@mail.else.test'), '', { replyTo: [person('b@else.test')] }).repliesTo).toBeNull();
  expect(judge(person('a@else.test'), 'mx.corp.test; dmarc=fail', { replyTo, isList: true })).toMatchObject({
    repliesTo: null,
    warnings: [],
  });
});

test('answers that would go to a free mailbox are a reason for a word where nothing proves the sender', () => {
  const replyTo = [person('chief.corp@gmail.com')];
  const kinds = (from: string, text: string, more = {}) =>
    judge(person(from), text, { replyTo, ...more }).warnings.map(({ kind }) => kind);
  expect(kinds('ceo@else.test', '')).toEqual(['replies-elsewhere']);
  expect(kinds('ceo@else.test', 'mx.corp.test; dmarc=pass')).toEqual([]);
  expect(kinds('somebody@gmx.de', '')).toEqual([]);
  expect(kinds('ceo@else.test', '', { isList: true })).toEqual([]);
  expect(kinds('ceo@else.test', '', { replyTo: [person('desk@help.test')] })).toEqual([]);
});

test('a header made to hang is read in no time', () => {
  const started = performance.now();
  for (const text of [
    '('.repeat(100_000),
    'mx.corp.test;'.repeat(50_000),
    `mx.corp.test; ${'dkim=pass header.d='.repeat(9_000)}`,
  ])
    results(text);
  judge(person('a'.repeat(100_000), 'a@'.repeat(50_000)));
  expect(performance.now() - started).toBeLessThan(1_000);
});
