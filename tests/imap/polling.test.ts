import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { accountKey } from '#server/auth/account.ts';
import { defaultPreferences } from '#lib/mail/default-preferences.ts';
import type { Preferences } from '#lib/mail/preferences.ts';
import { tellAccount } from '#server/events/hub.ts';
import { watchTiming } from '#server/imap/watch-timing.ts';
import { pollingPace } from '#server/mail/feed/polling-pace.ts';
import { readMailboxes } from '#server/mail/read-mailboxes.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';
import { writePreferences } from '#server/store/preference-rows.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { startFilterProxy } from '#tests/support/mail-server/filter-proxy.ts';
import type { FilterProxy } from '#tests/support/mail-server/filter-proxy.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture, ImapPerson } from './imap-fixture.ts';
import { listenToFeed } from './listen-to-feed.ts';

const page = '6f9619ff-8b86-4011-b42d-00cf4fc964ff';
const patient = { ...watchTiming };
let fixture: ImapFixture;
let proxy: FilterProxy;
beforeAll(async () => {
  fixture = await startImapFixture();
  proxy = await startFilterProxy(fixture.server.imapPort, ['NOTIFY', 'IDLE']);
});
afterEach(() => {
  Object.assign(watchTiming, patient);
});
afterAll(async () => {
  await fixture.end();
  await proxy.close();
});

function choose({ session }: ImapPerson, checkEvery: Preferences['checkEvery']): void {
  const preferences = { ...defaultPreferences, checkEvery };
  writePreferences(accountKey(session.account), preferences);
  tellAccount(session.accountKey, { type: 'preferences', preferences });
}

async function listening() {
  const person = await fixture.newPerson(proxy.port);
  const feed = listenToFeed(person.session);
  await readWindow(person.session, 'INBOX', { newest: 10 });
  await readMailboxes(person.session);
  await feed.next('connection', ({ state }) => state === 'polling');
  return { ...person, feed };
}

/** Whether somebody is told of a second device's message in Archive, of which nothing is pushed. */
async function isToldWithin({ device, feed }: Awaited<ReturnType<typeof listening>>, milliseconds: number): Promise<boolean> {
  await device.append('Archive', [{ raw: aMessage() }]);
  const status = await device.command('STATUS Archive (MESSAGES)');
  const messages = Number(/MESSAGES (\d+)/.exec(status)?.[1]);
  const isTold = () => feed.told.some((event) => event.type === 'mailbox-counts' && event.mailbox === 'Archive' && event.counts.messages === messages);
  for (const deadline = Date.now() + milliseconds; !isTold() && Date.now() < deadline;) await new Promise((resolve) => setTimeout(resolve, 20));
  return isTold();
}

test('where nothing is pushed the person says how often to look, and a change of mind holds at once', async () => {
  watchTiming.pollMs = 100;
  const person = await listening();
  expect(await isToldWithin(person, 10_000)).toBe(true);
  await person.feed.next('mailbox-counts', ({ mailbox }) => mailbox === 'Archive');
  choose(person, null);
  await person.feed.next('preferences');
  expect(await isToldWithin(person, 600)).toBe(false);
  choose(person, 0);
  await person.feed.next('mailbox-counts', ({ mailbox, counts }) => mailbox === 'Archive' && counts.messages === 2);
});

test('hidden pages look seldom, and one that is seen again looks at once', async () => {
  watchTiming.pollMs = 100;
  const person = await listening();
  sessionFeed(person.session).attend(page, 'unseen');
  expect(await isToldWithin(person, 600)).toBe(false);
  sessionFeed(person.session).attend(page, 'seen');
  await person.feed.next('mailbox-counts', ({ mailbox, counts }) => mailbox === 'Archive' && counts.messages === 1);
});

test('as long as one page is seen the others slow nothing down', async () => {
  watchTiming.pollMs = 100;
  const person = await listening();
  sessionFeed(person.session).attend(page, 'seen');
  sessionFeed(person.session).attend(crypto.randomUUID(), 'unseen');
  expect(await isToldWithin(person, 10_000)).toBe(true);
});

test('the slowest of what was chosen, what is hidden, and what is paid for by the megabyte counts', () => {
  const minutes = (checkEvery: Preferences['checkEvery']) =>
    (['seen', 'saving', 'unseen'] as const).map((attention) => pollingPace(checkEvery, attention)).map((ms) => ms && ms / 60_000);
  expect(minutes(0)).toEqual([0.25, 1, 5]);
  expect(minutes(1)).toEqual([1, 1, 5]);
  expect(minutes(15)).toEqual([15, 15, 15]);
  expect(minutes(null)).toEqual([null, null, null]);
});
