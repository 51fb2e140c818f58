import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MailAct } from '#lib/mail/task.ts';
import { aclConfig } from '#tests/support/mail-server/acl-config.ts';
import { countMatching, ended, manyInOneFile, newPersonWith, numbersIn, startOnAll, undo, upTo } from './bulk-fixture.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';

// "Frozen" may be looked at and no more; 4,000 messages are a full account.
const acl = aclConfig('Frozen owner lr', 4_000);
let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture(`${manyInOneFile}\n${acl.config}`);
});
afterAll(async () => {
  await fixture.end();
  acl.remove();
});

const personWith = (mailbox: string, count: number) => newPersonWith(fixture, count, mailbox);

test('of a mailbox that may only be read nothing is changed, and the reason is told', async () => {
  const { session, device, feed } = await personWith('Ice', 1_500);
  await device.command('RENAME Ice Frozen');
  const wanted: MailAct[] = [
    { type: 'set-keyword', keyword: '$flagged', value: true },
    { type: 'move', to: 'Attic' },
    { type: 'destroy' },
  ];
  for (const act of wanted) {
    const end = await ended(feed, startOnAll(session, 'Frozen', act));
    expect(end, act.type).toMatchObject({ state: 'failed', error: 'permission-denied', done: 0, total: 1_500, canUndo: false });
  }
  expect(await numbersIn(device, 'Attic')).toEqual([]);
  expect(await numbersIn(device, 'Frozen')).toEqual(upTo(1_500));
  expect(await countMatching(device, 'FLAGGED')).toBe(0);
});

test('an account that is full in the middle of a copy keeps what was copied, says so, and that is taken back', async () => {
  const { session, device, feed } = await personWith('INBOX', 2_500);
  const task = await startOnAll(session, 'INBOX', { type: 'copy', to: 'Attic' });
  const end = await ended(feed, task);
  expect(end).toMatchObject({ state: 'failed', error: 'over-quota', total: 2_500, canUndo: true });
  expect(end.done).toBeGreaterThan(0);
  expect(end.done).toBeLessThanOrEqual(1_500);
  expect(await numbersIn(device, 'Attic')).toEqual(upTo(end.done));
  expect(await ended(feed, undo(session, task))).toMatchObject({ state: 'done', done: end.done });
  expect(await numbersIn(device, 'Attic')).toEqual([]);
  expect(await numbersIn(device, 'INBOX')).toEqual(upTo(2_500));
});

test('what is under way is taken back as far as it came', async () => {
  const { session, device, feed } = await personWith('INBOX', 3_500);
  const task = await startOnAll(session, 'INBOX', { type: 'move', to: 'Attic' });
  await feed.next('mailbox-counts', ({ mailbox, counts }) => mailbox === 'Attic' && counts.messages > 0);
  const end = await ended(feed, undo(session, task));
  expect(end).toMatchObject({ state: 'done', isUndo: true });
  expect(await numbersIn(device, 'INBOX')).toEqual(upTo(3_500));
  expect(await numbersIn(device, 'Attic')).toEqual([]);
});
