import { expect, test } from 'vitest';
import type { MailEvent } from '#lib/mail/event.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import type { MessageSummary } from '#lib/mail/message.ts';
import type { SearchLine } from '#lib/mail/search-results.ts';
import { applyToSearch } from './apply-to-search.ts';
import {
  addRows,
  applyLines,
  caughtUp,
  dropDated,
  noResults,
  searchedAnew,
  sortedAnew,
  withMade,
} from './search-state.ts';
import type { SearchState } from './search-state.ts';

const counts = (token: string | null, uidNext = 10) => ({ messages: 9, unseen: 0, uidNext, uidValidity: 1, token });
const row = (uid: number, keywords: string[] = [], modseq = '1'): MessageSummary => ({
  uid,
  modseq,
  keywords,
  subject: `Number ${uid}`,
  from: [],
  to: [],
  receivedAt: '2026-01-01T00:00:00.000Z',
  hasAttachment: false,
  preview: null,
  sentAt: null,
  size: 100,
  messageId: null,
});
const opened = (mailbox: string, token: string | null = '1:5'): SearchLine => ({
  type: 'opened',
  mailbox,
  counts: counts(token),
});
const found = (mailbox: string, listed: number[], times: number[], uidValidity = 1): SearchLine => ({
  type: 'found',
  mailbox,
  uidValidity,
  results: { listed, times },
  rows: listed.map((uid) => row(uid)),
});
const named = ({ order, refs }: SearchState) => order.map((id) => `${refs[id]?.mailbox} ${refs[id]?.uid}`);
const start = applyLines(noResults, [
  opened('INBOX'),
  opened('Work'),
  found('INBOX', [9, 4], [900, 400]),
  found('Work', [7], [700]),
  { type: 'done', results: 3 },
]);

test('results of several mailboxes stand in the order of their arrival', () => {
  expect(named(start)).toEqual(['INBOX 9', 'Work 7', 'INBOX 4']);
});

test('searched anew, a result is known by the id it had, and what is not found again is gone', () => {
  const idOf = (state: SearchState, name: string) => state.order[named(state).indexOf(name)];
  const again = applyLines(searchedAnew(start), [found('Work', [8, 7], [800, 700]), found('INBOX', [4], [400])]);
  expect(named(again)).toEqual(['Work 8', 'Work 7', 'INBOX 4']);
  for (const name of ['Work 7', 'INBOX 4']) expect(idOf(again, name)).toBe(idOf(start, name));
  expect(start.order).not.toContain(idOf(again, 'Work 8'));
});

test('a mailbox that was made again has other messages under the same UIDs', () => {
  const again = applyLines(searchedAnew(start), [found('Work', [7], [700], 2)]);
  expect(again.refs[again.order[0] ?? 0]).toEqual({ mailbox: 'Work', uidValidity: 2, uid: 7 });
  expect(start.order).not.toContain(again.order[0]);
});

test('told twice it is found once', () => {
  expect(named(applyLines(start, [found('INBOX', [9, 4, 3], [900, 400, 300])]))).toEqual([
    'INBOX 9',
    'Work 7',
    'INBOX 4',
    'INBOX 3',
  ]);
});

test('counts alone say that a mailbox moved; counts beside what happened say how far that was told', () => {
  const moved: MailEvent = { type: 'mailbox-counts', mailbox: 'Work', counts: counts('1:6', 11) };
  const behind = applyToSearch(start, [moved]).mailboxes.get('Work');
  expect(behind).toMatchObject({ token: '1:5', heardToken: '1:6', heardUidNext: 11, uidNext: 10 });
  const gone: MailEvent = { type: 'messages-gone', mailbox: 'Work', uidValidity: 1, uids: [[7, 7]] };
  const told = applyToSearch(start, [gone, moved]);
  expect(told.mailboxes.get('Work')).toMatchObject({ token: '1:6', heardToken: '1:6' });
  expect(named(told)).toEqual(['INBOX 9', 'INBOX 4']);
  expect(caughtUp(applyToSearch(start, [moved]), 'Work', '1:6').mailboxes.get('Work')).toMatchObject({ token: '1:6' });
});

