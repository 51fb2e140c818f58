import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { MailChange } from '#lib/mail/change.ts';
import { snoozeKeywords } from '#lib/mail/snooze.ts';
import { defaultPreferences } from '#lib/mail/default-preferences.ts';
import { listMailboxes } from '#server/imap/list-mailboxes.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { startTask } from '#server/mail/tasks/tasks.ts';
import { planWakesOf } from '#server/mail/snooze/plan-wakes-of.ts';
import { openWakeCredentials } from '#server/mail/snooze/plan-wake.ts';
import { startWakes, stopWakes } from '#server/mail/snooze/run-wakes.ts';
import { snoozeTiming } from '#server/mail/snooze/snooze-timing.ts';
import { wakeSnoozed } from '#server/mail/snooze/wake-snoozed.ts';
import { wakeWhileHere } from '#server/mail/snooze/wake-while-here.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { findSnoozeRow } from '#server/store/snooze-rows.ts';
import { writePreferences } from '#server/store/preference-rows.ts';
import { aLetter } from '#tests/support/mail-server/a-letter.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { password, startImapFixture } from './imap-fixture.ts';
import type { ImapFixture, ImapPerson } from './imap-fixture.ts';
import { subjectsIn } from './subjects-in.ts';

let fixture: ImapFixture;
beforeAll(async () => {
  Object.assign(snoozeTiming, { pollMs: 30, firstLookMs: 0, backOffMs: [50] });
  fixture = await startImapFixture();
});
afterEach(() => stopWakes());
afterAll(() => fixture.end());

const soon = '2026-12-01T08:00:00.000Z';
const past = '2020-02-03T07:15:00.000Z';

async function newPerson(mailbox = 'INBOX') {
  const person = await fixture.newPerson();
  if (mailbox !== 'INBOX') await person.device.create(mailbox);
  await person.device.append(mailbox, ['One', 'Two', 'Three'].map((subject) => ({ raw: aMessage({ subject }), flags: ['\\Seen'] })));
  const { uidValidity } = await readWindow(person.session, mailbox, { newest: 3 });
  const auth = { id: person.session.id, account: person.session.account, password, publicComputer: false };
  const snooze = (at: string, ...uids: number[]): Extract<MailChange, { type: 'move' }> => ({
    type: 'move',
    messages: uids.map((uid) => ({ mailbox, uidValidity, uid })),
    to: 'Snoozed',
    as: 'snoozed',
    keywords: [...snoozeKeywords(at, mailbox).map((keyword) => ({ keyword, value: true })), { keyword: '$new', value: false }],
  });
  return { ...person, auth, snooze, mailbox };
}

const flagsIn = async ({ device }: Pick<ImapPerson, 'device'>, mailbox: string) => {
  await device.command(`SELECT "${mailbox}"`);
  return device.command('FETCH 1:* FLAGS');
};

test('a snoozed message lies in a mailbox of its own, made for it, and says to every program until when', async () => {
  const person = await newPerson();
  await executeChange(person.session, person.snooze(soon, 2));
  expect(await subjectsIn(person.device, 'INBOX')).toEqual(['One', 'Three']);
  expect(await subjectsIn(person.device, 'Snoozed')).toEqual(['Two']);
  for (const part of ['Y2026', 'M12', 'D01', 'H08', 'Min00']) expect(await flagsIn(person, 'Snoozed')).toContain(`$SnoozedUntil-${part}`);
  expect((await listMailboxes(person.session)).find(({ role }) => role === 'snoozed')?.path).toBe('Snoozed');
  expect(await wakeSnoozed(person.session, Date.parse(soon) - 1, false)).toBe(Date.parse(soon));
  expect(await subjectsIn(person.device, 'Snoozed')).toEqual(['Two']);
});

test('when its time comes it is back where it was, on top, unread and marked, and says nothing of a time any more', async () => {
  for (const mailbox of ['INBOX', 'Work', 'Öffentliche Angelegenheiten/Sehr lange Überschriften']) {
    const person = await newPerson(mailbox);
    await executeChange(person.session, person.snooze(soon, 1));
    expect(await wakeSnoozed(person.session, Date.parse(soon), false)).toBeNull();
    const { rows } = await readWindow(person.session, mailbox, { newest: 3 });
    expect(rows.map(({ subject, keywords }) => [subject, keywords])).toEqual([
      ['Two', ['$seen']],
      ['Three', ['$seen']],
      ['One', ['$new']],
    ]);
    expect(await subjectsIn(person.device, 'Snoozed')).toEqual([]);
  }
});

