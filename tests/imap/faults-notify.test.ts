import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseSyncToken } from '#lib/mail/sync-token.ts';
import { watchTiming } from '#server/imap/watch-timing.ts';
import { executeMailboxChange } from '#server/mail/execute-mailbox-change.ts';
import { readChanges } from '#server/mail/read-changes.ts';
import { readMailboxes } from '#server/mail/read-mailboxes.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { changeMeanwhile, expectTheChange, lookAtInbox, startFaultFixture } from './fault-fixture.ts';
import type { FaultFixture } from './fault-fixture.ts';
import { listenToFeed } from './listen-to-feed.ts';

let fixture: FaultFixture;
const patient = { ...watchTiming };
beforeAll(async () => {
  Object.assign(watchTiming, { rearmMs: 1_000 });
  fixture = await startFaultFixture();
});
afterAll(() => fixture.end());

test('push goes on after 200 mailboxes were made and deleted', async () => {
  const person = await fixture.newPerson();
  const { feed } = await lookAtInbox(person);
  await readMailboxes(person.session);
  for (let round = 0; round < 200; round += 1) {
    await person.device.command(`CREATE "Passing ${round}"`);
    await person.device.command(`DELETE "Passing ${round}"`);
  }
  // Dovecot 2.3's list log has rotated: by itself it would tell after its own poll, half a minute later.
  const began = Date.now();
  await person.device.append('Archive', [{ raw: aMessage() }]);
  await feed.next('mailbox-counts', ({ mailbox, counts }) => mailbox === 'Archive' && counts.messages === 1);
  await person.device.command('RENAME Archive Attic');
  await feed.next('mailboxes-changed');
  await changeMeanwhile(person.device);
  await expectTheChange(feed);
  expect(Date.now() - began).toBeLessThan(8_000);
  await person.leave();
});

test('once folders stopped moving other connections take over without a word, and hear what comes', async () => {
  Object.assign(watchTiming, patient, { settleMs: 200 });
  const person = await fixture.newPerson();
  const { feed } = await lookAtInbox(person);
  await readMailboxes(person.session);
  const renewed = person.proxy.said(/ NOTIFY SET /).then(() => person.proxy.said(/ AUTHENTICATE /)).then(() => person.proxy.said(/ NOTIFY SET /));
  await person.device.command('CREATE Plans');
  await renewed;
  const told = feed.told.map(({ type }) => type);
  expect(told).toContain('mailboxes-changed');
  expect(feed.told.filter((event) => event.type === 'connection').every(({ state }) => state === 'live')).toBe(true);
  await changeMeanwhile(person.device);
  await expectTheChange(feed);
  Object.assign(watchTiming, patient);
  await person.leave();
});

/** The looked at mailbox is renamed here, and `gapMs` later by another device, which then delivers to it. */
async function renameTwice(gapMs: number): Promise<void> {
  const person = await fixture.newPerson();
  const { session, device } = person;
  await device.create('Plans');
  await device.append('Plans', [{ raw: aMessage({ subject: 'One' }) }]);
  const { feed } = await lookAtInbox(person);
  await readMailboxes(session);
  await executeMailboxChange(session, { type: 'rename', path: 'Plans', parent: null, name: 'Schemes' });
  const { token, uidNext } = await readWindow(session, 'Schemes', { newest: 50 });
  await setTimeout(gapMs);
  await device.command('RENAME Schemes Dreams');
  const isFollowed = async () => (await readMailboxes(session)).mailboxes.some(({ path }) => path === 'Dreams');
  do await feed.next('mailboxes-changed');
  while (!(await isFollowed()));
  const known = token && parseSyncToken(token);
  if (!known) throw new Error('Dovecot keeps modseqs');
  await readChanges(session, 'Dreams', { ...known, uidNext });
  await device.append('Dreams', [{ raw: aMessage({ subject: 'Two' }) }]);
  const { messages } = await feed.next('messages-arrived', ({ mailbox }) => mailbox === 'Dreams');
  expect(messages).toMatchObject([{ subject: 'Two' }]);
}

// A rename in the moment in which Dovecot tells of the one before left it with an old list on the line that listens, for good.
test(
  'mail to the open mailbox is told at once after it was renamed twice, whatever the moment',
  { timeout: 30_000 },
  async () => {
    Object.assign(watchTiming, patient);
    const gaps = Array.from({ length: 16 }, (_, index) => 260 + index * 15);
    await Promise.all(gaps.map(renameTwice));
  },
);

/** A mailbox gets another name, is counted under it for the first time, and is deleted `gapMs` later: Dovecot 2.3 tells of neither. */
async function deleteOnceCounted(gapMs: number): Promise<void> {
  const person = await fixture.newPerson();
  const { session, device } = person;
  await device.create('Plans');
  await device.append('Plans', [{ raw: aMessage() }]);
  await device.command('RENAME Plans Dreams');
  const feed = listenToFeed(session);
  await feed.next('connection', ({ state }) => state === 'live');
  await readMailboxes(session);
  await setTimeout(gapMs);
  const began = Date.now();
  await device.command('DELETE Dreams');
  const isThere = async () => (await readMailboxes(session)).mailboxes.some(({ path }) => path === 'Dreams');
  do await feed.next('mailboxes-changed');
  while (await isThere());
  expect(Date.now() - began).toBeLessThan(8_000);
}

test('a folder that is deleted just after it was counted under a new name is noticed to be gone, though the server tells nothing', async () => {
  Object.assign(watchTiming, patient);
  await Promise.all([0, 80, 160, 240, 320, 400].map(deleteOnceCounted));
});
