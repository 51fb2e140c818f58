import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { MailChange } from '#lib/mail/change.ts';
import { findMuted, readAnswers } from '#server/imap/find-muted.ts';
import { muteTiming } from '#server/mail/divert-muted.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { readFirstScreen } from '#server/mail/read-first-screen.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import type { MessageParts } from '#tests/support/mail-server/a-message.ts';
import { password, startImapFixture } from './imap-fixture.ts';
import type { ImapFixture, ImapPerson } from './imap-fixture.ts';
import { subjectsIn } from './subjects-in.ts';

let fixture: ImapFixture;
beforeAll(async () => {
  muteTiming.waitMs = 20_000;
  fixture = await startImapFixture();
});
afterAll(() => fixture.end());

const everybody = 'All <all@lists.test>';

/** A conversation of two, and a letter that has nothing to do with it. */
async function newPerson() {
  const person = await fixture.newPerson();
  const letters: MessageParts[] = [
    { subject: 'Plan', messageId: '<plan@a.test>', to: everybody },
    { subject: 'Re: Plan', messageId: '<re1@a.test>', inReplyTo: '<plan@a.test>', references: ['<plan@a.test>'], to: everybody },
    { subject: 'Other', messageId: '<other@a.test>', to: everybody },
  ];
  await person.device.append('INBOX', letters.map((parts) => ({ raw: aMessage(parts) })));
  const { uidValidity } = await readWindow(person.session, 'INBOX', { newest: 3 });
  const ref = (uid: number, mailbox = 'INBOX', validity = uidValidity) => ({ mailbox, uidValidity: validity, uid });
  const mute = (...uids: number[]): MailChange => ({
    type: 'move',
    messages: uids.map((uid) => ref(uid)),
    to: 'Archive',
    as: 'archive',
    keywords: [{ keyword: '$muted', value: true }],
    conversations: true,
  });
  return { ...person, ref, mute };
}

/** With somebody who looks at the inbox; answers what they were told of since. */
async function looking({ session }: ImapPerson): Promise<() => Promise<string[]>> {
  const feed = sessionFeed(session);
  const told: string[] = [];
  feed.subscribe({
    onFrame({ events }) {
      for (const event of events) if (event.type === 'messages-arrived') told.push(...event.messages.map(({ subject }) => subject));
    },
    onEnd() {},
  });
  const { token, messages, unseen, uidValidity, uidNext } = await readWindow(session, 'INBOX', { newest: 50 });
  feed.look('INBOX', { token, messages, unseen, uidValidity, uidNext });
  return async () => {
    await feed.pull('INBOX'); // As a word of the server's leads to.
    return told.splice(0);
  };
}

const deliver = ({ device }: Pick<ImapPerson, 'device'>, ...letters: MessageParts[]) =>
  device.append('INBOX', letters.map((parts) => ({ raw: aMessage({ to: everybody, ...parts }) })));

const flagsIn = async ({ device }: Pick<ImapPerson, 'device'>, mailbox: string) => {
  await device.command(`SELECT "${mailbox}"`);
  return (await device.command('FETCH 1:* FLAGS')).split('\r\n').filter((line) => line.startsWith('*'));
};

test('muting one message mutes its conversation: all of it is in the archive, unread as it was and marked for every program; undo brings all back', async () => {
  const person = await newPerson();
  const { undo } = await executeChange(person.session, person.mute(2));
  expect(await subjectsIn(person.device, 'INBOX')).toEqual(['Other']);
  expect(await subjectsIn(person.device, 'Archive')).toEqual(['Plan', 'Re: Plan']);
  for (const line of await flagsIn(person, 'Archive')) {
    expect(line).toContain('$muted');
    expect(line).not.toContain('\\Seen');
  }
  for (const change of undo) await executeChange(person.session, change);
  expect((await subjectsIn(person.device, 'INBOX')).toSorted()).toEqual(['Other', 'Plan', 'Re: Plan']);
  expect((await flagsIn(person, 'INBOX')).join()).not.toContain('$muted');
});

test('what answers a muted conversation is archived before anybody is told of it; what answers others, or answers the person alone, stays', async () => {
  const person = await newPerson();
  await executeChange(person.session, person.mute(1));
  const look = await looking(person);
  await deliver(
    person,
    { subject: 'Re: Plan again', references: ['<plan@a.test>', '<unknown@a.test>'] },
    { subject: 'Re: Other', inReplyTo: '<other@a.test>' },
    { subject: 'To you', inReplyTo: '<re1@a.test>', to: person.user },
    { subject: 'To you and others', inReplyTo: '<re1@a.test>', to: person.user, cc: everybody },
    { subject: 'Plan', messageId: '<another@a.test>' },
  );
  expect(await look()).toEqual(['Re: Other', 'To you', 'Plan']);
  expect(await subjectsIn(person.device, 'INBOX')).toEqual(['Other', 'Re: Other', 'To you', 'Plan']);
  expect(await subjectsIn(person.device, 'Archive')).toEqual(['Plan', 'Re: Plan', 'Re: Plan again', 'To you and others']);
  for (const line of await flagsIn(person, 'Archive')) {
    expect(line).toContain('$muted');
    expect(line).not.toContain('\\Seen');
  }
  // Its answer is muted in turn.
  await deliver(person, { subject: 'Re: Plan once more', inReplyTo: '<plan@a.test>' }, { subject: 'A sign' });
  expect(await look()).toEqual(['A sign']);
  expect(await subjectsIn(person.device, 'INBOX')).not.toContain('Re: Plan once more');
});

