import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MessageRef } from '#lib/mail/message.ts';
import { watchTiming } from '#server/imap/watch-timing.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { executeMailboxChange } from '#server/mail/execute-mailbox-change.ts';
import { readMailboxes } from '#server/mail/read-mailboxes.ts';
import { readMessage } from '#server/mail/message/read-message.ts';
import { readPreviews } from '#server/mail/read-previews.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { openClientModel } from './client-model.ts';
import type { ClientModel } from './client-model.ts';
import type { ImapPerson } from './imap-fixture.ts';
import { listenToFeed } from './listen-to-feed.ts';

/** A server to hold to what Pipit promises on any. */
export interface AnyServer {
  /** What the names of all mailboxes but INBOX begin with (RFC 2342). */
  prefix?: string;
  newPerson(): Promise<ImapPerson>;
  end(): Promise<void>;
}

/** What its extensions change, as the README's table says; all else is the same everywhere. */
export interface Costs {
  /** It has IDLE or NOTIFY. */
  isLive: boolean;
  /** CONDSTORE: what was missed comes as changes, not as a new look. */
  tellsChanges: boolean;
}

/** The same behaviours on every server: reading, changing, hearing, coming back. */
export function describeBehaviours(name: string, start: () => Promise<AnyServer>, costs: Costs): void {
  describe.concurrent(name, () => {
    let server: AnyServer;
    beforeAll(async () => {
      Object.assign(watchTiming, { pollMs: 300 });
      server = await start();
    });
    afterAll(() => server.end());
    const path = (name: string) => `${server.prefix ?? ''}${name}`;

    test('the tree has roles and counts, a window at any depth is exact, a message opens, rows have previews', async ({ onTestFinished }) => {
      const { session, device, leave } = await server.newPerson();
      onTestFinished(leave);
      const subjects = Array.from({ length: 120 }, (_, index) => `Größe ${index + 1}`);
      await device.append('INBOX', subjects.map((subject) => ({ raw: aMessage({ subject, text: `Hello from ${subject}.\n` }) })));
      await device.append(path('Archive'), [{ raw: aMessage(), flags: ['\\Seen'] }, { raw: aMessage() }]);
      const feed = listenToFeed(session);
      const { uidValidity, rows, messages, unseen } = await readWindow(session, 'INBOX', { from: 31, to: 80 });
      expect({ messages, unseen }).toEqual({ messages: 120, unseen: 120 });
      expect(rows.map(({ subject }) => subject)).toEqual(subjects.slice(30, 80));

      const { mailboxes } = await readMailboxes(session);
      const roles = Object.fromEntries(mailboxes.map(({ path, role }) => [path, role]));
      const expected = ['drafts', 'sent', 'trash', 'junk'].map((role) => [path(role.replace(/^./, (first) => first.toUpperCase())), role]);
      expect(roles).toMatchObject({ INBOX: 'inbox', ...Object.fromEntries(expected) });
      expect(mailboxes.every(({ parent }) => parent === null)).toBe(true);
      const listed = mailboxes.find((mailbox) => mailbox.path === path('Archive'))?.counts;
      // With the list, or in the background.
      const counts = listed ?? (await feed.next('mailbox-counts', ({ mailbox }) => mailbox === path('Archive'))).counts;
      expect(counts).toMatchObject({ messages: 2, unseen: 1 });
      expect((await readMailboxes(session)).mailboxes.find((mailbox) => mailbox.path === path('Archive'))?.counts).toEqual(counts);

      const uid = rows[9]?.uid ?? 0;
      expect(JSON.stringify(await readPreviews(session, 'INBOX', uidValidity, [uid]))).toContain('Hello from Größe 40.');
      const message = await readMessage(session, { mailbox: 'INBOX', uidValidity, uid }, { prefer: 'html', section: null });
      expect(message.body[0]?.content).toContain('Hello from Größe 40.');
      expect(message).toMatchObject({ subject: 'Größe 40', keywords: [] });
    });

    test('changes of both sides end equal, and what was missed comes back exactly', async ({ onTestFinished }) => {
      const { session, device, leave } = await server.newPerson();
      onTestFinished(leave);
      await device.append('INBOX', Array.from({ length: 12 }, (_, index) => ({ raw: aMessage({ subject: `${index + 1}` }) })));
      const feed = listenToFeed(session);
      const model = await openClientModel(session, 'INBOX');
      const { state } = await feed.next('connection', (event) => event.state !== 'reconnecting');
      expect(state).toBe(costs.isLive ? 'live' : 'polling');
      await device.command('SELECT INBOX');
      await device.command('STORE 3 +FLAGS (\\Seen)');
      await device.append('INBOX', [{ raw: aMessage({ subject: 'New' }) }]);
      await remove(device, '5,6');
      await model.change({ type: 'set-keyword', messages: [refTo(model, 1)], keyword: '$flagged', value: true });
      await feed.next('mailbox-counts', ({ mailbox, counts }) => mailbox === 'INBOX' && counts.messages === 11 && counts.unseen === 10);
      await settle(model);
      expect(await heldBy(model)).toEqual(await heldAt(device));
      expect(model.state().rows.get(1)?.keywords).toEqual(['$flagged']);

      await device.command('STORE 1 +FLAGS (\\Answered)'); // Moves no count.
      await feed.next('mailbox-counts', ({ mailbox }) => mailbox === 'INBOX');
      await settle(model);
      expect(model.state().rows.get(1)?.keywords.toSorted()).toEqual(['$answered', '$flagged']);

      const { token } = model.state();
      expect(token === null).toBe(!costs.tellsChanges);
      model.leave(); // The lid is closed.
      await device.append('INBOX', [{ raw: aMessage({ subject: 'Late' }) }]);
      await device.command('STORE 2 +FLAGS (\\Seen $Label1)');
      await remove(device, '3');
      await settle(model);
      expect(await heldBy(model)).toEqual(await heldAt(device));
    });

    test('unread counts of a mailbox that is not open, and mailboxes made, renamed and deleted elsewhere, are told', async ({ onTestFinished }) => {
      const { session, device, leave } = await server.newPerson();
      onTestFinished(leave);
      const feed = listenToFeed(session);
      await readWindow(session, 'INBOX', { newest: 10 });
      await readMailboxes(session);
      await feed.next('connection', (event) => event.state !== 'reconnecting');
      await device.append(path('Archive'), [{ raw: aMessage() }]);
      await feed.next('mailbox-counts', ({ mailbox, counts }) => mailbox === path('Archive') && counts.unseen === 1);
      await device.create(path('Plans'));
      await device.append(path('Plans'), [{ raw: aMessage() }]);
      await expectTree([path('Plans')], []);
      await device.command(`RENAME ${path('Plans')} ${path('Projects')}`);
      await expectTree([path('Projects')], [path('Plans')]);
      await device.command(`DELETE ${path('Projects')}`);
      await expectTree([], [path('Projects')]);

      async function expectTree(there: string[], gone: string[]): Promise<void> {
        await feed.next('mailboxes-changed');
        for (;;) {
          const paths = (await readMailboxes(session)).mailboxes.map((mailbox) => mailbox.path);
          if (there.every((one) => paths.includes(one)) && !gone.some((one) => paths.includes(one))) return;
          await feed.next('mailboxes-changed');
        }
      }
    });

    test('moved, copied and destroyed messages are where they should be, and nothing else is touched', async ({ onTestFinished }) => {
      const { session, device, leave } = await server.newPerson();
      onTestFinished(leave);
      await device.append('INBOX', ['One', 'Two', 'Three', 'Four', 'Five'].map((subject) => ({ raw: aMessage({ subject }) })));
      const model = await openClientModel(session, 'INBOX');
      await device.command('SELECT INBOX');
      await device.command('STORE 2 +FLAGS (\\Flagged)');
      const { placed } = await executeChange(session, { type: 'move', messages: [refTo(model, 2)], to: path('Archive') });
      expect(placed).toMatchObject([{ to: { mailbox: path('Archive') }, uids: [[2, 1]] }]);
      await executeChange(session, { type: 'copy', messages: [refTo(model, 3)], to: path('Archive') });
      await device.command('STORE 1 +FLAGS (\\Deleted)'); // By some other program, which has not expunged yet.
      await executeChange(session, { type: 'destroy', messages: [refTo(model, 4)] });
      await settle(model);
      expect(await heldBy(model)).toEqual(await heldAt(device));
      expect(await subjectsIn(session, 'INBOX')).toEqual(expect.arrayContaining(['One', 'Three', 'Five']));
      // Where messages that go cannot be named to the server they are only marked.
      const inbox = await readWindow(session, 'INBOX', { newest: 10 });
      expect(inbox.rows.filter(({ keywords }) => !keywords.includes('$deleted')).map(({ subject }) => subject)).toEqual(expect.not.arrayContaining(['Two', 'Four']));
      expect(await subjectsIn(session, path('Archive'))).toEqual(['Two', 'Three']);
      const { rows } = await readWindow(session, path('Archive'), { newest: 5 });
      expect(rows[0]?.keywords).toEqual(['$flagged']);
    });

    test('mailboxes are made, renamed and deleted, one with messages never as an empty one', async ({ onTestFinished }) => {
      const { session, device, leave } = await server.newPerson();
      onTestFinished(leave);
      const made = await executeMailboxChange(session, { type: 'create', parent: null, name: 'Pläne' });
      expect(made.path).toBe(path('Pläne'));
      await device.append(path('Pläne'), [{ raw: aMessage({ subject: 'Kept' }) }]);
      const emptied = executeMailboxChange(session, { type: 'delete', path: path('Pläne'), how: 'if-empty' });
      await expect(emptied).rejects.toMatchObject({ code: 'mailbox-not-empty' });
      const renamed = await executeMailboxChange(session, { type: 'rename', path: path('Pläne'), parent: path('Archive'), name: 'Entwürfe' });
      const now = renamed.mailboxes.find((mailbox) => mailbox.path === renamed.path);
      expect(now).toMatchObject({ path: `${path('Archive')}${now?.delimiter}Entwürfe`, parent: path('Archive'), name: 'Entwürfe' });
      expect(await subjectsIn(session, renamed.path ?? '')).toEqual(['Kept']);
      const deleted = await executeMailboxChange(session, { type: 'delete', path: renamed.path ?? '', how: 'for-good' });
      expect(deleted.mailboxes.map((mailbox) => mailbox.path)).not.toContain(renamed.path);
    });
  });
}

