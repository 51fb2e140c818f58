import { expect, test } from 'vitest';
import { areWaysSigned, readListName, readListWays } from './list-unsubscribe.ts';

const own = 'pipit.example.test';
const oneClick = ['List-Unsubscribe=One-Click'];
const read = (field: string, posts: string[] = oneClick) => readListWays([field], posts, own);

test('check 85: one click is offered by https only, and only where the message says that it takes a POST', () => {
  expect(read('<https://lists.test/out?u=1>').post).toBe('https://lists.test/out?u=1');
  expect(read('<mailto:out@lists.test>, <https://lists.test/out>').post).toBe('https://lists.test/out');
  expect(read('<https://lists.test/out>', ['List-Unsubscribe = One-Click']).post).toBe('https://lists.test/out');
  for (const posts of [
    [],
    ['List-Unsubscribe=Two-Click'],
    ['x List-Unsubscribe=One-Click'],
    [...oneClick, ...oneClick],
  ])
    expect(read('<https://lists.test/out>', posts), String(posts)).toMatchObject({
      post: null,
      page: 'https://lists.test/out',
    });
  expect(read('<http://lists.test/out>')).toMatchObject({ post: null, page: 'http://lists.test/out' });
  const twice = ['<https://lists.test/a>', '<https://lists.test/b>'];
  expect(readListWays(twice, oneClick, own)).toMatchObject({ post: null, page: 'https://lists.test/a' });
});

test.each([
  ['another port', 'https://lists.test:8443/out'],
  ['a number', 'https://93.184.216.34/out'],
  ['a number in disguise', 'https://2130706433/out'],
  ['a number in disguise', 'https://0x7f.1/out'],
  ['an IPv6 address', 'https://[::1]/out'],
  ['a bare name', 'https://localhost/out'],
  ['a name with a dot behind it', 'https://lists.test./out'],
])('check 85: no POST goes to %s', (_what, uri) => {
  expect(read(`<${uri}>`).post).toBeNull();
});

test.each([
  ['javascript:', '<javascript:alert(1)>'],
  ['data:', '<data:text/html,x>'],
  ['file:', '<file:///etc/passwd>'],
  ['ftp:', '<ftp://lists.test/out>'],
  ['our own pages', `<https://${own}/api/sign-out>`],
  ['somebody’s password', '<https://bank.test@lists.test/out>'],
  ['no host', '<https://>'],
  ['5,000 characters', `<https://lists.test/${'x'.repeat(5_000)}>`],
  ['other letters than ASCII', '<https://lists.test/é>'],
  ['an encoded word', '=?utf-8?q?=3Chttps=3A//lists.test/out=3E?='],
  ['words before it', 'Go to <https://lists.test/out>'],
  ['no bracket at its end', '<https://lists.test/out'],
  ['a carriage return in it', '<https://lists.test/\rBcc: evil@z.test>'],
  ['nothing', '<>'],
  ['a mailto: to several', '<mailto:a@lists.test,b@lists.test>'],
  ['a mailto: to nobody', '<mailto:?subject=out>'],
  ['a mailto: with a header more', '<mailto:out@lists.test%0d%0aBcc:evil@z.test>'],
  ['a mailto: with a quoted name', '<mailto:%22evil@z.test%22@lists.test>'],
])('check 85: a way out with %s is none', (_what, field) => {
  expect(read(field)).toEqual({ post: null, mail: null, page: null });
});

test('check 85: comments and folded lines are read as RFC 2369 says, and what follows without a comma is not', () => {
  expect(read('(use this (really \\)) ) <https://lists.test/ out ?u=1> (or) , (that) <mailto:out@lists.test>')).toEqual(
    {
      post: 'https://lists.test/out?u=1',
      page: 'https://lists.test/out?u=1',
      mail: { to: 'out@lists.test', subject: 'unsubscribe', text: 'unsubscribe' },
    },
  );
  expect(read('<https://lists.test/a> <mailto:out@lists.test>').mail).toBeNull();
  const many = Array.from({ length: 5_000 }, (_, index) => `<https://l${index}.test/>`).join(',');
  expect(read(many).page).toBe('https://l0.test/');
  const started = performance.now();
  for (const hostile of ['('.repeat(1_000_000), '<'.repeat(1_000_000), '<x>,'.repeat(300_000), '(\\'.repeat(500_000)])
    read(hostile);
  expect(performance.now() - started).toBeLessThan(1_000);
});

test('check 85: what a mailto: wants written has no line of a header in it, and no copies', () => {
  const { mail } = read(
    '<mailto:out@lists.test?subject=out%0d%0aBcc:%20evil@z.test&body=a%0d%0ab%00c&cc=evil@z.test&bcc=evil@z.test>',
  );
  expect(mail).toEqual({ to: 'out@lists.test', subject: 'out Bcc: evil@z.test', text: 'a\nb c' });
  expect(read(`<mailto:out@lists.test?subject=${'s'.repeat(3_000)}>`).mail?.subject).toHaveLength(500);
});

test('a list is called what its List-Id says', () => {
  expect(readListName('"The \\"Good\\" List" <good.lists.test>')).toBe('The "Good" List');
  expect(readListName('=?utf-8?q?Gr=C3=BC=C3=9Fe?= <gruesse.lists.test>')).toBe('Grüße');
  expect(readListName('<good.lists.test>')).toBeNull();
  expect(readListName('no brackets')).toBeNull();
  expect(readListName(undefined)).toBeNull();
  expect(readListName(`${'x'.repeat(5_000)} <a.test>`)).toHaveLength(100);
  expect(readListName('=?utf-8?q?a=0D=0ABcc=3A?= <a.test>')).toBe('a Bcc:');
});

test('check 85: a signature counts that covers both fields and was found good; one that was added later spoils it', () => {
  const good = 'v=1; a=rsa-sha256; d=Lists.test; s=x; h=From:To: List-Unsubscribe:List-Unsubscribe-Post; b=abc';
  expect(areWaysSigned([good], ['lists.test'])).toBe(true);
  expect(areWaysSigned([good], [])).toBe(false);
  expect(areWaysSigned([good], ['other.test'])).toBe(false);
  expect(areWaysSigned([], ['lists.test'])).toBe(false);
  expect(areWaysSigned(['d=lists.test; h=from:list-unsubscribe'], ['lists.test'])).toBe(false);
  expect(areWaysSigned(['d=lists.test; h=from:to', good], ['lists.test'])).toBe(false);
});
