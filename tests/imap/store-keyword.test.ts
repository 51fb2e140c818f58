import { afterAll, beforeAll, expect, test } from 'vitest';
import { storeKeyword } from '#server/imap/store-keyword.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';

let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture();
});
afterAll(() => fixture.end());

test('a keyword is stored only on messages that nothing happened to since they were seen; the others are named', async () => {
  const { session, device } = await fixture.newPerson();
  await device.append('INBOX', [1, 2, 3, 4].map(() => ({ raw: aMessage() })));
  const { uidValidity, rows } = await readWindow(session, 'INBOX', { newest: 4 });
  const known = rows.map(({ uid, modseq }) => ({ uid, modseq }));
  await device.command('SELECT INBOX');
  await device.command('STORE 2 +FLAGS (\\Answered)');
  await device.command('STORE 4 +FLAGS (\\Deleted)');
  await device.command('EXPUNGE');
  const { changes, modified } = await storeKeyword(session, 'INBOX', uidValidity, known, '$seen', true);
  expect(modified).toEqual([2]); // The fourth is gone: neither stored nor an error.
  expect(changes.map(({ uid, keywords }) => [uid, keywords])).toEqual([[1, ['$seen']], [2, ['$answered']], [3, ['$seen']]]);
});

test('every message is held against its own modseq', async () => {
  const { session, device } = await fixture.newPerson();
  await device.append('INBOX', [1, 2].map(() => ({ raw: aMessage() })));
  const { uidValidity, rows } = await readWindow(session, 'INBOX', { newest: 2 });
  const first = rows.map(({ uid, modseq }) => ({ uid, modseq }));
  const { changes: [later] } = await storeKeyword(session, 'INBOX', uidValidity, [{ uid: 1, modseq: '0' }], '$flagged', true);
  const { modified } = await storeKeyword(session, 'INBOX', uidValidity, [{ uid: 1, modseq: later?.modseq ?? '' }, first[1] ?? { uid: 2, modseq: '' }], '$flagged', false);
  expect(modified).toEqual([]);
  const again = await storeKeyword(session, 'INBOX', uidValidity, first, '$seen', true);
  expect(again.modified).toEqual([1]); // Taking a flag from the second that it did not have changed nothing.
});

test('two sessions that count in keywords by compare and set lose nothing', async () => {
  const { session, device } = await fixture.newPerson();
  await device.append('INBOX', [{ raw: aMessage() }]);
  const { uidValidity, rows } = await readWindow(session, 'INBOX', { newest: 1 });
  const modseq = rows[0]?.modseq ?? '';
  const outcomes = await Promise.all(
    ['one', 'two', 'three'].map((keyword) => storeKeyword(session, 'INBOX', uidValidity, [{ uid: 1, modseq }], keyword, true)),
  );
  expect(outcomes.filter(({ modified }) => modified.length === 0)).toHaveLength(1);
});
