import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSaveDate } from '#server/imap/read-save-date.ts';
import { readUids } from '#server/imap/read-uids.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { selectMessages } from '#server/mail/storage/select-messages.ts';
import { fill } from './bulk-fixture.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';

let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture();
});
afterAll(() => fixture.end());

const { signal } = new AbortController();
const day = (offset: number) => new Date(Date.now() + offset * 864e5).toISOString().slice(0, 10);

test('since when a message is in Trash is told as the server has it, and is not when it arrived', async () => {
  const { session, device } = await fixture.newPerson();
  const arrived = new Date(Date.UTC(2021, 3, 5));
  await device.append('INBOX', [{ raw: Buffer.from('Subject: old\r\n\r\nx\r\n'), internalDate: arrived }]);
  const { counts } = await readUids(session, 'INBOX');
  const messages = [{ mailbox: 'INBOX', uidValidity: counts.uidValidity, uid: 1 }];
  const { placed } = await executeChange(session, { type: 'move', messages, to: 'Trash' });
  const there = placed[0];
  const ref = { mailbox: 'Trash', uidValidity: there?.to.uidValidity ?? 0, uid: there?.uids[0]?.[1] ?? 0 };
  const savedAt = await readSaveDate(session, ref, signal);
  await device.command('SELECT Trash');
  const told = /SAVEDATE "([^"]+)" INTERNALDATE "([^"]+)"/.exec(await device.command(`UID FETCH ${ref.uid} (SAVEDATE INTERNALDATE)`));
  expect(savedAt).toBe(new Date(told?.[1] ?? '').toISOString());
  expect(new Date(told?.[2] ?? '')).toEqual(arrived);
  await expect(readSaveDate(session, { ...ref, uidValidity: 1 }, signal)).rejects.toMatchObject({ code: 'mailbox-changed' });
});

test('Trash is cleaned up by how long things have lain there, and by their arrival where the server does not tell', async () => {
  const { session, device } = await fixture.newPerson();
  const raw = Buffer.from('Subject: old\r\n\r\nx\r\n');
  await device.append('Trash', [{ raw, internalDate: new Date(Date.UTC(2021, 3, 5)) }, { raw, internalDate: new Date(Date.UTC(2022, 3, 5)) }]);
  await fill(device, 'Trash', 3);
  const select = (savedBefore: string) => selectMessages(session, { act: 'delete', mailbox: 'Trash', savedBefore, timeZone: 'UTC' }, signal);
  // All were put there just now.
  expect(await select(day(-1))).toMatchObject({ messages: 0, by: 'saved' });
  expect(await select(day(2))).toMatchObject({ messages: 5, by: 'saved' });
  await session.search.borrow(async (client) => void client.capabilities.delete('SAVEDATE'));
  expect(await select(day(-1))).toMatchObject({ messages: 2, by: 'received' });
});
