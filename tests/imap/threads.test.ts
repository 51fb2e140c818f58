import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MessageRef } from '#lib/mail/message.ts';
import { conversationOf, olderOf } from '#server/mail/conversation-of.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { readThreads } from '#server/mail/read-threads.ts';
import { aLetter, idOf } from '#tests/support/mail-server/a-letter.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { startFilterProxy } from '#tests/support/mail-server/filter-proxy.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';
import { threadsIn, truthOf } from './threads-fixture.ts';
import type { Known } from './threads-fixture.ts';

let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture();
});
afterAll(() => fixture.end());

const all = { newest: 200_000, fromUid: null };

/** Chains, branches, answers to what is not there, and letters by themselves, mixed; the same each time. */
function someKnown(count: number): Known[] {
  const letters: Known[] = [];
  for (let uid = 1; uid <= count; uid += 1) {
    const answered = uid > 3 && uid % 4 !== 0 ? letters[(uid * 7) % (uid - 1)] : undefined;
    const names = answered ? [...answered.names, answered.name].slice(-5) : uid % 12 === 0 ? [`gone-${uid % 24}`] : [];
    letters.push({ uid, name: `letter-${uid}`, names });
  }
  return letters;
}

async function appendKnown(device: RawImap, letters: readonly Known[]): Promise<void> {
  await device.append('INBOX', letters.map(({ uid, name, names }) => ({ raw: aLetter(name, names, { subject: `Subject of ${uid}` }) })));
}

test('threads are those that the letters themselves name', async () => {
  const { session, device } = await fixture.newPerson();
  const letters = someKnown(300);
  await appendKnown(device, letters);
  const read = await readThreads(session, 'INBOX', all);
  expect(threadsIn(read)).toEqual(truthOf(letters));
  expect(read).toMatchObject({ firstUid: 1, uidNext: 301 });
});

test('a server without THREAD: the same by the headers, and answers without names by their subject', async () => {
  const proxy = await startFilterProxy(fixture.server.imapPort, ['THREAD']);
  const { session, device, leave } = await fixture.newPerson(proxy.port);
  const letters = someKnown(120);
  await appendKnown(device, letters);
  await device.append('INBOX', ['Invoice', 'Re: Invoice', 'Invoice', 'AW: [List] invoice (fwd)'].map((subject) => ({ raw: aMessage({ subject }) })));
  expect(threadsIn(await readThreads(session, 'INBOX', all))).toEqual([...truthOf(letters), [121, 122, 124]]);
  expect(proxy.refused()).toEqual([]);
  await leave();
  await proxy.close();
});

test('a server that knows REFERENCES and no REFS tells the same threads', async () => {
  const proxy = await startFilterProxy(fixture.server.imapPort, ['THREAD=REFS']);
  const { session, device, leave } = await fixture.newPerson(proxy.port);
  const letters = someKnown(120);
  await appendKnown(device, letters);
  expect(threadsIn(await readThreads(session, 'INBOX', all))).toEqual(truthOf(letters));
  expect(proxy.refused()).toEqual([]);
  await leave();
  await proxy.close();
});

test('the newest alone are told first, and what arrived since with all it belongs to', async () => {
  const { session, device } = await fixture.newPerson();
  await device.append('INBOX', [
    { raw: aLetter('a') }, { raw: aLetter('x', [], { subject: 'X' }) }, { raw: aLetter('b', ['a']) },
    { raw: aLetter('c', ['a', 'b']) }, { raw: aLetter('y', ['x'], { subject: 'Y' }) },
  ]);
  const newest = await readThreads(session, 'INBOX', { newest: 3, fromUid: null });
  expect(threadsIn(newest)).toEqual([[3, 4]]);
  expect(newest.firstUid).toBe(3);
  await device.append('INBOX', [{ raw: aLetter('d', ['a', 'b', 'c']) }]);
  expect(threadsIn(await readThreads(session, 'INBOX', { ...all, fromUid: 6 }))).toEqual([[1, 3, 4, 6]]);
  expect(threadsIn(await readThreads(session, 'INBOX', { ...all, fromUid: 7 }))).toEqual([]);
});