test('a conversation that is snoozed comes back whole: all of it unread, on top, in its order, as one conversation', async () => {
  const { session, device } = await fixture.newPerson();
  const talk = [aLetter('trip-1'), aLetter('trip-2', ['trip-1']), aMessage({ subject: 'Other' }), aLetter('trip-3', ['trip-1', 'trip-2'])];
  await device.append('INBOX', talk.map((raw) => ({ raw, flags: ['\\Seen'] })));
  const { uidValidity } = await readWindow(session, 'INBOX', { newest: 4 });
  const keywords = snoozeKeywords(soon, 'INBOX').map((keyword) => ({ keyword, value: true }));
  const messages = [1, 2, 4].map((uid) => ({ mailbox: 'INBOX', uidValidity, uid }));
  await executeChange(session, { type: 'move', messages, to: 'Snoozed', as: 'snoozed', keywords });
  expect(await subjectsIn(device, 'INBOX')).toEqual(['Other']);
  expect(await wakeSnoozed(session, Date.parse(soon), false)).toBeNull();
  expect(await subjectsIn(device, 'Snoozed')).toEqual([]);
  expect(await subjectsIn(device, 'INBOX')).toEqual(['Other', 'Trip to the lake', 'Re: Trip to the lake', 'Re: Trip to the lake']);
  expect(await device.command('SEARCH UNSEEN KEYWORD $new')).toMatch(/\* SEARCH 2 3 4\r\n|\* SEARCH 5 6 7\r\n/);
  expect(await device.command('THREAD REFS UTF-8 ALL')).toMatch(/\(2 3 4\)/);
});

test('snoozing is taken back whole: the message is where it was, read as it was, without a word of it', async () => {
  const person = await newPerson('Work');
  const { undo } = await executeChange(person.session, person.snooze(soon, 1, 2));
  expect(undo).toHaveLength(1);
  for (const change of undo) await executeChange(person.session, change);
  expect((await subjectsIn(person.device, 'Work')).toSorted()).toEqual(['One', 'Three', 'Two']);
  expect(await flagsIn(person, 'Work')).not.toMatch(/snooze/i);
});

test('another time is set where it waits, and taken back', async () => {
  const person = await newPerson();
  await executeChange(person.session, person.snooze(soon, 1));
  const { uidValidity, rows } = await readWindow(person.session, 'Snoozed', { newest: 1 });
  const later = snoozeKeywords('2027-01-15T17:30:00Z', 'INBOX');
  const keywords = [
    ...(rows[0]?.keywords ?? []).filter((keyword) => keyword.startsWith('$Snoozed') && !later.includes(keyword)).map((keyword) => ({ keyword, value: false })),
    ...later.map((keyword) => ({ keyword, value: true })),
  ];
  const messages = [{ mailbox: 'Snoozed', uidValidity, uid: rows[0]?.uid ?? 0 }];
  const { undo } = await executeChange(person.session, { type: 'move', messages, to: 'Snoozed', as: 'snoozed', keywords });
  expect(await wakeSnoozed(person.session, 0, false)).toBe(Date.parse('2027-01-15T17:30:00Z'));
  for (const change of undo) await executeChange(person.session, change);
  expect(await wakeSnoozed(person.session, 0, false)).toBe(Date.parse(soon));
});

test('thousands are snoozed by the task, and all come back', async () => {
  const person = await newPerson();
  await person.device.append('INBOX', Array.from({ length: 1_200 }, () => ({ raw: aMessage() })));
  const { messages, to, as, keywords } = person.snooze(past, 1);
  const ranges = [{ mailbox: 'INBOX', uidValidity: messages[0]?.uidValidity ?? 0, uids: '1:1203' }];
  startTask(person.session, { id: randomUUID(), acts: [{ type: 'move', to, as: as ?? 'snoozed', keywords: keywords ?? [] }], messages: ranges, count: 1_203 });
  await vi.waitFor(async () => expect((await readWindow(person.session, 'Snoozed', { newest: 1 })).messages).toBe(1_203), { timeout: 20_000 });
  await vi.waitFor(async () => expect((await readWindow(person.session, 'INBOX', { newest: 1 })).messages).toBe(0));
  await wakeSnoozed(person.session, Date.now(), false);
  expect((await readWindow(person.session, 'INBOX', { newest: 1 })).messages).toBe(1_203);
  expect(await flagsIn(person, 'INBOX')).not.toMatch(/snoozeduntil/i);
}, 60_000);

test('what another program put into the mailbox without a time stays', async () => {
  const person = await newPerson();
  await person.device.create('Snoozed');
  await person.device.append('Snoozed', [{ raw: aMessage({ subject: 'Theirs' }) }]);
  expect(await wakeSnoozed(person.session, Date.now(), false)).toBeNull();
  expect(await subjectsIn(person.device, 'Snoozed')).toEqual(['Theirs']);
});

