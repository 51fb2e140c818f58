import { expect, test } from 'vitest';
import { readReceiptRequest } from './receipt-request.ts';

const read = (asked: string, more: Record<string, string> = {}) =>
  readReceiptRequest(
    Object.entries({ 'Disposition-Notification-To': asked, 'Return-Path': '<ann@else.test>', ...more }).map(
      ([name, value]) => ({ name, value }),
    ),
  );

test('check 85: who asks for a receipt is one address, compared with where the message came from', () => {
  expect(read('Ann Lee <ann@ELSE.test>')).toEqual({ name: 'Ann Lee', address: 'ann@ELSE.test', isSender: true });
  expect(read('=?utf-8?q?J=C3=B6rg?= <ann@else.test>')?.name).toBe('Jörg');
  expect(read('ann@else.test')?.isSender).toBe(true);
  expect(read('Ann@else.test')?.isSender).toBe(false);
  expect(read('bo@else.test')?.isSender).toBe(false);
  expect(readReceiptRequest([{ name: 'disposition-notification-to', value: 'ann@else.test' }])?.isSender).toBe(false);
  expect(readReceiptRequest([])).toBeNull();
});

test.each([
  ['several addresses', 'ann@else.test, bo@else.test'],
  ['nobody', ''],
  ['no address', 'Ann'],
  ['an encoded word for an address', '=?utf-8?q?ann=40else.test?='],
  ['a quoted name that hides another', '"evil@z.test"@else.test'],
  ['5,000 characters', `${'x'.repeat(5_000)} <ann@else.test>`],
  ['a line break in it', 'ann@else.test\r\nBcc: evil@z.test'],
  ['javascript:', 'javascript:alert(1)'],
])('check 85: a wish for a receipt with %s is none', (_what, asked) => {
  expect(read(asked)).toBeNull();
});

test.each<Record<string, string>>([
  { 'Auto-Submitted': 'auto-replied' },
  { Precedence: 'bulk' },
  { 'List-Id': '<x.test>' },
  { 'List-Unsubscribe': '<https://x.test>' },
  { 'Return-Path': '<>' },
  { 'Disposition-Notification-Options': 'signed-receipt=required, pkcs7-signature' },
])('check 85: nobody is asked to answer a message with %o', (more) => {
  expect(read('ann@else.test', more)).toBeNull();
});

test('a message that says that nobody sent it automatically may be answered', () => {
  expect(read('ann@else.test', { 'Auto-Submitted': 'no', Precedence: 'first-class' })?.address).toBe('ann@else.test');
});
