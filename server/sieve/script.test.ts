import { expect, test } from 'vitest';
import { includesOurs, rulesOf, toScript } from './script.ts';

const places = { junk: 'Junk "1"', archive: 'Archive', own: ['me@x.test'], canCreate: true };

test('the script says in comments what it does, and nothing gets out of its strings', () => {
  const blocked = ['ann@x.test', 'a"];discard;#@x.test', 'back\\slash@x.test', 'über@x.test'];
  const script = toScript({ blocked, muted: [] }, places);
  expect(rulesOf(script)).toEqual({ blocked, muted: [] });
  expect(script).toContain('"a\\"];discard;#@x.test", "back\\\\slash@x.test"');
  expect(script).toContain('fileinto :create "Junk \\"1\\"";');
});

test('a line break makes no line of its own', () => {
  const script = toScript({ blocked: ['a\r\nkeep;\0@x.test'], muted: [] }, places);
  expect(script.split('\r\n').some((line) => line.startsWith('keep'))).toBe(false);
  expect(rulesOf(script)).toEqual({ blocked: ['akeep;@x.test'], muted: [] });
});

test('what is not ours does nothing, and nothing is left where nobody is blocked', () => {
  expect(rulesOf('# blocked nonsense\n# blocked "open\n# blocked {"a":1}\nkeep;')).toEqual({ blocked: [], muted: [] });
  expect(
    toScript({ blocked: [], muted: [] }, places)
      .trim()
      .split(/\r\n/)
      .every((line) => line.startsWith('#')),
  ).toBe(true);
});

test('only a line that runs includes ours', () => {
  expect(includesOurs('require "include";\ninclude :personal "pipit";')).toBe(true);
  expect(includesOurs('include "pipit" ;')).toBe(true);
  expect(includesOurs('# include :personal "pipit";\n/* include "pipit"; */')).toBe(false);
  expect(includesOurs('include :global "pipit"; include "pipit2";')).toBe(false);
});

test('a Message-ID is only ever text too', () => {
  const muted = ['<a@x.test>', '<"];discard;#@x.test>', '<b\r\nkeep;@x.test>'];
  const script = toScript({ blocked: [], muted }, places);
  expect(rulesOf(script).muted).toEqual(['<a@x.test>', '<"];discard;#@x.test>', '<bkeep;@x.test>']);
  expect(script).toContain('["<a@x.test>", "<\\"];discard;#@x.test>", "<bkeep;@x.test>"]');
  expect(script.split('\r\n').some((line) => /^(keep|discard)/.test(line))).toBe(false);
});
