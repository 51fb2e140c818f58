import { expect, test } from 'vitest';
import type { CheckResult } from './sender-truth.ts';
import { areChosen, pictureChoices } from './pictures-from.ts';

const of = (address: string, dmarc: CheckResult | null) =>
  pictureChoices({
    from: [{ name: null, address }],
    truth: {
      checks: dmarc && { spf: 'pass', dkim: 'pass', dmarc, arc: 'none' },
      signedBy: [],
      repliesTo: null,
      warnings: [],
    },
  });

test('only a sender whose domain vouches for it can be chosen, and never the domain of a free provider', () => {
  expect(of('Ann@Else.test', 'pass')).toEqual({ sender: 'ann@else.test', domain: '@else.test' });
  expect(of('ann@gmail.com', 'pass')).toEqual({ sender: 'ann@gmail.com', domain: null });
  for (const dmarc of ['fail', 'none', null] as const) expect(of('ann@else.test', dmarc)).toBeNull();
  expect(of('no address', 'pass')).toBeNull();
});

test('a domain stands for itself, not for what ends like it', () => {
  const choices = of('ann@evilelse.test', 'pass');
  expect(choices && areChosen(['@else.test', 'else.test'], choices)).toBe(false);
  expect(choices && areChosen(['@evilelse.test'], choices)).toBe(true);
});
