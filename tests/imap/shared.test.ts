import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MailChange } from '#lib/mail/change.ts';
import type { MailboxChange } from '#lib/mail/mailbox-change.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { readRights } from '#server/imap/read-rights.ts';
import { readMailboxes } from '#server/mail/read-mailboxes.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { encodeModifiedUtf7 } from '#tests/support/mail-server/modified-utf7.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { isRoot, makeFoldersOf, unprivilegedOwner } from '#tests/support/mail-server/unprivileged-owner.ts';
import { sharedConfig } from '#tests/support/mail-server/shared-config.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';
import { listenToFeed } from './listen-to-feed.ts';

let fixture: ImapFixture;
const dir = mkdtempSync(join(tmpdir(), 'pipit-shared-'));
beforeAll(async () => {
  if (isRoot()) makeFoldersOf(unprivilegedOwner(), [dir]);
  fixture = await startImapFixture(sharedConfig(dir));
});
afterAll(async () => {
  await fixture.end();
  rmSync(dir, { recursive: true, force: true });
});

test('a folder that somebody shares is live and stands below whose it is', async () => {
  const [ann, ben] = [await fixture.newPerson(), await fixture.newPerson()];
  await ann.device.create('Team');
  await ann.device.command(`SETACL Team ${ben.user} lrswipkxte`);
  const shared = `Other Users/${ann.user}/Team`;
  const { mailboxes } = await readMailboxes(ben.session);
  const of = (path: string) => mailboxes.find((mailbox) => mailbox.path === path);
  expect(of(shared)).toMatchObject({ name: 'Team', parent: `Other Users/${ann.user}`, selectable: true, role: null });
  expect(of(`Other Users/${ann.user}`)).toMatchObject({ name: ann.user, parent: 'Other Users', selectable: false });

  const feed = listenToFeed(ben.session);
  await feed.next('connection', ({ state }) => state === 'live');
  const window = await readWindow(ben.session, shared, { newest: 50 });
  expect(window.messages).toBe(0);
  // The first SET cannot know the names yet; what comes before the second is seen by the look in between.
  for (const [index, subject] of ['One', 'Two', 'Three'].entries()) {
    const began = Date.now();
    await ann.device.append('Team', [{ raw: aMessage({ subject }) }]);
    const { messages } = await feed.next('messages-arrived', ({ mailbox }) => mailbox === shared);
    expect(messages).toMatchObject([{ subject }]);
    // Nothing but the server's word comes so soon: all are looked at once a minute.
    if (index > 0) expect(Date.now() - began).toBeLessThan(10_000);
  }
  await ann.device.command('SELECT Team');
  await ann.device.command('UID STORE 2 +FLAGS.SILENT (\\Flagged)');
  await feed.next('keywords-changed', ({ mailbox }) => mailbox === shared);
});

test('what may be done in a folder that somebody shares is known beforehand, and asked of no other', async () => {
  const [ann, ben] = [await fixture.newPerson(), await fixture.newPerson()];
  // RFC 4314's d stands for t and e together.
  const folders = { 'To be read': 'lrs', 'To be tidied, größer': 'delrstw' };
  for (const [name, rights] of Object.entries(folders)) {
    await ann.device.create(name);
    await ann.device.command(`SETACL "${encodeModifiedUtf7(name)}" ${ben.user} ${rights}`);
  }
  const { mailboxes } = await readMailboxes(ben.session);
  expect(mailboxes.filter(({ isShared, selectable }) => isShared && selectable).map(({ path }) => path).sort()).toEqual(Object.keys(folders).map((name) => `Other Users/${ann.user}/${name}`));
  for (const [name, rights] of Object.entries(folders)) {
    const told = await readRights(ben.session, `Other Users/${ann.user}/${name}`);
    expect([...(told ?? '')].sort().join('')).toBe(rights);
  }
  expect(await readRights(ben.session, 'INBOX')).toMatch(/i.*$/);
  await expect(readRights(ben.session, `Other Users/${ann.user}/Nowhere`)).rejects.toMatchObject({ code: expect.stringMatching(/missing|denied/) as unknown });
});

test('what the owner does not allow is refused with permission-denied, and nothing moved', async () => {
  const [ann, ben] = [await fixture.newPerson(), await fixture.newPerson()];
  await ann.device.create('Board');
  await ann.device.append('Board', [{ raw: aMessage({ subject: 'Pinned' }) }]);
  await ann.device.command(`SETACL Board ${ben.user} lr`);
  const shared = `Other Users/${ann.user}/Board`;
  const { uidValidity, rows } = await readWindow(ben.session, shared, { newest: 50 });
  expect(rows).toMatchObject([{ subject: 'Pinned' }]);
  const pinned = [{ mailbox: shared, uidValidity, uid: 1 }];
  await ben.device.append('INBOX', [{ raw: aMessage({ subject: 'Mine' }) }]);
  const inbox = await readWindow(ben.session, 'INBOX', { newest: 50 });
  const mine = [{ mailbox: 'INBOX', uidValidity: inbox.uidValidity, uid: 1 }];
  const changes: MailChange[] = [
    { type: 'set-keyword', messages: pinned, keyword: '$seen', value: true },
    { type: 'set-keyword', messages: pinned, keyword: '$flagged', value: true },
    { type: 'move', messages: pinned, to: 'Trash' },
    { type: 'destroy', messages: pinned },
    { type: 'copy', messages: mine, to: shared },
    { type: 'move', messages: mine, to: shared },
  ];
  for (const change of changes) {
    await expect(executeChange(ben.session, change), change.type).rejects.toMatchObject({ code: 'permission-denied' });
  }
  for (const change of [
    { type: 'create', parent: shared, name: 'Below' },
    { type: 'rename', path: shared, parent: `Other Users/${ann.user}`, name: 'Taken' },
    { type: 'delete', path: shared, how: 'for-good' },
  ] satisfies MailboxChange[]) {
    await expect(executeChange(ben.session, change), change.type).rejects.toMatchObject({ code: 'permission-denied' });
  }
  await executeChange(ben.session, { type: 'copy', messages: pinned, to: 'Archive' });
  expect(await ann.device.command('STATUS Board (MESSAGES UNSEEN)')).toContain('(MESSAGES 1 UNSEEN 1)');
  expect(await ben.device.command('STATUS INBOX (MESSAGES)')).toContain('MESSAGES 1)');
  expect(await ben.device.command('STATUS Archive (MESSAGES)')).toContain('MESSAGES 1)');
});
