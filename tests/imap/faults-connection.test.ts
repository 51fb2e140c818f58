import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { MailChange } from '#lib/mail/change.ts';
import { readCountsOf } from '#server/imap/read-counts.ts';
import { watchTiming } from '#server/imap/watch-timing.ts';
import { openPart } from '#server/mail/message/open-part.ts';
import { executeMailboxChange } from '#server/mail/execute-mailbox-change.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { readMessage } from '#server/mail/message/read-message.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { changeMeanwhile, expectTheChange, lookAtInbox, startFaultFixture } from './fault-fixture.ts';
import type { FaultFixture, FaultyPerson } from './fault-fixture.ts';

let fixture: FaultFixture;
const patient = { ...watchTiming };
beforeAll(async () => {
  fixture = await startFaultFixture();
});
afterEach(() => {
  Object.assign(watchTiming, patient);
});
afterAll(() => fixture.end());

const hundred = Array.from({ length: 100 }, (_, index) => `Number ${index + 1}`);
/** 300 kB that no gap or repetition leaves as it is. */
const longText = Array.from({ length: 10_000 }, (_, line) => `This is line ${line} of many.\n`).join('');

test('a connection cut in the middle of a header window is replaced once, and the window is whole', async () => {
  const person = await fixture.newPerson();
  await person.device.append('INBOX', hundred.map((subject) => ({ raw: aMessage({ subject }) })));
  await readWindow(person.session, 'INBOX', { newest: 1 });
  const cut = person.proxy.cutAfter(10_000);
  const window = await readWindow(person.session, 'INBOX', { newest: 100 });
  await cut;
  expect(window.rows.map(({ subject }) => subject)).toEqual(hundred);
  await person.leave();
});

test('a window that is cut again and again is refused, never told short, and comes whole later', async () => {
  const person = await fixture.newPerson();
  await person.device.append('INBOX', hundred.map((subject) => ({ raw: aMessage({ subject }) })));
  await readWindow(person.session, 'INBOX', { newest: 1 });
  const cuts = [person.proxy.cutAfter(10_000), person.proxy.cutAfter(30_000)];
  await expect(readWindow(person.session, 'INBOX', { newest: 100 })).rejects.toMatchObject({ code: 'server-unreachable', retryable: true });
  await Promise.all(cuts);
  expect((await readWindow(person.session, 'INBOX', { newest: 100 })).rows).toHaveLength(100);
  await person.leave();
});

test('a connection cut in the middle of a body is replaced once, and the body is whole', async () => {
  const person = await fixture.newPerson();
  await person.device.append('INBOX', [{ raw: aMessage({ text: longText }) }]);
  const { uidValidity } = await readWindow(person.session, 'INBOX', { newest: 1 });
  const ref = { mailbox: 'INBOX', uidValidity, uid: 1 };
  const cut = person.proxy.cutAfter(100_000);
  const message = await readMessage(person.session, ref, { prefer: 'plain', section: null });
  await cut;
  expect(message.body.map(({ content }) => content)).toEqual([longText]);
  const cuts = [person.proxy.cutAfter(100_000), person.proxy.cutAfter(200_000)];
  const again = readMessage(person.session, ref, { prefer: 'plain', section: null });
  await expect(again).rejects.toMatchObject({ code: 'server-unreachable', retryable: true });
  await Promise.all(cuts);
  await person.leave();
});

test('a connection lost while counts are asked for is replaced, and no mailbox is taken to be gone', async () => {
  const person = await fixture.newPerson();
  await person.device.append('Archive', [{ raw: aMessage() }]);
  await readWindow(person.session, 'INBOX', { newest: 1 });
  for (const when of ['unheard', 'unanswered'] as const) {
    const cut = person.proxy.cutWhen(/ STATUS /, when);
    expect(await readCountsOf(person.session, 'Archive')).toMatchObject({ messages: 1 });
    await cut;
  }
  await person.leave();
});

