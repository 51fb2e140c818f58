import { expect, test } from 'vitest';
import type { MessageSummary, MessageWindow } from '#lib/mail/message.ts';
import { countDifferences, pairMessages } from './compare-window.ts';
import { fromWindow } from './list-state.ts';

function row(uid: number, more: Partial<MessageSummary> = {}): MessageSummary {
  const rest = {
    from: [],
    to: [],
    subject: '',
    sentAt: null,
    receivedAt: '2026-01-01T00:00:00.000Z',
    size: 1,
    hasAttachment: false,
    preview: null,
  };
  return { uid, modseq: '5', keywords: [], messageId: `<${uid}@x>`, ...rest, ...more };
}

function windowOf(rows: MessageSummary[], more: Partial<MessageWindow> = {}): MessageWindow {
  return {
    mailbox: 'INBOX',
    uidValidity: 1,
    token: '1:5',
    messages: rows.length,
    unseen: rows.length,
    uidNext: 100,
    firstPosition: 1,
    rows,
    ...more,
  };
}

test('what is held as the server has it has no difference', () => {
  const window = windowOf([row(1), row(2), row(3)]);
  expect(countDifferences(fromWindow(window), window)).toBe(0);
});

test('another keyword, a message that is gone, one in another place and a wrong count are differences', () => {
  const held = fromWindow(windowOf([row(1), row(2), row(3)]));
  expect(countDifferences(held, windowOf([row(1), row(2, { keywords: ['$seen'] }), row(3)]))).toBe(1);
  expect(countDifferences(held, windowOf([row(1), row(3)]))).toBe(2);
  expect(countDifferences(held, windowOf([row(1), row(2), row(3)], { unseen: 2 }))).toBe(1);
});

test('rows that were not loaded are none', () => {
  const held = fromWindow(windowOf([row(2), row(3)], { messages: 3, firstPosition: 2, unseen: 3 }));
  expect(countDifferences(held, windowOf([row(1), row(2), row(3)]))).toBe(0);
});

test('messages are found again by their Message-ID, those without one are not', () => {
  const old = fromWindow(windowOf([row(1), row(2), row(3, { messageId: null })]));
  const fresh = fromWindow(windowOf([row(7, { messageId: '<2@x>' }), row(8, { messageId: null })], { uidValidity: 2 }));
  expect(pairMessages(old, fresh)).toEqual(new Map([[2, 7]]));
});

test('where the server names messages itself that name counts before the Message-ID, and serves those without one', () => {
  const old = fromWindow(
    windowOf([row(1, { emailId: 'M1', messageId: '<twice@x>' }), row(2, { emailId: 'M2', messageId: null })]),
  );
  const fresh = fromWindow(
    windowOf(
      [
        row(7, { emailId: 'M9', messageId: '<twice@x>' }),
        row(8, { emailId: 'M1' }),
        row(9, { emailId: 'M2', messageId: null }),
      ],
      { uidValidity: 2 },
    ),
  );
  expect(pairMessages(old, fresh)).toEqual(
    new Map([
      [1, 8],
      [2, 9],
    ]),
  );
});
