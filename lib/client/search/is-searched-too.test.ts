import { expect, test } from 'vitest';
import type { Mailbox, MailboxRole } from '#lib/mail/mailbox.ts';
import { isSearchedToo } from './is-searched-too.ts';
import type { MailSearch } from './mail-search.ts';

const mailbox = (path: string, role: MailboxRole | null = null): Mailbox => ({
  path,
  name: path,
  parent: null,
  delimiter: '/',
  role,
  selectable: true,
  subscribed: true,
  canHoldMailboxes: true,
  counts: null,
});
const search = (q: string, scope: MailSearch['scope']): MailSearch => ({ q, scope, sort: null });
const all = [mailbox('INBOX', 'inbox'), mailbox('Work'), mailbox('Work/New'), mailbox('Trash', 'trash')];
const isMet = (path: string, wanted: MailSearch, there = all) =>
  there.filter((one) => one.path === path).map((one) => isSearchedToo(one, wanted, 'Work', there));

test('a mailbox made since is searched too where the search looks into all, or into all below', () => {
  expect(isMet('Work/New', search('plans', 'all'))).toEqual([true]);
  expect(isMet('Work/New', search('plans', 'children'))).toEqual([true]);
  expect(isMet('INBOX', search('plans', 'children'))).toEqual([false]);
  expect(isMet('Work/New', search('plans', 'mailbox'))).toEqual([false]);
});

test('not the trash, nor any where the search says itself in which it looks, or one mailbox has all mail', () => {
  expect(isMet('Trash', search('plans', 'all'))).toEqual([false]);
  expect(isMet('Work/New', search('plans in:inbox', 'all'))).toEqual([false]);
  expect(isMet('Work/New', search('plans', 'all'), [...all, mailbox('All Mail', 'all')])).toEqual([false]);
});
