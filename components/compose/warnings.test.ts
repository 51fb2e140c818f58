import { expect, test } from 'vitest';
import { findWarnings, withoutQuotes } from './warnings.ts';

const at = (address: string) => ({ name: null, address });
const empty = { to: [at('ann@example.org')], cc: [], bcc: [], subject: 'Plan', attachments: [] };
const context = { written: 'Hello', isToAll: false, trusted: ['me@example.org'] };
const kinds = (...args: Parameters<typeof findWarnings>) => findWarnings(...args).map(({ kind }) => kind);

test('an ordinary letter is not warned about', () => {
  expect(findWarnings(empty, context)).toEqual([]);
});

test('a missing subject and a promised file are told', () => {
  expect(kinds({ ...empty, subject: ' ' }, context)).toEqual(['no-subject']);
  for (const written of [
    'Please find attached the plan.',
    "I've attached it",
    'Die Datei finden Sie im Anhang.',
    'anbei die Rechnung',
    'Der Plan ist angehängt.',
  ]) {
    expect(kinds(empty, { ...context, written }), written).toEqual(['attachment-missing']);
  }
  for (const written of ['He is very attached to it', 'Der Zusammenhang', 'nebenbei bemerkt']) {
    expect(kinds(empty, { ...context, written }), written).toEqual([]);
  }
});

test('what is only quoted, or stands in the signature, promises nothing', () => {
  expect(withoutQuotes('Thanks\n> see attached\n\n-- \nAnn, anbei')).toBe('Thanks\n');
});

test('an answer to more than twenty is asked about, a letter to them is not', () => {
  const cc = Array.from({ length: 20 }, (_, index) => at(`p${index}@example.org`));
  expect(kinds({ ...empty, cc }, { ...context, isToAll: true })).toEqual(['many-recipients']);
  expect(kinds({ ...empty, cc }, context)).toEqual([]);
});

test('domains that look like known ones are told apart', () => {
  for (const domain of [
    'exarnple.org',
    'examp1e.org',
    'exmaple.org',
    'example.or',
    'gmial.com',
    'gmai.com',
    'еxample.org',
  ]) {
    expect(kinds({ ...empty, to: [at(`ann@${domain}`)] }, context), domain).toEqual(['look-alike']);
  }
  for (const domain of ['example.org', 'sample.org', 'gmail.com', 'mail.com', 'other.net']) {
    expect(kinds({ ...empty, to: [at(`ann@${domain}`)] }, context), domain).toEqual([]);
  }
});
