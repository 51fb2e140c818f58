import { expect, test } from 'vitest';
import { mailChangeSchema } from './change.ts';
import { isMuted, mutedPlaces } from './muted.ts';

const mailbox = (path: string, role: 'inbox' | 'archive' | 'all' | 'sent' | null = null, selectable = true) => ({
  path,
  role,
  selectable,
  delimiter: '/',
});

test('muted conversations lie in the inbox and the archive, also by year, and nowhere else', () => {
  const tree = [
    mailbox('INBOX', 'inbox'),
    mailbox('Archive', 'archive'),
    mailbox('Archive/2025'),
    mailbox('Archives'),
    mailbox('Sent', 'sent'),
    mailbox('Archive/Old', null, false),
  ];
  expect(mutedPlaces(tree)).toEqual(['INBOX', 'Archive', 'Archive/2025']);
  expect(mutedPlaces([mailbox('INBOX', 'inbox')])).toEqual(['INBOX']);
  const years = Array.from({ length: 40 }, (_, index) => mailbox(`Archive/${index}`));
  expect(mutedPlaces([mailbox('Archive', 'archive'), ...years])).toHaveLength(12);
});

test('a muted message is known by its keyword alone', () => {
  expect(isMuted(['$seen', '$muted'])).toBe(true);
  expect(isMuted(['muted', '$mute'])).toBe(false);
});

test('a change may be meant for conversations where it moves or marks, and only so', () => {
  const messages = [{ mailbox: 'INBOX', uidValidity: 1, uid: 1 }];
  const marked = { type: 'set-keyword', messages, keyword: '$muted', value: true, conversations: true };
  expect(mailChangeSchema.parse(marked)).toHaveProperty('conversations', true);
  expect(mailChangeSchema.parse({ type: 'destroy', messages, conversations: true })).not.toHaveProperty(
    'conversations',
  );
});
