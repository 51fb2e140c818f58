import { expect, test } from 'vitest';
import { includesOurs, rulesOf, toScript } from './script.ts';

const places = { junk: 'Junk "1"', canCreate: true };

test('the script says in comments what it does, and nothing gets out of its strings', () => {
  const blocked = ['ann@x.test', 'a"];discard;#@x.test', 'back\\slash@x.test', 'über@x.test'];
  const script = toScript({ blocked }, places);
  expect(rulesOf(script)).toEqual({ blocked });
  expect(script).toContain('"a\\"];discard;#@x.test", "back\\\\slash@x.test"');
  expect(script).toContain('fileinto :create "Junk \\"1\\"";');
});

test('a line break makes no line of its own', () => {
  const script = toScript({ blocked: ['a\r\nkeep;\0@x.test'] }, places);
  expect(script.split('\r\n').some((line) => line.startsWith('keep'))).toBe(false);
  expect(rulesOf(script)).toEqual({ blocked: ['akeep;@x.test'] });
});

test('what is not ours does nothing, and nothing is left where nobody is blocked', () => {
  expect(rulesOf('# blocked nonsense\n# blocked "open\n# blocked {"a":1}\nkeep;')).toEqual({ blocked: [] });
  expect(
    toScript({ blocked: [] }, places)
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
