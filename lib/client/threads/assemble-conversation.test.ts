import { expect, test } from 'vitest';
import type { MessageSummary } from '#lib/mail/message.ts';
import { assembleConversation } from './assemble-conversation.ts';
import { firstInView, withArrived } from './folding.ts';
import { linkRows } from './link-rows.ts';

const row = (uid: number, messageId: string | null, more: Partial<MessageSummary> = {}): MessageSummary => ({
  uid,
  modseq: '1',
  keywords: [],
  from: [],
  to: [],
  subject: '',
  sentAt: null,
  receivedAt: new Date(Date.UTC(2026, 0, uid)).toISOString(),
  size: 1,
  hasAttachment: false,
  messageId,
  preview: null,
  ...more,
});
const here = (one: MessageSummary) => ({
  ...one,
  ref: { mailbox: 'INBOX', uidValidity: 1, uid: one.uid },
  isHere: true,
});
const place = (mailbox: string, ...rows: MessageSummary[]) => ({ mailbox, uidValidity: 1, rows });

test('each once, oldest first, and what lies here before its copies', () => {
  const own = [here(row(3, '<c>')), here(row(1, '<a>'))];
  const places = [
    place('INBOX', row(9, '<gone>')),
    place('Sent', row(2, '<b>'), row(1, '<a>')),
    place('Work', row(2, '<b>')),
  ];
  const found = assembleConversation(own, places);
  expect(found.map(({ ref, isHere }) => [ref.mailbox, ref.uid, isHere])).toEqual([
    ['INBOX', 1, true],
    ['Sent', 2, false],
    ['INBOX', 3, true],
  ]);
});

test('within one second an answer follows what it answers', () => {
  const receivedAt = '2026-01-01T00:00:00.000Z';
  const own = [here(row(9, '<asked>', { receivedAt }))];
  const sent = place(
    'Sent',
    row(1, '<last>', { receivedAt, answers: ['<answer>'] }),
    row(5, '<answer>', { receivedAt, answers: ['<asked>'] }),
    row(6, '<ring>', { receivedAt, answers: ['<other>'] }),
    row(7, '<other>', { receivedAt, answers: ['<ring>'] }),
  );
  const found = assembleConversation(own, [place('INBOX'), sent]);
  expect(found.map(({ uid }) => uid)).toEqual([9, 5, 1, 6, 7]);
});

test('one without a Message-ID is nobody’s copy, and two with one here both stay', () => {
  const own = [here(row(1, null)), here(row(2, '<x>')), here(row(3, '<x>'))];
  const found = assembleConversation(own, [place('INBOX'), place('Sent', row(4, null))]);
  expect(found.map(({ uid }) => uid)).toEqual([1, 2, 3, 4]);
});

test('what is unread, the newest and what was asked for is shown; a choice lasts', () => {
  const messages = ['a', 'b', 'c', 'd'].map((key) => ({ key, isUnread: key === 'b' }));
  const folding = withArrived(new Map(), messages, 'a');
  expect(
    [...folding.entries()]
      .filter(([, shown]) => shown)
      .map(([key]) => key)
      .sort(),
  ).toEqual(['a', 'b', 'd']);
  expect(firstInView(messages)).toBe('b');
  const read = messages.map(({ key }) => ({ key, isUnread: false }));
  expect(withArrived(folding, read, 'a')).toBe(folding);
  const arrived = withArrived(folding, [...read, { key: 'e', isUnread: true }], 'a');
  expect(arrived.get('e')).toBe(true);
  expect(arrived.get('c')).toBe(false);
});

test('of hundreds of unread messages only the newest are shown', () => {
  const messages = Array.from({ length: 300 }, (_, index) => ({ key: `${index}`, isUnread: true }));
  const shown = [...withArrived(new Map(), messages, '0').values()].filter(Boolean);
  expect(shown.length).toBeLessThanOrEqual(9);
});

test('rows are linked by what they name, also through one that is not there; old ones are left to the server', () => {
  const rows = [
    row(1, '<a>'),
    row(2, '<b>', { answers: ['<a>'] }),
    row(3, '<c>', { answers: ['<gone>'] }),
    row(4, '<d>', { answers: ['<gone>'] }),
  ];
  expect(linkRows(rows, () => true)).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(linkRows(rows, (uid) => uid > 3)).toEqual([[3, 4]]);
});
