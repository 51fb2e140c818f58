import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { MailChange } from '#lib/mail/change.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { watchTiming } from '#server/imap/watch-timing.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { readMailboxes } from '#server/mail/read-mailboxes.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import { changeMeanwhile, expectTheChange, lookAtInbox, password, startFaultFixture } from './fault-fixture.ts';
import type { FaultFixture, FaultyPerson } from './fault-fixture.ts';
import { listenToFeed } from './listen-to-feed.ts';

let fixture: FaultFixture;
const patient = { ...watchTiming };
beforeAll(async () => {
  // Without Dovecot's delay of whoever comes from an address with refused passwords: here all come from one.
  fixture = await startFaultFixture('service anvil {\n unix_listener anvil-auth-penalty {\n mode = 0\n }\n}');
});
afterEach(() => {
  Object.assign(watchTiming, patient);
  fixture.server.resume();
});
afterAll(() => fixture.end());

/** The other device changes INBOX while Pipit cannot reach the server; then it can, and hears exactly that. */
async function missAndCatchUp(person: FaultyPerson, feed: Awaited<ReturnType<typeof lookAtInbox>>['feed']): Promise<void> {
  await feed.next('connection', ({ state }) => state === 'reconnecting');
  await changeMeanwhile(await person.connectDevice());
  person.proxy.admit();
  await feed.next('connection', ({ state }) => state === 'live');
  await expectTheChange(feed);
  expect(await readWindow(person.session, 'INBOX', { newest: 50 })).toMatchObject({ messages: 3, rows: [{ uid: 2 }, { uid: 3 }, { uid: 4 }] });
}

test('a server that was killed and started again is found again, and what was missed is told exactly', async () => {
  const person = await fixture.newPerson();
  const { feed } = await lookAtInbox(person);
  await fixture.server.kill();
  await feed.next('connection', ({ state }) => state === 'reconnecting');
  await expect(readWindow(person.session, 'INBOX', { newest: 50 })).rejects.toMatchObject({ retryable: true });
  person.proxy.refuse();
  await fixture.server.start();
  await changeMeanwhile(await person.connectDevice());
  person.proxy.admit();
  await feed.next('connection', ({ state }) => state === 'live');
  await expectTheChange(feed);
  await person.leave();
});

test('a server that stands still is noticed within the deadline, and goes on where it stood', async () => {
  Object.assign(watchTiming, { rearmMs: 200, deadlineMs: 400 });
  const person = await fixture.newPerson();
  const { feed } = await lookAtInbox(person);
  fixture.server.pause();
  const stopped = Date.now();
  const noticed = await feed.next('connection', ({ state }) => state === 'reconnecting');
  expect(noticed.reason).toBe('server-timeout');
  expect(Date.now() - stopped).toBeLessThan(1_500);
  const window = expect(readWindow(person.session, 'INBOX', { newest: 50 })).resolves.toMatchObject({ rows: [{}, {}, {}] });
  Object.assign(watchTiming, patient);
  fixture.server.resume();
  await window;
  await changeMeanwhile(person.device);
  await feed.next('connection', ({ state }) => state === 'live');
  await expectTheChange(feed);
  await person.leave();
});

test('BYE is the end of a connection and of nothing else', async () => {
  const person = await fixture.newPerson();
  const { feed } = await lookAtInbox(person);
  person.proxy.refuse();
  await fixture.server.stop();
  expect(person.proxy.heard(/^\* BYE /)).not.toEqual([]);
  await fixture.server.start();
  await missAndCatchUp(person, feed);
  await person.leave();
});

test("an administrator's kick ends nothing but the connection", async () => {
  const person = await fixture.newPerson();
  const { feed } = await lookAtInbox(person);
  person.proxy.refuse();
  await fixture.server.doveadm('kick', person.user);
  await missAndCatchUp(person, feed);
  await person.leave();
});

test('a password changed elsewhere is said once and not tried again; with the new one all goes on where it stood', async () => {
  const person = await fixture.newPerson();
  const { feed, ref } = await lookAtInbox(person);
  const read: MailChange = { type: 'set-keyword', messages: [ref(3)], keyword: '$seen', value: true };
  fixture.server.setPassword(person.user, 'another one');
  await expect.poll(() => accepts(person.user, password), { timeout: 5_000 }).toBe(false);
  const before = refusals(person.user);
  await fixture.server.doveadm('kick', person.user);
  const told = await feed.next('connection', ({ reason }) => reason === 'wrong-credentials');
  expect(told.state).toBe('reconnecting');
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await expect(executeChange(person.session, read)).rejects.toMatchObject({ code: 'wrong-credentials' });
  }
  // One line found it out for the feed, the other for the person.
  expect(refusals(person.user) - before).toBeLessThanOrEqual(2);
  expect(feed.told.filter(({ type }) => type === 'connection')).toEqual([]);
  const device = await person.connectDevice('another one');
  await changeMeanwhile(device);

  expect(imapSession({ ...person.auth, password: 'another one' })).toBe(person.session);
  sessionFeed(person.session).reconnect();
  await feed.next('connection', ({ state }) => state === 'live');
  await expectTheChange(feed);
  const { events } = await executeChange(person.session, read);
  expect(events[0]).toMatchObject({ type: 'keywords-changed', changes: [{ uid: 3, keywords: ['$seen'] }] });
  await person.leave();
});

test('what changes between the first page and the feed is told as soon as the feed is there', async () => {
  const person = await fixture.newPerson();
  await person.device.append('INBOX', ['One', 'Two', 'Three'].map((subject) => ({ raw: aMessage({ subject }) })));
  await readMailboxes(person.session);
  await readWindow(person.session, 'INBOX', { newest: 50 });
  await changeMeanwhile(person.device);
  const feed = listenToFeed(person.session);
  await expectTheChange(feed);
  await person.leave();
});

test('a mailbox deleted and made again under the open list is read anew; others go on', async () => {
  const person = await fixture.newPerson();
  const { feed } = await lookAtInbox(person);
  await person.device.create('Plans');
  await person.device.append('Plans', [{ raw: aMessage({ subject: 'Old' }) }, { raw: aMessage({ subject: 'Older' }) }]);
  const old = await readWindow(person.session, 'Plans', { newest: 50 });
  await feed.next('mailboxes-changed');
  await person.device.command('DELETE Plans');
  await person.device.create('Plans');
  await person.device.append('Plans', [{ raw: aMessage({ subject: 'New' }) }]);
  await changeMeanwhile(person.device);

  const isNew = (uidValidity: number) => uidValidity !== old.uidValidity;
  const events = await feed.until('mailbox-counts', ({ mailbox, counts }) => mailbox === 'Plans' && isNew(counts.uidValidity) && counts.messages === 1);
  const resets = events.flatMap((event) => (event.type === 'reset' ? [event.mailbox] : []));
  expect(new Set(resets)).toEqual(new Set(['Plans']));
  const window = await readWindow(person.session, 'Plans', { newest: 50 });
  expect(window).toMatchObject({ messages: 1, rows: [{ subject: 'New' }] });
  expect(await readWindow(person.session, 'INBOX', { newest: 50 })).toMatchObject({ messages: 3 });
  await person.leave();
});

async function accepts(user: string, tried: string): Promise<boolean> {
  return connectRawImap(fixture.server.imapPort, user, tried).then(
    (imap) => {
      imap.close();
      return true;
    },
    () => false,
  );
}

function refusals(user: string): number {
  return fixture.server.log().match(new RegExp(`auth failed.*user=<${user}>`, 'g'))?.length ?? 0;
}