test('it wakes while its person is away: what opens the mailbox is kept sealed until nothing is snoozed', async () => {
  const person = await newPerson();
  const change = person.snooze(past, 1);
  planWakesOf(person.auth, [change]);
  await executeChange(person.session, change);
  const row = findSnoozeRow(person.session.accountKey);
  expect(Buffer.from(row?.sealed ?? []).includes(password)).toBe(false);
  expect(row && openWakeCredentials(row)).toMatchObject({ password });
  startWakes();
  await vi.waitFor(async () => expect(await subjectsIn(person.device, 'INBOX')).toEqual(['Two', 'Three', 'One']), { timeout: 10_000 });
  await vi.waitFor(() => expect(findSnoozeRow(person.session.accountKey)).toBeNull());
});

test('on a public computer, and where the person does not want it, no password is kept, and it wakes when they sign in anywhere', async () => {
  const atLibrary = await newPerson();
  const unwilling = await newPerson();
  writePreferences(unwilling.session.accountKey, { ...defaultPreferences, wakesWhileAway: false });
  for (const person of [atLibrary, unwilling]) {
    const change = person.snooze(past, 1);
    planWakesOf({ ...person.auth, publicComputer: person === atLibrary }, [change]);
    await executeChange(person.session, change);
    expect(findSnoozeRow(person.session.accountKey)).toMatchObject({ sealed: null });
  }
  const other = await newPerson(); // A job that is done shows that the others were passed over.
  const change = other.snooze(past, 1);
  planWakesOf(other.auth, [change]);
  await executeChange(other.session, change);
  startWakes();
  await vi.waitFor(async () => expect(await subjectsIn(other.device, 'INBOX')).toEqual(['Two', 'Three', 'One']), { timeout: 10_000 });
  for (const person of [atLibrary, unwilling]) {
    expect(await subjectsIn(person.device, 'Snoozed')).toEqual(['One']);
    const leave = wakeWhileHere({ ...person.auth, publicComputer: person === atLibrary });
    await vi.waitFor(async () => expect(await subjectsIn(person.device, 'INBOX')).toEqual(['Two', 'Three', 'One']), { timeout: 10_000 });
    leave();
  }
});

test('what another program snoozed is found by an open page, and wakes later without it', async () => {
  const person = await newPerson();
  await executeChange(person.session, person.snooze(soon, 1));
  const leave = wakeWhileHere(person.auth);
  await vi.waitFor(() => expect(findSnoozeRow(person.session.accountKey)).toMatchObject({ wake_at: Date.parse(soon), lease: null }));
  leave();
  const row = findSnoozeRow(person.session.accountKey);
  expect(row && openWakeCredentials(row)).toMatchObject({ password });
});

test('a password that is no longer right is forgotten, and the message waits for the next sign-in', async () => {
  const person = await newPerson();
  const change = person.snooze(past, 1);
  planWakesOf({ ...person.auth, password: 'an old one' }, [change]);
  await executeChange(person.session, change);
  startWakes();
  await vi.waitFor(() => expect(findSnoozeRow(person.session.accountKey)).toMatchObject({ sealed: null, lease: null }), { timeout: 20_000 });
  expect(await subjectsIn(person.device, 'Snoozed')).toEqual(['One']);
}, 30_000);

test('whoever begins again after a crash goes on where it ended', async () => {
  const person = await newPerson('Work');
  await executeChange(person.session, person.snooze(past, 1));
  // As it lies there when the process dies before the move.
  await person.device.command('SELECT Snoozed');
  await person.device.command('STORE 1 +FLAGS ($new)');
  for (const part of ['Y2020', 'M02', 'D03', 'H07', 'Min15']) await person.device.command(`STORE 1 -FLAGS ($SnoozedUntil-${part} \\Seen)`);
  expect(await wakeSnoozed(person.session, Date.now(), true)).toBeNull();
  expect(await subjectsIn(person.device, 'Work')).toEqual(['Two', 'Three', 'One']);
});

test('messages of several mailboxes that are snoozed as one task each come back to their own', async () => {
  const person = await newPerson('Work');
  const { session, device } = person;
  await device.append('INBOX', ['Four', 'Five'].map((subject) => ({ raw: aMessage({ subject }) })));
  const ranges = async (mailbox: string) => ({ mailbox, uidValidity: (await readWindow(session, mailbox, { newest: 1 })).uidValidity, uids: '1:9' });
  const { to, as, keywords } = person.snooze(past);
  startTask(session, { id: randomUUID(), acts: [{ type: 'move', to, as, keywords }], messages: [await ranges('INBOX'), await ranges('Work')], count: 5 });
  await vi.waitFor(async () => expect(await subjectsIn(device, 'Snoozed')).toHaveLength(5), { timeout: 10_000 });
  await wakeSnoozed(session, Date.parse(soon), false);
  await vi.waitFor(async () => expect((await subjectsIn(device, 'Work')).toSorted()).toEqual(['One', 'Three', 'Two']), { timeout: 10_000 });
  expect((await subjectsIn(device, 'INBOX')).toSorted()).toEqual(['Five', 'Four']);
});
