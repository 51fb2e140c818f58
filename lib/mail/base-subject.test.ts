import { expect, test } from 'vitest';
import { baseSubject } from './base-subject.ts';

// RFC 5256 section 2.1.
test.each([
  ['Trip', 'trip', false],
  ['Re: Trip', 'trip', true],
  ['RE[2]: Fwd: Trip', 'trip', true],
  ['AW: WG: Trip', 'trip', true],
  ['[List] Re: [List]  Trip   to  X', 'trip to x', true],
  ['Re: [List]', '[list]', true],
  ['Trip (fwd) (FWD)', 'trip', true],
  ['[Fwd: Re: Trip]', 'trip', true],
  ['Re:', '', true],
  ['Re: Re: Re: Re: Trip', 'trip', true],
  ['Regarding: Trip', 'regarding: trip', false],
  ['', '', false],
])('"%s" is about "%s"', (subject, base, isReply) => {
  expect(baseSubject(subject)).toEqual({ base, isReply });
});

test('a hostile subject takes no time', () => {
  const start = performance.now();
  baseSubject(`${'['.repeat(50_000)}${'Re:'.repeat(50_000)}${'[x]'.repeat(50_000)}`);
  baseSubject(`[fwd:${' '.repeat(50_000)}`);
  expect(performance.now() - start).toBeLessThan(100);
});