test('a folder whose connection is lost while it is renamed is renamed once, and is subscribed under its new name', async () => {
  const person = await fixture.newPerson();
  await person.device.create('One');
  for (const [from, to, said, when] of [
    ['One', 'Two', / RENAME /, 'unanswered'],
    ['Two', 'Three', / UNSUBSCRIBE /, 'unheard'],
    ['Three', 'Four', / SUBSCRIBE /, 'unanswered'],
  ] as const) {
    const cut = person.proxy.cutWhen(said, when);
    const { mailboxes } = await executeMailboxChange(person.session, { type: 'rename', path: from, parent: null, name: to });
    await cut;
    expect(mailboxes.find(({ path }) => path === to)).toMatchObject({ subscribed: true });
    expect(await person.device.command('LSUB "" "*"')).not.toContain(from);
  }
  await person.leave();
});

test('a download goes on after a cut where it stood, and one cut for good breaks instead of ending early', async () => {
  const person = await fixture.newPerson();
  const content = Buffer.from(longText.repeat(8));
  await person.device.append('INBOX', [{ raw: aMessage({ attachments: [{ name: 'a.bin', mediaType: 'application/octet-stream', content }] }) }]);
  const { uidValidity } = await readWindow(person.session, 'INBOX', { newest: 1 });
  const ref = { mailbox: 'INBOX', uidValidity, uid: 1 };
  const cut = person.proxy.cutAfter(1_000_000);
  const part = await openPart(person.session, ref, '2');
  expect((await collect(part.content())).equals(content)).toBe(true);
  await cut;
  const cutTwice = person.proxy.cutAfter(1_000_000).then(() => person.proxy.cutAfter(50_000));
  await expect(collect(part.content()).then(({ length }) => length)).rejects.toMatchObject({ code: 'server-unreachable' });
  await cutTwice;
  await person.leave();
});

test('all connections lost at once come back, and what was missed is told exactly', async () => {
  const person = await fixture.newPerson();
  const { feed } = await lookAtInbox(person);
  person.proxy.refuse();
  person.proxy.cut();
  await expectReturn(person, feed);
});

test('a way that falls silent without closing is noticed within the deadline, for every connection that goes it', async () => {
  Object.assign(watchTiming, { rearmMs: 200, deadlineMs: 400 });
  const person = await fixture.newPerson();
  const { feed } = await lookAtInbox(person);
  person.proxy.silence();
  person.proxy.refuse();
  const fellSilent = Date.now();
  const { reason } = await feed.next('connection', ({ state }) => state === 'reconnecting');
  expect(reason).toBe('server-timeout');
  expect(Date.now() - fellSilent).toBeLessThan(1_500);
  await changeMeanwhile(person.device);
  person.proxy.admit();
  await feed.next('connection', ({ state }) => state === 'live');
  const back = Date.now();
  await expectTheChange(feed);
  expect(Date.now() - back).toBeLessThan(2_000); // Not after the 30 s that the silent commands connection would have taken.
  await person.leave();
});

test('a change whose connection is lost before the server hears it, or before it answers, is made once', async () => {
  const person = await fixture.newPerson();
  const { feed, ref } = await lookAtInbox(person);
  for (const [uid, when] of [[1, 'unheard'], [2, 'unanswered']] as const) {
    const cut = person.proxy.cutWhen(/ UID STORE /, when);
    const { events } = await executeChange(person.session, star([ref(uid)]));
    await cut;
    expect(events[0]).toMatchObject({ type: 'keywords-changed', changes: [{ uid, keywords: ['$flagged'] }] });
    const told = await feed.next('keywords-changed');
    expect(told.changes).toMatchObject([{ uid, keywords: ['$flagged'] }]);
  }
  expect(await flagged(person)).toEqual([1, 2]);
  await person.leave();
});

