import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MailboxChange } from '#lib/mail/mailbox-change.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { executeChanges } from '#server/mail/execute-change.ts';
import { executeMailboxChange } from '#server/mail/execute-mailbox-change.ts';
import { readMailboxes } from '#server/mail/read-mailboxes.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { quoteName } from '#tests/support/mail-server/raw-imap.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';
import { listenToFeed } from './listen-to-feed.ts';

let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture();
});
afterAll(() => fixture.end());

const create = (name: string, parent: string | null = null): MailboxChange => ({ type: 'create', parent, name });

async function paths(session: ImapSession): Promise<string[]> {
  return (await readMailboxes(session)).mailboxes.map(({ path }) => path).sort();
}

test('a mailbox is made at the top and below others, in any script, subscribed, and the second device has it', async () => {
  const { session, device } = await fixture.newPerson();
  const made = await executeMailboxChange(session, create('Projekte & Pläne'));
  expect(made.path).toBe('Projekte & Pläne');
  const below = await executeMailboxChange(session, create('日本語 🐦', 'Projekte & Pläne'));
  expect(below.path).toBe('Projekte & Pläne/日本語 🐦');
  expect(below.mailboxes.find(({ path }) => path === below.path)).toMatchObject({
    name: '日本語 🐦',
    parent: 'Projekte & Pläne',
    subscribed: true,
  });
  expect(await device.command(`LIST (SUBSCRIBED) "" ${quoteName('Projekte & Pläne/%')}`)).toContain('&ZeVnLIqe');
});

test('a name that exists, INBOX in any case, and names the server does not take are refused with their code', async () => {
  const { session } = await fixture.newPerson();
  await executeMailboxChange(session, create('Work'));
  await expect(executeMailboxChange(session, create('Work'))).rejects.toMatchObject({ code: 'mailbox-exists' });
  await expect(executeMailboxChange(session, create('inbox'))).rejects.toMatchObject({ code: 'mailbox-exists' });
  for (const name of ['..', 'a//b', 'dbox-Mails', 'ü'.repeat(255)])
    await expect(executeMailboxChange(session, create(name))).rejects.toMatchObject({ code: 'mailbox-name-refused' });
});

test('missing parents are made, and hold others only until they are made themselves', async () => {
  const { session, device } = await fixture.newPerson();
  await device.command('CREATE Far/Away/Deep');
  const { mailboxes } = await readMailboxes(session);
  expect(mailboxes.find(({ path }) => path === 'Far')).toMatchObject({ selectable: false, counts: null });
  await executeMailboxChange(session, create('Far'));
  const after = await readMailboxes(session);
  expect(after.mailboxes.find(({ path }) => path === 'Far')).toMatchObject({ selectable: true });
});

test('renaming takes along what is inside, its messages and its subscriptions, and can be taken back', async () => {
  const { session, device } = await fixture.newPerson();
  await device.create('Work');
  await device.create('Work/Clients');
  await device.append('Work/Clients', [{ raw: aMessage() }]);
  const renamed = await executeMailboxChange(session, { type: 'rename', path: 'Work', parent: 'Archive', name: 'Büro' });
  expect(renamed.path).toBe('Archive/Büro');
  const inside = renamed.mailboxes.find(({ path }) => path === 'Archive/Büro/Clients');
  expect(inside).toMatchObject({ subscribed: true, counts: { messages: 1 } });
  expect(await paths(session)).not.toContain('Work/Clients');
  if (!renamed.inverse) throw new Error('nothing takes it back');
  const back = await executeMailboxChange(session, renamed.inverse);
  expect(back.mailboxes.find(({ path }) => path === 'Work/Clients')).toMatchObject({ subscribed: true });
});

test('INBOX is neither renamed nor deleted, and a mailbox never moves into itself', async () => {
  const { session, device } = await fixture.newPerson();
  await device.create('A');
  const rename: MailboxChange = { type: 'rename', path: 'INBOX', parent: null, name: 'Old mail' };
  await expect(executeMailboxChange(session, rename)).rejects.toMatchObject({ code: 'mailbox-protected' });
  for (const how of ['for-good', 'to-trash'] as const)
    await expect(executeMailboxChange(session, { type: 'delete', path: 'INBOX', how })).rejects.toMatchObject({
      code: 'mailbox-protected',
    });
  await expect(
    executeMailboxChange(session, { type: 'rename', path: 'A', parent: 'A', name: 'B' }),
  ).rejects.toMatchObject({ code: 'invalid-input' });
});

test('deleting moves a mailbox with all that is inside into the trash, twice under two names, and out again', async () => {
  const { session, device } = await fixture.newPerson();
  await device.create('Plans/Deep');
  await device.append('Plans/Deep', [{ raw: aMessage() }]);
  const deleted = await executeMailboxChange(session, { type: 'delete', path: 'Plans', how: 'to-trash' });
  expect(deleted.path).toBe('Trash/Plans');
  await device.create('Plans');
  const second = await executeMailboxChange(session, { type: 'delete', path: 'Plans', how: 'to-trash' });
  expect(second.path).toBe('Trash/Plans 2');
  if (!deleted.inverse) throw new Error('nothing takes it back');
  const back = await executeMailboxChange(session, deleted.inverse);
  expect(back.mailboxes.find(({ path }) => path === 'Plans/Deep')).toMatchObject({ counts: { messages: 1 } });
});

