import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MailEvent } from '#lib/mail/event.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { pullDelta } from '#server/mail/feed/pull-delta.ts';
import { readMailboxes } from '#server/mail/read-mailboxes.ts';
import { readPreviews } from '#server/mail/read-previews.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';
import { parseSyncToken } from '#lib/mail/sync-token.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';

let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture();
});
afterAll(() => fixture.end());

/** Listens to a session's feed; `next` resolves with the first fact that matches, also one told before. */
function listen(session: ImapSession) {
  const told: MailEvent[] = [];
  let waiting: (() => void)[] = [];
  sessionFeed(session).subscribe({
    onFrame(frame) {
      told.push(...frame.events);
      for (const wake of waiting) wake();
      waiting = [];
    },
    onEnd() {},
  });
  async function next<T extends MailEvent['type']>(
    type: T,
    matches: (event: Extract<MailEvent, { type: T }>) => boolean = () => true,
  ): Promise<Extract<MailEvent, { type: T }>> {
    for (;;) {
      const found = told.find(
        (event): event is Extract<MailEvent, { type: T }> =>
          event.type === type && matches(event as Extract<MailEvent, { type: T }>),
      );
      if (found) {
        told.splice(0, told.indexOf(found) + 1);
        return found;
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }
  return { next, told };
}

test('a window holds the newest rows in order, with the state they were read at', async () => {
  const { session, device } = await fixture.newPerson();
  await device.append(
    'INBOX',
    Array.from({ length: 120 }, (_, i) => ({ raw: aMessage({ subject: `Größe ${i + 1}` }), flags: i < 100 ? ['\\Seen'] : [] })),
  );
  const window = await readWindow(session, 'INBOX', { newest: 50 });
  expect(window).toMatchObject({ messages: 120, unseen: 20, firstPosition: 71, uidNext: 121 });
  expect(window.rows.map(({ subject }) => subject)).toEqual(Array.from({ length: 50 }, (_, i) => `Größe ${i + 71}`));
  expect(window.rows[0]).toMatchObject({ keywords: ['$seen'], hasAttachment: false, preview: null });
  expect(parseSyncToken(window.token ?? '')?.uidValidity).toBe(window.uidValidity);
  const previews = await readPreviews(session, 'INBOX', window.uidValidity, [120]);
  expect(previews).toEqual({ 120: 'Hello.' });
});

test('an empty mailbox is an empty window, and a missing one says so', async () => {
  const { session } = await fixture.newPerson();
  expect(await readWindow(session, 'Trash', { newest: 50 })).toMatchObject({ messages: 0, rows: [] });
  await expect(readWindow(session, 'No such', { newest: 50 })).rejects.toMatchObject({ code: 'mailbox-missing' });
});

test('what another device does to the looked-at mailbox is told message by message', async () => {
  const { session, device } = await fixture.newPerson();
  await device.append('INBOX', [{ raw: aMessage() }, { raw: aMessage() }, { raw: aMessage() }]);
  const feed = listen(session);
  await feed.next('connection', ({ state }) => state === 'live');
  const window = await readWindow(session, 'INBOX', { newest: 50 });
  await device.command('SELECT INBOX');

  await device.command('STORE 2 +FLAGS (\\Seen Work)');
  const changed = await feed.next('keywords-changed');
  expect(changed.changes).toMatchObject([{ uid: 2, keywords: ['$seen', 'Work'] }]);

  await device.append('INBOX', [{ raw: aMessage({ subject: 'New' }) }]);
  const arrived = await feed.next('messages-arrived');
  expect(arrived.messages).toMatchObject([{ uid: 4, subject: 'New' }]);

  await device.command('STORE 1 +FLAGS (\\Deleted)');
  await device.command('EXPUNGE');
  expect((await feed.next('messages-gone')).uids).toEqual([[1, 1]]);
  const counts = await feed.next('mailbox-counts', (event) => event.counts.messages === 3);
  expect(counts.counts.uidValidity).toBe(window.uidValidity);
});

test('other mailboxes tell their counts, and made, renamed and deleted ones are told', async () => {
  const { session, device } = await fixture.newPerson();
  const feed = listen(session);
  await feed.next('connection', ({ state }) => state === 'live');
  await readMailboxes(session);
  await device.command('CREATE "R&AOk-sum&AOk-"');
  await feed.next('mailboxes-changed');
  await device.append('Résumé', [{ raw: aMessage() }]);
  const counts = await feed.next('mailbox-counts', ({ mailbox }) => mailbox === 'Résumé');
  expect(counts.counts).toMatchObject({ messages: 1, unseen: 1 });
  await device.command('RENAME "R&AOk-sum&AOk-" Work');
  await feed.next('mailboxes-changed');
  expect((await readMailboxes(session)).mailboxes.map(({ path }) => path)).toContain('Work');
  await device.command('DELETE Work');
  await feed.next('mailboxes-changed');
});

test('marking read twice counts once and answers the keywords', async () => {
  const { session, device } = await fixture.newPerson();
  await device.append('INBOX', [{ raw: aMessage() }, { raw: aMessage() }]);
  const { uidValidity } = await readWindow(session, 'INBOX', { newest: 50 });
  const messages = [{ mailbox: 'INBOX', uidValidity, uid: 2 }];
  for (let time = 1; time <= 2; time += 1) {
    const { events } = await executeChange(session, { type: 'set-keyword', messages, keyword: '$seen', value: true });
    expect(events[0]).toMatchObject({ type: 'keywords-changed', changes: [{ uid: 2, keywords: ['$seen'] }] });
  }
  expect(await device.command('STATUS INBOX (UNSEEN)')).toContain('UNSEEN 1');
});

test('a change to messages of another uidValidity is refused before anything is written', async () => {
  const { session, device } = await fixture.newPerson();
  await device.append('INBOX', [{ raw: aMessage() }]);
  const { uidValidity } = await readWindow(session, 'INBOX', { newest: 50 });
  const messages = [{ mailbox: 'INBOX', uidValidity: uidValidity + 1, uid: 1 }];
  const change = executeChange(session, { type: 'set-keyword', messages, keyword: '$flagged', value: true });
  await expect(change).rejects.toMatchObject({ code: 'mailbox-changed' });
  expect(await device.command('SELECT INBOX')).not.toContain('Flagged 1');
});

test('a token resumes to the exact delta, and an outdated uidValidity to a reset', async () => {
  const { session, device } = await fixture.newPerson();
  await device.append('INBOX', Array.from({ length: 10 }, () => ({ raw: aMessage() })));
  const window = await readWindow(session, 'INBOX', { newest: 50 });
  await device.command('SELECT INBOX');
  await device.command('STORE 3,7 +FLAGS (\\Flagged)');
  await device.command('STORE 5 +FLAGS (\\Deleted)');
  await device.command('EXPUNGE');
  await device.append('INBOX', [{ raw: aMessage() }]);
  const token = parseSyncToken(window.token ?? '');
  if (!token) throw new Error('no token');
  const known = { ...token, uidNext: window.uidNext };
  const { frame } = await pullDelta(session, 'INBOX', known);
  expect(frame.events.map(({ type }) => type)).toEqual([
    'messages-gone',
    'keywords-changed',
    'messages-arrived',
    'mailbox-counts',
  ]);
  expect(frame.events[0]).toMatchObject({ uids: [[5, 5]] });
  expect(frame.events[1]).toMatchObject({ changes: [{ uid: 3 }, { uid: 7 }] });
  expect(frame.events[2]).toMatchObject({ messages: [{ uid: 11 }] });
  const other = await pullDelta(session, 'INBOX', { ...known, uidValidity: known.uidValidity + 1 });
  expect(other.frame.events.map(({ type }) => type)).toEqual(['reset', 'mailbox-counts']);
});

test('the connection comes back by itself after the server was killed and tells what was missed', async () => {
  const { session, device, user } = await fixture.newPerson();
  await device.append('INBOX', [{ raw: aMessage() }]);
  const feed = listen(session);
  await feed.next('connection', ({ state }) => state === 'live');
  await readWindow(session, 'INBOX', { newest: 50 });
  await fixture.server.kill();
  await feed.next('connection', ({ state }) => state === 'reconnecting');
  await fixture.server.start();
  await fixture.server.doveadm('flags', 'add', '-u', user, '\\Flagged', 'mailbox', 'INBOX', '1');
  await feed.next('connection', ({ state }) => state === 'live');
  expect((await feed.next('keywords-changed')).changes).toMatchObject([{ uid: 1, keywords: ['$flagged'] }]);
});