function refTo(model: ClientModel, uid: number): MessageRef {
  return { mailbox: 'INBOX', uidValidity: model.state().uidValidity, uid };
}

/** As the list does: what is suspect is read again. */
async function settle(model: ClientModel): Promise<void> {
  await model.catchUp();
  if (model.state().isStale) await model.look(1, model.state().messages);
}

async function remove(device: RawImap, seqs: string): Promise<void> {
  await device.command(`STORE ${seqs} +FLAGS (\\Deleted)`);
  await device.command('EXPUNGE');
}

async function subjectsIn(session: ImapPerson['session'], mailbox: string): Promise<string[]> {
  const { rows } = await readWindow(session, mailbox, { newest: 50 });
  return rows.map(({ subject }) => subject);
}

async function heldBy(model: ClientModel): Promise<[uid: number, isSeen: boolean, isFlagged: boolean][]> {
  const { rows, messages } = model.state();
  if (rows.size < messages) await model.look(1, messages);
  const held = [...model.state().rows.values()].map(({ uid, keywords }): [number, boolean, boolean] => [uid, keywords.includes('$seen'), keywords.includes('$flagged')]);
  return held.sort(([a], [b]) => a - b);
}

/** The same as the server tells it. */
async function heldAt(device: RawImap): Promise<[uid: number, isSeen: boolean, isFlagged: boolean][]> {
  await device.command('NOOP');
  const answer = await device.command('UID FETCH 1:* (FLAGS)');
  return [...answer.matchAll(/^\* \d+ FETCH \((.*)\)\r$/gm)]
    .map(([, items = '']): [number, boolean, boolean] => [Number(/UID (\d+)/.exec(items)?.[1] ?? 0), items.includes('\\Seen'), items.includes('\\Flagged')])
    .sort(([a], [b]) => a - b);
}
