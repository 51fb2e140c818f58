import { expect, test } from 'vitest';
import type { MailboxCounts } from '#lib/mail/mailbox.ts';
import { makeToldState } from './told-state.ts';

const counts = (uidNext: number, uidValidity = 1): MailboxCounts => ({
  messages: uidNext - 1,
  unseen: 0,
  uidNext,
  uidValidity,
  token: null,
});

test('looking again goes on from what was told, so that nothing between is lost', () => {
  const told = makeToldState();
  told.look('INBOX', counts(5));
  told.look('INBOX', counts(9));
  expect(told.looked.get('INBOX')?.uidNext).toBe(5);
  told.reach('INBOX', counts(9));
  expect(told.looked.get('INBOX')?.uidNext).toBe(9);
});

test('a mailbox made again is looked at from its new state on', () => {
  const told = makeToldState();
  told.look('INBOX', counts(5));
  told.look('INBOX', counts(2, 7));
  expect(told.looked.get('INBOX')).toEqual({ uidValidity: 7, modseq: '0', uidNext: 2 });
});

test('beyond twenty the one not looked at longest is only counted', () => {
  const told = makeToldState();
  for (let index = 0; index < 20; index += 1) told.look(`Folder ${index}`, counts(5));
  told.look('Folder 0', counts(5));
  told.look('One more', counts(5));
  expect(told.looked.size).toBe(20);
  expect(told.looked.has('Folder 0')).toBe(true);
  expect(told.looked.has('Folder 1')).toBe(false);
  expect(told.isTold('Folder 1', counts(5))).toBe(true);
});
