import { afterAll, beforeAll, expect, test } from 'vitest';
import { readWindow } from '#server/mail/read-window.ts';
import { changeMeanwhile, connectionsAtServer, expectTheChange, lookAtInbox, startFaultFixture } from './fault-fixture.ts';
import type { FaultFixture, FaultyPerson } from './fault-fixture.ts';
import { listenToFeed } from './listen-to-feed.ts';

let fixture: FaultFixture;
beforeAll(async () => {
  fixture = await startFaultFixture('protocol imap {\n mail_max_userip_connections = 3\n}');
});
afterAll(() => fixture.end());

/** Takes all places that the server has for somebody. */
async function crowd(person: FaultyPerson): Promise<{ leave(): void }> {
  const others = [await person.connectDevice(), await person.connectDevice()];
  expect(await connectionsAtServer(fixture.server, person.user)).toBe(3); // With the device that was there before.
  return { leave: () => others.forEach((other) => other.close()) };
}

test('with all places taken by other devices a read waits, and is served as soon as one is free', async () => {
  const person = await fixture.newPerson();
  const others = await crowd(person);
  const window = readWindow(person.session, 'INBOX', { newest: 50 });
  await expect.poll(() => person.proxy.heard(/ NO .*(Maximum|maximum) number of connections/).length).toBeGreaterThan(1);
  others.leave();
  expect(await window).toMatchObject({ messages: 0 });
  await person.leave();
});

test('places that stay taken are called that, never a wrong password; when they are free all is as before', { timeout: 60_000 }, async () => {
  const person = await fixture.newPerson();
  const { feed } = await lookAtInbox(person);
  person.proxy.refuse();
  await fixture.server.doveadm('kick', person.user);
  await expect.poll(() => connectionsAtServer(fixture.server, person.user)).toBe(0);
  const device = await person.connectDevice();
  await changeMeanwhile(device);
  const others = await crowd(person);
  person.proxy.admit();
  const read = expect(readWindow(person.session, 'INBOX', { newest: 50 })).rejects.toMatchObject({ code: 'too-many-connections', retryable: true });
  const told = await feed.until('connection', ({ reason }) => reason === 'too-many-connections');
  expect(told.some((event) => event.type === 'connection' && event.reason === 'wrong-credentials')).toBe(false);
  await read;
  others.leave();
  await feed.next('connection', ({ state }) => state === 'live');
  await expectTheChange(feed);
  await person.leave();
});

test('a second listener of the same person is no second connection', async () => {
  const person = await fixture.newPerson();
  const { feed } = await lookAtInbox(person);
  const other = listenToFeed(person.session);
  await changeMeanwhile(person.device);
  await Promise.all([expectTheChange(feed), expectTheChange(other)]);
  expect(await connectionsAtServer(fixture.server, person.user)).toBeLessThanOrEqual(3);
  await person.leave();
});
