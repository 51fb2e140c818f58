import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { printSearch } from '#lib/mail/print-search.ts';
import { negated, together } from '#lib/mail/search-query.ts';
import type { SearchLeaf, SearchTerm } from '#lib/mail/search-query.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';
import { appendLetters, runSearch, someLetters } from './search-fixture.ts';

/** A message as plain IMAP tells it: fetched whole by another program, and taken apart by a reader of its own. */
interface Truth {
  uid: number;
  flags: string[];
  received: Date;
  octets: number;
  texts: Record<'from' | 'to' | 'cc' | 'subject' | 'body' | 'list', string>;
  files: string[];
}

let fixture: ImapFixture;
let session: ImapSession;
let truths: Truth[];
beforeAll(async () => {
  fixture = await startImapFixture();
  const person = await fixture.newPerson();
  ({ session } = person);
  await appendLetters(person.device, 'INBOX', someLetters(120));
  truths = await readTruths(person.device);
});
afterAll(() => fixture.end());

async function readTruths(device: RawImap): Promise<Truth[]> {
  await device.command('SELECT INBOX');
  const answer = await device.command('FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])');
  const read: Truth[] = [];
  const row = /\* \d+ FETCH \(UID (\d+) FLAGS \(([^)]*)\) INTERNALDATE "([^"]+)" RFC822\.SIZE (\d+) BODY\[\] \{(\d+)\}\r\n/g;
  for (let match = row.exec(answer); match; match = row.exec(answer)) {
    const [, uid, flags = '', date = '', octets, length] = match;
    const raw = Buffer.from(answer.slice(row.lastIndex, row.lastIndex + Number(length)), 'latin1');
    row.lastIndex += Number(length);
    const mail = await PostalMime.parse(raw);
    const people = (all: typeof mail.to) => (all ?? []).map(({ name, address }) => `${name} <${address}>`).join(', ');
    const list = mail.headers.find(({ key }) => key === 'list-id')?.value ?? '';
    const texts = { from: people(mail.from ? [mail.from] : []), to: people(mail.to), cc: people(mail.cc), subject: mail.subject ?? '', body: mail.text ?? '', list };
    const files = mail.attachments.flatMap(({ filename }) => filename ?? []);
    read.push({ uid: Number(uid), flags: flags.split(' '), received: new Date(date), octets: Number(octets), texts, files });
  }
  return read;
}

const includes = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase());

function holds(term: SearchTerm, truth: Truth): boolean {
  const has = (flag: string) => truth.flags.includes(flag);
  switch (term.type) {
    case 'and':
      return term.terms.every((one) => holds(one, truth));
    case 'or':
      return term.terms.some((one) => holds(one, truth));
    case 'not':
      return !holds(term.term, truth);
    case 'text':
      if (term.field !== 'any') return includes(truth.texts[term.field], term.value);
      return Object.values(truth.texts).some((text) => includes(text, term.value));
    case 'is':
      return { unread: !has('\\Seen'), read: has('\\Seen'), starred: has('\\Flagged'), unstarred: !has('\\Flagged'), answered: has('\\Answered'), unanswered: !has('\\Answered'), draft: has('\\Draft') }[term.state];
    case 'has-attachment':
      return truth.files.length > 0;
    case 'filename':
      return truth.files.some((name) => includes(name, term.value));
    case 'in':
      return /^(inbox|anywhere)$/i.test(term.mailbox);
    case 'label':
      return has(term.label.replace(/ /g, '_'));
    case 'before':
      return truth.received < new Date(term.date);
    case 'after':
      return truth.received >= new Date(term.date);
    case 'older-than':
    case 'newer-than': {
      const days = { h: 1 / 24, d: 1, w: 7, m: 30.5, y: 365 }[term.unit] * term.amount;
      return truth.received.getTime() < Date.now() - days * 86_400_000 === (term.type === 'older-than');
    }
    case 'larger':
      return truth.octets > term.octets;
    case 'smaller':
      return truth.octets < term.octets;
  }
}

const value = fc.constantFrom('ann', 'Ann Lee', 'Åkesson', 'björn', '花子', "O'Hara", 'budget', 'Größe und', 'GRÖSSE', '会議', '50% (final)', 'back\\slash', '"quoted"', 'kingfisher', 'ÜBERMORGEN', '花火', 'heron plan', 'birds.lists', 'nowhere at all');
const leaf: fc.Arbitrary<SearchLeaf> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('text' as const), field: fc.constantFrom('any' as const, 'from', 'to', 'cc', 'subject', 'body', 'list'), value }) },
  fc.record({ type: fc.constant('is' as const), state: fc.constantFrom('unread' as const, 'read', 'starred', 'unstarred', 'answered', 'unanswered', 'draft') }),
  fc.record({ type: fc.constant('label' as const), label: fc.constantFrom('todo', 'no such', 'Ärger') }),
  fc.constant({ type: 'has-attachment' as const }),
  fc.record({ type: fc.constant('filename' as const), value: fc.constantFrom('pdf', 'übersicht', 'Plan 1', '.') }),
  fc.record({ type: fc.constantFrom('before' as const, 'after'), date: fc.constantFrom('2026-01-05', '2026-02-01', '2026-03-15', '2030-01-01') }),
  fc.record({ type: fc.constantFrom('older-than' as const, 'newer-than'), amount: fc.constantFrom(1, 3, 40), unit: fc.constantFrom('h' as const, 'd', 'w', 'y') }),
  fc.record({ type: fc.constantFrom('larger' as const, 'smaller'), octets: fc.constantFrom(0, 500, 1_024, 2_048, 4_000) }),
  fc.record({ type: fc.constant('in' as const), mailbox: fc.constantFrom('inbox', 'anywhere', 'INBOX') }),
);
const { term } = fc.letrec<{ term: SearchTerm }>((tie) => ({
  term: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: tie('term').map(negated) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom('and' as const, 'or'), fc.array(tie('term'), { minLength: 2, maxLength: 3 })).map(([type, terms]) => together(type, terms) as SearchTerm) }, // Of two or more.
  ),
}));

/** Dovecot 2.3 joins two limits of a kind into one, and below NOT into the wrong one: NOT (YOUNGER 60 SEEN YOUNGER 90). */
const bounds = [/"(older|newer)-than"/g, /"(before|after)"/g, /"(larger|smaller)"/g];

test('whatever is looked for, found is what plain IMAP says matches: no more and no less', { timeout: 60_000 }, async () => {
  expect(truths).toHaveLength(120);
  let found = 0;
  await fc.assert(
    fc.asyncProperty(term, async (query) => {
      const locals = new Set(JSON.stringify(query).match(/"has-attachment"|"filename","value":"[^"]*"/g));
      fc.pre(locals.size <= 3); // More are refused.
      fc.pre(bounds.every((kinds) => (JSON.stringify(query).match(kinds)?.length ?? 0) < 2));
      const { uids, results } = await runSearch(session, printSearch(query));
      const expected = truths.filter((truth) => holds(query, truth)).map(({ uid }) => uid).reverse();
      expect(uids.get('INBOX') ?? [], printSearch(query)).toEqual(expected);
      expect(results).toBe(expected.length);
      found += expected.length > 0 && expected.length < 120 ? 1 : 0;
    }),
    { numRuns: 500, seed: 20_261_125 },
  );
  expect(found).toBeGreaterThan(100);
});