test('a result that no longer matches stays, and shows what it is now', () => {
  const changes = [{ uid: 9, modseq: '7', keywords: ['$seen'] }];
  const read = applyToSearch(start, [{ type: 'keywords-changed', mailbox: 'INBOX', uidValidity: 1, changes }]);
  expect(named(read)).toEqual(named(start));
  expect(read.rows.get(0)?.keywords).toEqual(['$seen']);
});

test('rows of too many changes to be told are read again where they are in sight, and else when they come into it', () => {
  const untold = applyToSearch(start, [{ type: 'keywords-untold', mailbox: 'INBOX', uidValidity: 1 }]);
  expect([...untold.dated]).toEqual([0, 1]);
  const kept = dropDated(untold, new Set([0]));
  expect([[...kept.rows.keys()], [...kept.dated]]).toEqual([[0, 2], [0]]);
  const read = addRows(kept, 'INBOX', [9], [row(9, ['$flagged'], '8')]);
  expect([read.rows.get(0)?.keywords, read.dated.size]).toEqual([['$flagged'], 0]);
  const gone = addRows(kept, 'INBOX', [9], []);
  expect([named(gone), gone.dated.size]).toEqual([['Work 7', 'INBOX 4'], 0]);
});

test('on a server without modseqs any news has what is in sight read again', () => {
  const plain = applyLines(noResults, [opened('INBOX', null), found('INBOX', [9], [900])]);
  expect([...applyToSearch(plain, [{ type: 'mailbox-counts', mailbox: 'INBOX', counts: counts(null) }]).dated]).toEqual(
    [0],
  );
});

test('a mailbox made since is looked through from its first message on', () => {
  const made = { path: 'Snoozed', counts: counts('1:2', 4) } as Mailbox; // All that is looked at.
  const next = withMade(start, [made]);
  expect(next.mailboxes.get('Snoozed')).toMatchObject({ uidNext: 1, heardUidNext: 4, token: '1:2' });
  expect(withMade(next, [made])).toBe(next);
});

test('an order is told in pieces, the first with its rank, and what arrives meanwhile disturbs none of it', () => {
  const piece = (listed: number[], rank: number): SearchLine => ({
    type: 'found',
    mailbox: 'INBOX',
    uidValidity: 1,
    results: { listed, rank },
    rows: [],
  });
  const first = applyLines(noResults, [opened('INBOX'), piece([7, 2, 9], 6)]);
  expect(named(first)).toEqual(['INBOX 7', 'INBOX 2', 'INBOX 9']);
  const whole = applyLines(first, [piece([1, 8, 3], 3), { type: 'done', results: 6 }]);
  expect(named(whole)).toEqual([7, 2, 9, 1, 8, 3].map((uid) => `INBOX ${uid}`));
  const gone = applyToSearch(whole, [{ type: 'messages-gone', mailbox: 'INBOX', uidValidity: 1, uids: [[2, 2]] }]);
  expect(named(gone)).toEqual([7, 9, 1, 8, 3].map((uid) => `INBOX ${uid}`));
  // Sorted anew once something arrived, a message has the id it had.
  const anew = applyLines(searchedAnew(gone), [opened('INBOX'), piece([10, 7, 9, 1, 8, 3], 6)]);
  expect(named(anew)).toEqual([10, 7, 9, 1, 8, 3].map((uid) => `INBOX ${uid}`));
  expect(anew.order.slice(1)).toEqual(gone.order);
});

test('an order that is asked anew takes the place of the old one at once, without what went meanwhile', () => {
  const order = (listed: number[]): SearchLine[] => [
    { type: 'found', mailbox: 'INBOX', uidValidity: 1, results: { listed, rank: listed.length }, rows: [] },
    { type: 'done', results: listed.length },
  ];
  const old = applyLines(noResults, [opened('INBOX'), ...order([3, 1, 2])]);
  const now = applyToSearch(old, [{ type: 'messages-gone', mailbox: 'INBOX', uidValidity: 1, uids: [[1, 1]] }]);
  // The server sorted before the message went, and its answer came after the news of it.
  const anew = sortedAnew(now, old.order, order([4, 3, 1, 2]));
  expect(named(anew)).toEqual([4, 3, 2].map((uid) => `INBOX ${uid}`));
  expect(anew.phase).toBe('done');
  expect(anew.order.slice(1)).toEqual(now.order);
});