test('a change that a lost server keeps from being made fails as one to try again, on all its messages or on none', async () => {
  const person = await fixture.newPerson();
  await person.device.append('INBOX', hundred.map((subject) => ({ raw: aMessage({ subject }) })));
  const { feed, rows, uidValidity } = await lookAtInbox(person);
  const change = star(rows.map(({ uid }) => ({ mailbox: 'INBOX', uidValidity, uid })));
  for (const when of ['unheard', 'unanswered'] as const) {
    const cut = person.proxy.cutWhen(/ UID STORE /, when).then(() => person.proxy.refuse());
    await expect(executeChange(person.session, change)).rejects.toMatchObject({ code: 'server-unreachable', retryable: true });
    await cut;
    expect((await flagged(person)).length).toBe(when === 'unheard' ? 0 : rows.length);
    person.proxy.admit();
  }
  await executeChange(person.session, change); // Trying again is harmless.
  expect((await flagged(person)).length).toBe(rows.length);
  const { changes } = await feed.next('keywords-changed', ({ changes: told }) => told.length === rows.length);
  expect(new Set(changes.map(({ keywords }) => keywords.join()))).toEqual(new Set(['$flagged']));
  await person.leave();
});

test('a server killed in the middle of a change leaves all of it or nothing', async () => {
  const person = await fixture.newPerson();
  await person.device.append('INBOX', Array.from({ length: 1_000 }, () => ({ raw: aMessage() })));
  const { uidValidity } = await readWindow(person.session, 'INBOX', { newest: 1 });
  const change = star(Array.from({ length: 1_000 }, (_, index) => ({ mailbox: 'INBOX', uidValidity, uid: index + 1 })));
  const killed = person.proxy.said(/ UID STORE /).then(() => fixture.server.kill());
  await expect(executeChange(person.session, change)).rejects.toMatchObject({ code: 'server-unreachable', retryable: true });
  await killed;
  await fixture.server.start();
  expect([0, 1_000]).toContain((await flagged(person)).length);
  await executeChange(person.session, change);
  expect((await flagged(person)).length).toBe(1_000);
  await person.leave();
});

test('an answer with fewer rows than asked for is read again; one that stays short is refused and removes nothing', async () => {
  const person = await fixture.newPerson();
  await lookAtInbox(person);
  person.proxy.omitLine(/^\* 2 FETCH /);
  const window = await readWindow(person.session, 'INBOX', { newest: 50 });
  expect(window.rows.map(({ uid }) => uid)).toEqual([1, 2, 3]);
  for (let time = 1; time <= 3; time += 1) person.proxy.omitLine(/^\* 2 FETCH /);
  await expect(readWindow(person.session, 'INBOX', { newest: 50 })).rejects.toMatchObject({ code: 'server-unavailable', retryable: true });
  await person.leave();
});

test('an arrival whose row is left out of the answer is read again', async () => {
  const person = await fixture.newPerson();
  const { feed } = await lookAtInbox(person);
  person.proxy.omitLine(/^\* 4 FETCH .*ENVELOPE/);
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Four' }) }]);
  const { messages } = await feed.next('messages-arrived');
  expect(messages).toMatchObject([{ uid: 4, subject: 'Four' }]);
  expect(person.proxy.heard(/^\* 4 FETCH .*ENVELOPE/).length).toBeGreaterThan(1);
  await person.leave();
});

function star(messages: MailChange['messages']): MailChange {
  return { type: 'set-keyword', messages, keyword: '$flagged', value: true };
}

async function collect(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

/** UIDs that the server has as flagged, asked on a line of its own. */
async function flagged(person: FaultyPerson): Promise<number[]> {
  const device = await person.connectDevice();
  await device.command('EXAMINE INBOX');
  const [, uids = ''] = /^\* SEARCH(.*)\r$/m.exec(await device.command('UID SEARCH FLAGGED')) ?? [];
  device.close();
  return uids.trim().split(' ').filter(Boolean).map(Number);
}

async function expectReturn(person: FaultyPerson, feed: Awaited<ReturnType<typeof lookAtInbox>>['feed']): Promise<void> {
  await feed.next('connection', ({ state }) => state === 'reconnecting');
  await changeMeanwhile(await person.connectDevice());
  person.proxy.admit();
  await feed.next('connection', ({ state }) => state === 'live');
  await expectTheChange(feed);
  await person.leave();
}