test('an empty mailbox, and one that is not there', async () => {
  const { session } = await fixture.newPerson();
  expect(await readThreads(session, 'INBOX', all)).toMatchObject({ groups: '', firstUid: 1 });
  await expect(readThreads(session, 'Nowhere', all)).rejects.toMatchObject({ code: 'mailbox-missing' });
});

test('letters that name each other in a circle, and ten thousand names in one header, are threads like any other', async () => {
  const { session, device } = await fixture.newPerson();
  const many = Array.from({ length: 10_000 }, (_, index) => idOf(`name-${index}`)).join('\r\n ');
  await device.append('INBOX', [
    { raw: aLetter('ring-1', ['ring-2']) }, { raw: aLetter('ring-2', ['ring-1']) }, { raw: aLetter('self', ['self'], { subject: 'Self' }) },
    { raw: aMessage({ subject: 'Many', headers: { References: many } }) }, { raw: aLetter('last', ['name-0'], { subject: 'Last' }) },
  ]);
  const read = threadsIn(await readThreads(session, 'INBOX', all));
  expect(read).toContainEqual([1, 2]);
  expect(read).toContainEqual([4, 5]);
  const { places } = await conversationOf(session, await refOf(device, 4));
  expect(places.map(({ rows }) => rows.map(({ uid }) => uid))).toEqual([[4, 5]]);
});

async function refOf(device: RawImap, uid: number, mailbox = 'INBOX'): Promise<MessageRef> {
  const uidValidity = Number(/UIDVALIDITY (\d+)/.exec(await device.command(`STATUS ${mailbox} (UIDVALIDITY)`))?.[1]);
  return { mailbox, uidValidity, uid };
}

test('a conversation holds the answers from Sent and copies elsewhere, and nothing of drafts, spam and trash', async () => {
  const { session, device } = await fixture.newPerson();
  await device.create('Work');
  await device.append('INBOX', [{ raw: aLetter('two', ['one']) }, { raw: aMessage() }, { raw: aLetter('four', ['one', 'two', 'three']) }]);
  await device.append('Archive', [{ raw: aLetter('one') }]);
  await device.append('Sent', [{ raw: aLetter('three', ['one', 'two']) }, { raw: aMessage() }]);
  await device.append('Work', [{ raw: aLetter('four', ['one', 'two', 'three']) }]);
  for (const name of ['Drafts', 'Junk', 'Trash']) await device.append(name, [{ raw: aLetter('five', ['one', 'two']) }]);
  const { places, isWhole, looked } = await conversationOf(session, await refOf(device, 3));
  expect(places.map(({ mailbox, rows }) => [mailbox, rows.map(({ messageId }) => messageId)])).toEqual([
    ['INBOX', [idOf('two'), idOf('four')]],
    ['Sent', [idOf('three')]],
    ['Archive', [idOf('one')]],
    ['Work', [idOf('four')]],
  ]);
  expect(isWhole).toBe(true);
  expect(looked).toEqual(['Sent', 'Archive', 'Work']);
  const { places: own } = await conversationOf(session, await refOf(device, 3), { elsewhere: false });
  expect(own).toHaveLength(1);
});

test('from the archive its first letter alone leads to all that followed', async () => {
  const { session, device } = await fixture.newPerson();
  await device.append('Archive', [{ raw: aLetter('one') }]);
  await device.append('INBOX', [{ raw: aLetter('three', ['one', 'two']) }]);
  await device.append('Sent', [{ raw: aLetter('two', ['one']) }]);
  const { places } = await conversationOf(session, await refOf(device, 1, 'Archive'));
  expect(places.map(({ mailbox }) => mailbox)).toEqual(['Archive', 'Sent', 'INBOX']);
});