test('unmuted, wherever its messages lie, its answers stay in the inbox', async () => {
  const person = await newPerson();
  await executeChange(person.session, person.mute(1));
  const archive = await readWindow(person.session, 'Archive', { newest: 2 });
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Re: Plan by hand', inReplyTo: '<plan@a.test>' }), flags: ['$muted'] }]);
  const inbox = await readWindow(person.session, 'INBOX', { newest: 1 });
  const messages = [person.ref(inbox.rows[0]?.uid ?? 0)];
  const { undo } = await executeChange(person.session, { type: 'set-keyword', messages, keyword: '$muted', value: false, conversations: true });
  expect([...(await flagsIn(person, 'INBOX')), ...(await flagsIn(person, 'Archive'))].join()).not.toContain('$muted');
  const look = await looking(person);
  await deliver(person, { subject: 'Re: Plan again', references: ['<plan@a.test>'] });
  expect(await look()).toEqual(['Re: Plan again']);
  expect(await subjectsIn(person.device, 'INBOX')).toContain('Re: Plan again');
  // Taken back, all of it is muted again.
  for (const change of undo) await executeChange(person.session, change);
  expect(archive.rows).toHaveLength(2);
  for (const line of await flagsIn(person, 'Archive')) expect(line).toContain('$muted');
});

test('what came while nobody was signed in is archived at the next sign-in', async () => {
  const person = await newPerson();
  await executeChange(person.session, person.mute(1));
  await deliver(person, { subject: 'Re: Plan at night', inReplyTo: '<re1@a.test>' });
  const auth = { id: person.session.id, account: person.session.account, password, storageKey: Buffer.alloc(32), publicComputer: false };
  await readFirstScreen(auth, 'INBOX', false);
  await vi.waitFor(async () => expect(await subjectsIn(person.device, 'Archive')).toContain('Re: Plan at night'));
  expect(await subjectsIn(person.device, 'INBOX')).toEqual(['Other']);
});

test('hostile References reach no other command, mute nothing, and hide nothing that is meant', async () => {
  const person = await newPerson();
  await executeChange(person.session, person.mute(1));
  const hostile = [
    '<"\\) DELETED UID 1:* \\">',
    '<a@b>) NOT (KEYWORD x>',
    '<plan@a.test',
    'plan@a.test>',
    '<>',
    `<${'x'.repeat(5_000)}@a.test>`,
    '<{10}>',
    '<\u00e4\u00f6@a.test>',
    '<"quo"ted\\slash@a.test>',
  ];
  const many = Array.from({ length: 3_000 }, (_, index) => `<m${index}@a.test>`);
  await deliver(
    person,
    ...hostile.map((reference, index) => ({ subject: `Hostile ${index}`, references: [reference], inReplyTo: reference })),
    { subject: 'Part of a name', references: ['<n@a.test>'] },
    { subject: 'Many', references: many },
    { subject: 'Meant', references: ['<plan@a.test>', ...many] },
  );
  const source = { mailbox: 'INBOX', uidValidity: person.ref(1).uidValidity };
  const uids = Array.from({ length: 13 }, (_, index) => index + 3);
  for (const { names } of await readAnswers(person.session, source, uids)) {
    expect(names.length).toBeLessThanOrEqual(7);
    for (const name of names) expect(name).toMatch(/^<[!-~]{1,250}>$/);
  }
  expect([...(await findMuted(person.session, 'Archive', ['<"\\"@a.test>', '<n@a.test>', '<plan@a.test>']))]).toEqual(['<plan@a.test>']);
  const auth = { id: person.session.id, account: person.session.account, password, storageKey: Buffer.alloc(32), publicComputer: false };
  await readFirstScreen(auth, 'INBOX', true);
  await vi.waitFor(async () => expect(await subjectsIn(person.device, 'Archive')).toContain('Meant'));
  const left = await subjectsIn(person.device, 'INBOX');
  expect(left).toHaveLength(hostile.length + 3);
  expect(left).toEqual(expect.arrayContaining(['Other', 'Part of a name', 'Many', 'Hostile 0', 'Hostile 8']));
});

test('what the person brings back to the inbox stays there', async () => {
  const person = await newPerson();
  await executeChange(person.session, person.mute(1));
  const { rows } = await readWindow(person.session, 'Archive', { newest: 2 });
  const look = await looking(person);
  await person.device.command('SELECT Archive');
  await person.device.command(`UID MOVE ${rows[1]?.uid} INBOX`);
  expect(await look()).toEqual(['Re: Plan']);
  expect(await subjectsIn(person.device, 'INBOX')).toEqual(['Other', 'Re: Plan']);
});