test('deleting for good takes the deepest first, also parents that only hold others, and forgets subscriptions', async () => {
  const { session, device } = await fixture.newPerson();
  await device.create('Tree/Branch/Leaf');
  await device.append('Tree/Branch/Leaf', [{ raw: aMessage() }]);
  const { path, inverse } = await executeMailboxChange(session, { type: 'delete', path: 'Tree', how: 'for-good' });
  expect([path, inverse]).toEqual([null, null]);
  expect(await paths(session)).toEqual(['Archive', 'Drafts', 'INBOX', 'Junk', 'Sent', 'Trash']);
  expect(await device.command('LSUB "" "*"')).not.toContain('Tree');
});

test('what was made can be taken back only while it is empty', async () => {
  const { session, device } = await fixture.newPerson();
  const made = await executeMailboxChange(session, create('Short'));
  if (!made.inverse) throw new Error('nothing takes it back');
  await device.append('Short', [{ raw: aMessage() }]);
  await expect(executeMailboxChange(session, made.inverse)).rejects.toMatchObject({ code: 'mailbox-not-empty' });
  await device.command('SELECT Short');
  await device.command('STORE 1 +FLAGS (\\Deleted)');
  await device.command('EXPUNGE');
  expect((await executeMailboxChange(session, made.inverse)).path).toBeNull();
  await expect(executeMailboxChange(session, made.inverse)).rejects.toMatchObject({ code: 'mailbox-missing' });
});

test('subscribing and its opposite are known to the server and take each other back', async () => {
  const { session, device } = await fixture.newPerson();
  await device.create('News');
  const off = await executeMailboxChange(session, { type: 'subscribe', path: 'News', value: false });
  expect(off.mailboxes.find(({ path }) => path === 'News')).toMatchObject({ subscribed: false });
  expect(await device.command('LSUB "" "*"')).not.toContain('News');
  if (!off.inverse) throw new Error('nothing takes it back');
  const on = await executeMailboxChange(session, off.inverse);
  expect(on.mailboxes.find(({ path }) => path === 'News')).toMatchObject({ subscribed: true });
});

test('a special use given to a mailbox holds for the account, follows its renaming, and can be taken back', async () => {
  const { session, device } = await fixture.newPerson();
  await device.create('Gesendet');
  const roleOf = async (path: string) => (await readMailboxes(session)).mailboxes.find((one) => one.path === path)?.role;
  const given = await executeMailboxChange(session, { type: 'set-role', role: 'sent', path: 'Gesendet' });
  expect([await roleOf('Gesendet'), await roleOf('Sent')]).toEqual(['sent', null]);
  await executeMailboxChange(session, { type: 'rename', path: 'Gesendet', parent: null, name: 'Raus' });
  expect(await roleOf('Raus')).toBe('sent');
  expect(given.inverse).toEqual({ type: 'set-role', role: 'sent', path: 'Sent' });
  await executeMailboxChange(session, { type: 'set-role', role: 'sent', path: null });
  expect([await roleOf('Raus'), await roleOf('Sent')]).toEqual([null, 'sent']);
});

test('whoever listens to the account is told of our own change', async () => {
  const { session } = await fixture.newPerson();
  const feed = listenToFeed(session);
  await feed.next('connection', ({ state }) => state === 'live');
  await executeMailboxChange(session, create('Told'));
  await feed.next('mailboxes-changed');
});

test('a name with quotes, braces or a literal is a name, never a second command', async () => {
  const { session, device } = await fixture.newPerson();
  for (const name of ['a" "b', 'x {5+}', 'back\\slash', ') LOGOUT', '&-amp&']) {
    expect((await executeMailboxChange(session, create(name))).path).toBe(name);
    expect(await device.command(`STATUS ${quoteName(name)} (MESSAGES)`)).toContain('MESSAGES 0');
  }
});

test('a change of mailboxes sent again, for its answer was lost, is done once and answers as before', async () => {
  const { session } = await fixture.newPerson();
  const send = (change: MailboxChange, id = randomUUID()) => executeChanges(session, [{ id, again: true, change }]);
  const id = randomUUID();
  const made = await send(create('Once'), id);
  expect(made.results).toMatchObject([{ outcome: { undo: [{ type: 'delete', path: 'Once' }] } }]);
  expect(made.tree?.mailboxes.map(({ path }) => path)).toContain('Once');
  expect((await send(create('Once'), id)).results).toEqual(made.results);
  // Of another process, which knows nothing of the first.
  expect((await send(create('Once'))).results).toEqual(made.results.map((result) => ({ ...result, id: expect.any(String) as string })));
  const rename: MailboxChange = { type: 'rename', path: 'Once', parent: null, name: 'Twice' };
  expect((await send(rename)).results).toMatchObject([{ outcome: { renamed: { from: { path: 'Once' }, to: 'Twice' } } }]);
  expect((await send(rename)).results).toMatchObject([{ outcome: { renamed: { to: 'Twice' } } }]);
  const remove: MailboxChange = { type: 'delete', path: 'Twice', how: 'for-good' };
  expect((await send(remove)).results).toMatchObject([{ outcome: { renamed: { to: null } } }]);
  expect((await send(remove)).results).toMatchObject([{ outcome: { renamed: { to: null } } }]);
  const again = await executeChanges(session, [{ id: randomUUID(), again: false, change: remove }]);
  expect(again.results).toMatchObject([{ error: { code: 'mailbox-missing' } }]);
});