test('a message that is gone has no conversation', async () => {
  const { session, device } = await fixture.newPerson();
  await device.append('INBOX', [{ raw: aLetter('one') }]);
  await expect(conversationOf(session, await refOf(device, 9))).rejects.toMatchObject({ code: 'message-missing' });
});

test('an act on a conversation of which the browser did not know all takes all that was there then, and says how much more', async () => {
  const { session, device } = await fixture.newPerson();
  await device.append('INBOX', [
    { raw: aLetter('one') }, { raw: aMessage({ subject: 'Other' }) }, { raw: aLetter('two', ['one']) }, { raw: aLetter('three', ['one', 'two']) },
    { raw: aLetter('later', ['one', 'three']) },
  ]);
  await device.append('Sent', [{ raw: aLetter('own', ['one', 'two']) }]);
  const known = await refOf(device, 4);
  const uidsIn = async (mailbox: string, what = 'ALL') => {
    await device.command(`EXAMINE ${mailbox}`);
    return (/\* SEARCH ?([\d ]*)/.exec(await device.command(`UID SEARCH ${what}`))?.[1] ?? '').split(' ').filter(Boolean).map(Number);
  };
  const conversations = { below: 5 }; // The last one came after the person acted.
  const starred = await executeChange(session, { type: 'set-keyword', messages: [known], keyword: '$flagged', value: true, conversations });
  expect(starred.added).toBe(2);
  expect(await uidsIn('INBOX', 'FLAGGED')).toEqual([1, 3, 4]);
  expect(await uidsIn('Sent', 'FLAGGED')).toEqual([]);
  const { added, undo } = await executeChange(session, { type: 'move', messages: [known], to: 'Archive', conversations });
  expect(added).toBe(2);
  expect(await uidsIn('INBOX')).toEqual([2, 5]);
  expect(await uidsIn('Archive')).toHaveLength(3);
  for (const change of undo) await executeChange(session, change);
  expect(await uidsIn('INBOX')).toEqual([2, 5, 6, 7, 8]);
  const copied = await executeChange(session, { type: 'copy', messages: [await refOf(device, 8)], to: 'Archive', conversations: { below: 9 } });
  expect(copied.added).toBe(3);
  expect(await uidsIn('Archive')).toHaveLength(4);
});

test('what lies elsewhere and is years older is looked for where something is missing, and only then', async () => {
  const { session, device } = await fixture.newPerson();
  const [now, before] = [new Date(Date.UTC(2026, 8, 1)), new Date(Date.UTC(2021, 2, 1))];
  await device.append('INBOX', [
    { raw: aLetter('four', ['one', 'two', 'three']), internalDate: now },
    { raw: aLetter('whole', [], { subject: 'Whole' }), internalDate: now }, { raw: aLetter('whole-2', ['whole'], { subject: 'Whole' }), internalDate: now },
  ]);
  await device.append('Archive', [{ raw: aLetter('one'), internalDate: before }, { raw: aMessage(), internalDate: before }]);
  await device.append('Sent', [{ raw: aLetter('two', ['one']), internalDate: before }, { raw: aLetter('three', ['one', 'two']), internalDate: now }]);
  const ref = await refOf(device, 1);
  const near = await conversationOf(session, ref);
  const idsIn = ({ places }: Pick<typeof near, 'places'>) => places.map(({ mailbox, rows }) => [mailbox, rows.map(({ messageId }) => messageId)]);
  expect(idsIn(near)).toEqual([['INBOX', [idOf('four')]], ['Sent', [idOf('three')]]]);
  expect(near.mayBeOlder).toBe(true);
  const older = await olderOf(session, ref);
  expect(idsIn(older)).toEqual([['Sent', [idOf('two')]], ['Archive', [idOf('one')]]]);
  expect(older.isWhole).toBe(true);
  expect((await conversationOf(session, await refOf(device, 3))).mayBeOlder).toBe(false);
});
