import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readKnownKeywords } from '#server/imap/read-label-keywords.ts';
import { closeImapSession, imapSession } from '#server/imap/sessions.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { storeKeyword } from '#server/imap/store-keyword.ts';
import { readChanges } from '#server/mail/read-changes.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { relabel } from '#server/mail/relabel.ts';
import { endSessionFeed } from '#server/mail/feed/session-feed.ts';
import { startTask, undoTask } from '#server/mail/tasks/tasks.ts';
import { withMailbox } from '#server/imap/with-mailbox.ts';
import { toSearchProgram } from '#server/imap/search-program.ts';
import { startGmail } from '#tests/support/mail-server/gmail.ts';
import type { Gmail } from '#tests/support/mail-server/gmail.ts';
import type { ScriptedServer } from '#tests/support/mail-server/scripted-server.ts';
import { ended } from './bulk-fixture.ts';
import { peopleOf } from './imap-fixture.ts';
import { listenToFeed } from './listen-to-feed.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'pipit-gmail-'));
const ending: (() => Promise<void>)[] = [];
beforeAll(() => {
  peopleOf(1, dataDir);
});
afterEach(async () => {
  await Promise.all(ending.splice(0).map((end) => end()));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function meetGmail(): Promise<Gmail & { session: ImapSession }> {
  const gmail = await startGmail();
  const { port, close } = gmail.server;
  const id = `gmail-${port}`;
  const session = imapSession({ id, account: { host: '127.0.0.1', port, user: 'somebody' }, password: 'kingfisher', publicComputer: false });
  ending.push(async () => {
    endSessionFeed(id);
    await closeImapSession(id);
    await close();
  });
  return { ...gmail, session };
}

const said = (server: ScriptedServer, what: RegExp) => server.heard().filter((line) => what.test(line));

test("rows have Gmail's labels by their names, without Gmail's own and without keywords that would look like labels", async () => {
  const { session } = await meetGmail();
  const { rows } = await readWindow(session, 'INBOX', { newest: 50 });
  expect(rows.map(({ keywords }) => keywords)).toEqual([['$Phishing', 'Important', 'Muy_Importante'], ['$Phishing', 'foo'], ['$Phishing']]);
});

test('all labels of the account are to choose from, in any script, and others can be made', async () => {
  const { session } = await meetGmail();
  const { keywords, ...rest } = await readKnownKeywords(session, 'INBOX');
  expect(keywords.toSorted()).toEqual(['&ZeVnLIqe-', 'Important', 'Muy_Importante', 'foo']);
  expect(rest).toMatchObject({ takesNew: true, areMailboxes: true });
});

test('a label is put on and taken off by X-GM-LABELS, and read back', async () => {
  const { session, server } = await meetGmail();
  const on = await storeKeyword(session, 'INBOX', 1, [{ uid: 2, modseq: '0' }, { uid: 3, modseq: '0' }], 'Muy_Importante', true);
  expect(said(server, /^UID STORE/)).toEqual(['UID STORE 2:3 +X-GM-LABELS ("Muy Importante")']);
  expect(on).toMatchObject({ changed: [2, 3], modified: [] });
  expect(on.changes.map(({ keywords }) => keywords)).toEqual([['$Phishing', 'Muy_Importante', 'foo'], ['$Phishing', 'Muy_Importante']]);
  const off = await storeKeyword(session, 'INBOX', 1, [{ uid: 2, modseq: '0' }], 'foo', false);
  expect(said(server, /^UID STORE/).at(-1)).toBe('UID STORE 2 -X-GM-LABELS ("foo")');
  expect(off.changes[0]?.keywords).toEqual(['$Phishing', 'Muy_Importante']);
});

test('a label that there is not yet is made, whatever its script', async () => {
  const { session, server, mailboxes } = await meetGmail();
  await storeKeyword(session, 'INBOX', 1, [{ uid: 3, modseq: '0' }], '&ANw-berf&AOQ-llig', true);
  expect(said(server, /^(UID STORE|CREATE)/).map((line) => line.replaceAll('"', ''))).toEqual([
    'UID STORE 3 +X-GM-LABELS (&ANw-berf&AOQ-llig)',
    'CREATE &ANw-berf&AOQ-llig',
    'UID STORE 3 +X-GM-LABELS (&ANw-berf&AOQ-llig)',
  ]);
  expect([...mailboxes].map((name) => name.replaceAll('"', ''))).toContain('&ANw-berf&AOQ-llig');
});

test('what another device changed since keeps its labels', async () => {
  const { session, modseqs } = await meetGmail();
  modseqs.set(2, 30);
  const stored = await storeKeyword(session, 'INBOX', 1, [{ uid: 2, modseq: '6' }, { uid: 3, modseq: '7' }], 'Important', true);
  expect(stored).toMatchObject({ changed: [3], modified: [2] });
});

test('a change told by the feed has its labels', async () => {
  const { session, labels, modseqs } = await meetGmail();
  labels.get(3)?.add('foo');
  modseqs.set(3, 20);
  const { events } = await readChanges(session, 'INBOX', { uidValidity: 1, modseq: '10', uidNext: 4 });
  expect(events.find(({ type }) => type === 'keywords-changed')).toMatchObject({ changes: [{ uid: 3, modseq: '20', keywords: ['$Phishing', 'foo'] }] });
});

test('thousands are labelled as a task, and its undo takes the label only from those that had it not, and that nobody changed since', async () => {
  const { session, labels, modseqs } = await meetGmail();
  const feed = listenToFeed(session);
  await feed.next('connection', () => true);
  const messages = [{ mailbox: 'INBOX', uidValidity: 1, uids: '1:3' }];
  const task = startTask(session, { id: randomUUID(), acts: [{ type: 'set-keyword', keyword: 'foo', value: true }], messages, count: 3 });
  expect(await ended(feed, task)).toMatchObject({ state: 'done', done: 3 });
  expect([...labels.values()].every((own) => [...own].some((name) => name.replaceAll('"', '') === 'foo'))).toBe(true);
  modseqs.set(3, 90);
  expect(await ended(feed, undoTask(session, { id: randomUUID(), task: task.id }))).toMatchObject({ state: 'done', done: 1, kept: 1 });
  expect([1, 2, 3].filter((uid) => [...(labels.get(uid) ?? [])].some((name) => name.replaceAll('"', '') === 'foo'))).toEqual([2, 3]);
});

test('a label is renamed and removed as the mailbox it is', async () => {
  const { session, server } = await meetGmail();
  expect(await relabel(session, { id: randomUUID(), from: 'Muy_Importante', to: 'B&APw-ro' })).toMatchObject({ messages: 3, left: [], task: null, isMailbox: true });
  expect(said(server, /^RENAME/)[0]?.replaceAll('"', '')).toBe('RENAME Muy Importante B&APw-ro');
  expect(await relabel(session, { id: randomUUID(), from: 'foo', to: null })).toMatchObject({ isMailbox: true });
  expect(said(server, /^DELETE/)[0]?.replaceAll('"', '')).toBe('DELETE foo');
});

test('the removal of a label is taken back: its mailbox is made again, and in All Mail it is given to what had it', async () => {
  const { session, server, labels, mailboxes } = await meetGmail();
  labels.get(3)?.add('foo');
  const feed = listenToFeed(session);
  await feed.next('connection', () => true);
  const { task } = await relabel(session, { id: randomUUID(), from: 'foo', to: null });
  expect([...mailboxes]).not.toContain('foo');
  expect(said(server, /^SELECT|^EXAMINE/).some((line) => line.includes('[Gmail]/All Mail'))).toBe(true);
  const undone = await ended(feed, undoTask(session, { id: randomUUID(), task: task?.id ?? '' }));
  expect(undone).toMatchObject({ state: 'done', done: 2, canUndo: true });
  expect([1, 2, 3].filter((uid) => [...(labels.get(uid) ?? [])].some((name) => name.replaceAll('"', '') === 'foo'))).toEqual([2, 3]);
  expect([...mailboxes].map((name) => name.replaceAll('"', ''))).toContain('foo');
  // Removed again it is taken back again.
  const again = await relabel(session, { id: randomUUID(), from: 'foo', to: null });
  expect(await ended(feed, undoTask(session, { id: randomUUID(), task: again.task?.id ?? '' }))).toMatchObject({ state: 'done', done: 2, error: null, total: 2 });
});

test('a label nobody has goes without a task: making its mailbox again takes that back', async () => {
  const { session, mailboxes } = await meetGmail();
  mailboxes.add('Empty');
  expect(await relabel(session, { id: randomUUID(), from: 'Empty', to: null })).toMatchObject({ task: null, isMailbox: true });
  expect([...mailboxes]).not.toContain('Empty');
});

test('a wish about a label that is sent again, because its answer was lost, is carried out once', async () => {
  const { session, server, mailboxes } = await meetGmail();
  mailboxes.add('Empty');
  for (const [from, to, messages] of [['Muy_Importante', 'Plans', 3], ['foo', null, 1], ['Empty', null, 0]] as const) {
    const wish = { id: randomUUID(), from, to };
    const first = await relabel(session, wish);
    expect(first.isMailbox).toBe(true);
    const again = await relabel(session, wish);
    expect(again).toEqual({ ...first, messages: again.messages });
    expect([first.messages, again.messages], from).toEqual([messages, messages]);
  }
  expect(said(server, /^(RENAME|DELETE)/)).toHaveLength(3);
});

test('the list is filtered by a label with X-GM-LABELS, by its name or by what stands for it', async () => {
  const { session } = await meetGmail();
  const keys = (label: string) => withMailbox(session.commands, 'INBOX', async ({ client }) => JSON.stringify(toSearchProgram(client, { type: 'label', label }).keys));
  expect(await keys('Muy Importante')).toContain('"X-GM-LABELS"');
  expect(await keys('Muy Importante')).toContain('"Muy Importante"');
  expect(await keys('Muy_Importante')).toContain('"Muy Importante"');
  expect(await keys('\u65e5\u672c\u8a9e')).toContain('&ZeVnLIqe-');
});
