import fc from 'fast-check';
import parser from 'imapflow/lib/handler/imap-parser.js';
import { expect, test } from 'vitest';
import { hasAttachment } from '#server/content/choose-parts.ts';
import { listOf, structureOf, valueAfter } from './protocol.ts';
import type { ParsedNode } from './protocol.ts';
import { readPlainStructure } from './plain-structure.ts';
import { toPartTree } from './to-part-tree.ts';

const start = '* 1 FETCH (UID 7 BODYSTRUCTURE ';

async function byImapflow(structure: string) {
  const { attributes } = await parser(`${start}${structure})`);
  const row = listOf((attributes as ParsedNode[])[1]); // The same parser's nodes.
  const read = structureOf(valueAfter(row, 'BODYSTRUCTURE'));
  return read && toPartTree(read);
}

const string = fc
  .oneof(
    {
      weight: 8,
      arbitrary: fc.constantFrom('a b', 'Plan 7.pdf', '', '=_b583', "it's", '=?utf-8?q?x?=', 'utf-8', '<1@x>'),
    },
    { weight: 1, arbitrary: fc.string({ maxLength: 6 }).filter((text) => !/["\\\r\n\0]/.test(text)) },
  )
  .map((text) => `"${text}"`);
const nstring = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('NIL', 'nil') }, { weight: 2, arbitrary: string });
const key = fc.constantFrom('"charset"', '"NAME"', '"filename"', '"filename*0*"', '"__proto__"', '"boundary"');
const pairs = fc.oneof(
  fc.constant('NIL'),
  fc.array(fc.tuple(key, string), { minLength: 1, maxLength: 3 }).map((all) => `(${all.flat().join(' ')})`),
);
const disposition = fc.oneof(
  fc.constant('NIL'),
  fc.tuple(fc.constantFrom('"attachment"', '"INLINE"'), pairs).map((all) => `(${all.join(' ')})`),
);
const language = fc.constantFrom('NIL', '"de"', '("de" "en")');
/** As many of the fields that may follow as a server likes to send. */
const after = (...fields: fc.Arbitrary<string>[]) =>
  fc.tuple(fc.tuple(...fields), fc.nat(fields.length)).map(([all, most]) =>
    all
      .slice(0, most)
      .map((one) => ` ${one}`)
      .join(''),
  );
const size = fc.nat(99_999).map(String);
const type = fc.constantFrom(
  '"application" "pdf"',
  '"IMAGE" "png"',
  '"text" "plain"',
  '"TEXT" "HTML"',
  '"text" "calendar"',
);
const single = fc
  .tuple(type, pairs, nstring, nstring, string, size, fc.option(size), after(nstring, disposition, language, nstring))
  .map(([kind, parameters, id, description, encoding, octets, lines, rest]) => {
    const isText = /text/i.test(kind);
    return `(${kind} ${parameters} ${id} ${description} ${encoding} ${octets}${isText && lines !== null ? ` ${lines}` : ''}${rest})`;
  });
const { node } = fc.letrec<{ node: string; several: string }>((tie) => ({
  node: fc.oneof({ maxDepth: 4 }, single, tie('several')),
  several: fc
    .tuple(
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
      fc.constantFrom('"mixed"', '"ALTERNATIVE"', '"related"'),
      after(pairs, disposition, language, nstring),
    )
    .map(([children, subtype, rest]) => `(${children.join('')} ${subtype}${rest})`),
}));

test('what is read by ourselves is what imapflow reads, whatever a server sends', async () => {
  let read = 0;
  await fc.assert(
    fc.asyncProperty(node, async (structure) => {
      const ours = readPlainStructure(`${start}${structure})`, start.length);
      if (!ours) return;
      read += 1;
      const theirs = await byImapflow(structure);
      expect(ours).toEqual(theirs);
      expect(theirs && hasAttachment(theirs)).toBe(hasAttachment(ours));
    }),
    { numRuns: 3_000 },
  );
  expect(read).toBeGreaterThan(400);
});

test('a usual letter with a file is read, and what is cut short or out of the ordinary is left to imapflow', () => {
  const letter =
    '(("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 9 1 NIL NIL NIL NIL)("application" "pdf" ("name" "Plan.pdf") NIL NIL "base64" 24 NIL ("attachment" ("filename" "Plan.pdf")) NIL NIL) "mixed" ("boundary" "b") NIL NIL NIL)';
  expect(readPlainStructure(letter, 0)?.children.map(({ part, disposition }) => [part, disposition])).toEqual([
    ['1', null],
    ['2', 'attachment'],
  ]);
  for (let end = 0; end < letter.length; end += 1) expect(readPlainStructure(letter.slice(0, end), 0)).toBeNull();
  for (const odd of [
    letter.replace('Plan', 'Pl\\"an'),
    letter.replace('Plan', '=?utf-8?q?Pl=C3=A4n?='),
    letter.replace('"name"', '"name*0"'),
    letter.replace('"Plan.pdf"', '{8}'),
    letter.replace('"application" "pdf"', '"message" "rfc822"'),
    'NIL',
  ])
    expect(readPlainStructure(odd, 0)).toBeNull();
});
