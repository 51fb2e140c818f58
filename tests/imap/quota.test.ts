import { afterAll, beforeAll, expect, test } from 'vitest';
import { levelOf } from '#lib/mail/quota.ts';
import { readQuota } from '#server/imap/read-quota.ts';
import { readUids } from '#server/imap/read-uids.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';
import { listenToFeed } from './listen-to-feed.ts';

let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture('plugin {\n  quota_rule = *:bytes=1000000\n}');
});
afterAll(() => fixture.end());

const letter = (bytes: number) => ({ raw: aMessage({ subject: 'Filler', text: `${'word '.repeat(bytes / 5)}\n` }) });

test('how full the account is is told after a delivery to any mailbox and after an act, and a burst is asked for once', async () => {
  const { session, device } = await fixture.newPerson();
  const feed = listenToFeed(session);
  await feed.next('connection', ({ state }) => state === 'live');
  const told = () => feed.next('quota');
  await device.append('INBOX', [letter(100_000)]);
  const first = (await told()).quota;
  expect(first?.storage?.limit).toBe(1_000_448); // In units of 1024 octets.
  expect(first?.storage?.used).toBeGreaterThan(100_000);
  // A mailbox nobody looks at; in many pieces.
  for (let index = 0; index < 15; index += 1) await device.append('Archive', [letter(50_000)]);
  const second = await feed.next('quota', ({ quota }) => levelOf(quota) === 80);
  expect(second.quota?.storage?.used).toBeGreaterThan(800_000);
  expect(feed.told.filter(({ type }) => type === 'quota').length).toBeLessThan(4);
  const { counts } = await readUids(session, 'INBOX');
  await executeChange(session, { type: 'destroy', messages: [{ mailbox: 'INBOX', uidValidity: counts.uidValidity, uid: 1 }] });
  const third = await feed.next('quota', ({ quota }) => levelOf(quota) === 0);
  // The same that another program is told.
  const plain = /STORAGE (\d+) /.exec(await device.command('GETQUOTAROOT INBOX'))?.[1];
  expect(third.quota?.storage?.used).toBe(Number(plain) * 1024);
});

test('a server that has no quota is asked nothing, and says nothing', async () => {
  const { session } = await fixture.newPerson();
  await session.commands.borrow(async (client) => void client.capabilities.delete('QUOTA'));
  expect(await readQuota(session)).toBeNull();
});
