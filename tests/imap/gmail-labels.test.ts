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
import { endSessionFeed } from '#server/mail/session-feed.ts';
import { startTask, undoTask } from '#server/mail/tasks/tasks.ts';
import { withMailbox } from '#server/imap/with-mailbox.ts';
import { toSearchProgram } from '#server/imap/search-program.ts';
import { startScriptedServer } from '#tests/support/mail-server/scripted-server.ts';
import type { Script, ScriptedServer } from '#tests/support/mail-server/scripted-server.ts';
import { ended } from './bulk-fixture.ts';
import { peopleOf } from './imap-fixture.ts';
import { listenToFeed } from './listen-to-feed.ts';

/**
 * Gmail as https://developers.google.com/workspace/gmail/imap/imap-extensions describes it: "Gmail treats labels as folders for the purposes
 * of IMAP", FETCH has X-GM-LABELS ("a list of ASTRINGs", Gmail's own with a backslash), STORE adds them by +X-GM-LABELS, SEARCH
 * knows X-GM-LABELS. The first rows are that page's example: `* 1 FETCH (X-GM-LABELS (\Inbox \Sent Important "Muy Importante"))`.
 */
const capabilities = 'IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS ENABLE MOVE CONDSTORE ESEARCH LIST-EXTENDED LIST-STATUS SPECIAL-USE';
const dataDir = mkdtempSync(join(tmpdir(), 'pipit-gmail-'));
const ending: (() => Promise<void>)[] = [];
beforeAll(() => {
  peopleOf(1, dataDir);
});
afterEach(async () => {
  await Promise.all(ending.splice(0).map((end) => end()));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

interface Gmail {
  session: ImapSession;
  server: ScriptedServer;
  /** Labels of each message, as they travel. */
  labels: Map<number, Set<string>>;
  modseqs: Map<number, number>;
  mailboxes: Set<string>;
}

/** A small Gmail with three messages in the inbox. */
async function meetGmail(): Promise<Gmail> {
  const labels = new Map([
    [1, new Set(['\\Inbox', '\\Sent', 'Important', '"Muy Importante"'])],
    [2, new Set(['foo'])],
    [3, new Set<string>()],
  ]);
  const modseqs = new Map([[1, 5], [2, 6], [3, 7]]);
  const mailboxes = new Set(['foo', '"Muy Importante"', 'Important', '"&ZeVnLIqe-"']);
  const selected = new Map<number, string>();
  const highest = () => Math.max(...modseqs.values());
  const wanted = (set: string) => [...labels.keys()].filter((uid) => set === '1:*' || set.split(',').some((piece) => { const [a, b = a] = piece.split(':').map(Number); return uid >= (a ?? 0) && uid <= (b ?? 0); }));
  const row = (uid: number, items: string) => {
    const parts = [`UID ${uid}`];
    if (items.includes('FLAGS')) parts.push('FLAGS ($Phishing Legacy)');
    if (items.includes('X-GM-LABELS')) parts.push(`X-GM-LABELS (${[...(labels.get(uid) ?? [])].join(' ')})`);
    if (items.includes('MODSEQ')) parts.push(`MODSEQ (${modseqs.get(uid)})`);
    if (items.includes('INTERNALDATE')) parts.push('INTERNALDATE "05-Jul-2019 23:29:19 +0000" RFC822.SIZE 100');
    if (items.includes('ENVELOPE')) parts.push(`ENVELOPE ("Fri, 05 Jul 2019 17:50:33 -0400" "Number ${uid}" ((NIL NIL "ann" "example.test")) NIL NIL NIL NIL NIL NIL "<${uid}@example.test>")`);
    if (items.includes('BODYSTRUCTURE')) parts.push('BODYSTRUCTURE ("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 6 1 NIL NIL NIL NIL)');
    return `* ${uid} FETCH (${parts.join(' ')})`;
  };
  const has = (uid: number, name: string) => [...(labels.get(uid) ?? [])].some((label) => label.replaceAll('"', '') === name.replaceAll('"', ''));
  const status = (name: string) => `* STATUS ${name} (MESSAGES 3 UNSEEN 3 UIDNEXT 4 UIDVALIDITY 1 HIGHESTMODSEQ ${highest()})`;
  const script: Script = (command, rest, connection) => {
    switch (command) {
      case 'ENABLE':
        return ['* ENABLED CONDSTORE'];
      case 'LIST':
        if (rest === '"" ""') return ['* LIST (\\Noselect) "/" ""'];
        return ['(\\HasNoChildren) "/" "INBOX"', '(\\HasChildren \\Noselect) "/" "[Gmail]"', '(\\All \\HasNoChildren) "/" "[Gmail]/All Mail"', '(\\HasNoChildren \\Trash) "/" "[Gmail]/Trash"', ...[...mailboxes].map((name) => `(\\HasNoChildren) "/" ${name}`)].map((entry) => `* LIST ${entry}`);
      case 'LSUB':
        return [];
      case 'STATUS':
        return [status(rest.replace(/ \([^(]*\)$/, ''))];
      case 'SELECT':
      case 'EXAMINE':
        selected.set(connection, rest);
        return ['* 3 EXISTS', '* OK [UIDVALIDITY 1] Valid', '* OK [UIDNEXT 4] Next', `* OK [HIGHESTMODSEQ ${highest()}] Highest`, '* FLAGS (\\Seen $Phishing Legacy)', '* OK [PERMANENTFLAGS (\\Seen \\*)] Kept', 'OK [READ-WRITE] Done'];
      case 'FETCH':
      case 'UID FETCH': {
        const [set = '', ...items] = rest.split(' ');
        const since = Number(/CHANGEDSINCE (\d+)/.exec(rest)?.[1] ?? 0);
        return wanted(set).filter((uid) => (modseqs.get(uid) ?? 0) > since).map((uid) => row(uid, items.join(' ')));
      }
      case 'UID SEARCH': {
        const set = /UID ([\d:,*]+)/.exec(rest)?.[1] ?? '1:*';
        const [, not, label] = /(NOT )?X-GM-LABELS ("[^"]*"|\S+)/.exec(rest) ?? [];
        const modseq = Number(/MODSEQ (\d+)/.exec(rest)?.[1] ?? 0);
        const found = selected.get(connection)?.includes('Trash') ? [] : wanted(set).filter((uid) => (label === undefined || has(uid, label) === (not === undefined)) && (modseqs.get(uid) ?? 0) >= modseq);
        return [`* ESEARCH UID${found.length ? ` ALL ${found.join(',')}` : ''}`];
      }
      case 'UID STORE': {
        const [set = '', operation = '', ...list] = rest.split(' ');
        if (!operation.includes('X-GM-LABELS')) return ['BAD Only labels are stored here'];
        const name = list.join(' ').slice(1, -1);
        if (operation.startsWith('+') && ![...mailboxes].some((one) => one.replaceAll('"', '') === name.replaceAll('"', ''))) return ['NO [NONEXISTENT] Unknown label'];
        const next = highest() + 1;
        for (const uid of wanted(set)) {
          const own = labels.get(uid) ?? new Set();
          if (operation.startsWith('+')) own.add(name);
          else for (const label of own) if (label.replaceAll('"', '') === name.replaceAll('"', '')) own.delete(label);
          modseqs.set(uid, next);
        }
        return wanted(set).map((uid) => row(uid, 'X-GM-LABELS'));
      }
      case 'CREATE':
        mailboxes.add(rest);
        return [];
      case 'DELETE':
        for (const name of [...mailboxes]) if (name.replaceAll('"', '') === rest.replaceAll('"', '')) mailboxes.delete(name);
        for (const own of labels.values()) for (const label of own) if (label.replaceAll('"', '') === rest.replaceAll('"', '')) own.delete(label);
        return [];
      case 'RENAME':
      case 'SUBSCRIBE':
      case 'UNSUBSCRIBE':
        return [];
      default:
        return null;
    }
  };
  const server = await startScriptedServer(script, { capabilities });
  const id = `gmail-${server.port}`;
  const session = imapSession({ id, account: { host: '127.0.0.1', port: server.port, user: 'somebody' }, password: 'kingfisher', publicComputer: false });
  ending.push(async () => {
    endSessionFeed(id);
    await closeImapSession(id);
    await server.close();
  });
  return { session, server, labels, modseqs, mailboxes };
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
  expect(await relabel(session, 'Muy_Importante', 'B&APw-ro')).toMatchObject({ messages: 3, left: [], task: null, isMailbox: true });
  expect(said(server, /^RENAME/)[0]?.replaceAll('"', '')).toBe('RENAME Muy Importante B&APw-ro');
  expect(await relabel(session, 'foo', null)).toMatchObject({ isMailbox: true });
  expect(said(server, /^DELETE/)[0]?.replaceAll('"', '')).toBe('DELETE foo');
});

test('the removal of a label is taken back: its mailbox is made again, and in All Mail it is given to what had it', async () => {
  const { session, server, labels, mailboxes } = await meetGmail();
  labels.get(3)?.add('foo');
  const feed = listenToFeed(session);
  await feed.next('connection', () => true);
  const { task } = await relabel(session, 'foo', null);
  expect([...mailboxes]).not.toContain('foo');
  expect(said(server, /^SELECT|^EXAMINE/).some((line) => line.includes('[Gmail]/All Mail'))).toBe(true);
  const undone = await ended(feed, undoTask(session, { id: randomUUID(), task: task ?? '' }));
  expect(undone).toMatchObject({ state: 'done', done: 2, canUndo: true });
  expect([1, 2, 3].filter((uid) => [...(labels.get(uid) ?? [])].some((name) => name.replaceAll('"', '') === 'foo'))).toEqual([2, 3]);
  expect([...mailboxes].map((name) => name.replaceAll('"', ''))).toContain('foo');
  // Removed again it is taken back again.
  const again = await relabel(session, 'foo', null);
  expect(await ended(feed, undoTask(session, { id: randomUUID(), task: again.task ?? '' }))).toMatchObject({ state: 'done', done: 2, error: null, total: 2 });
});

test('a label nobody has goes without a task: making its mailbox again takes that back', async () => {
  const { session, mailboxes } = await meetGmail();
  mailboxes.add('Empty');
  expect(await relabel(session, 'Empty', null)).toMatchObject({ task: null, isMailbox: true });
  expect([...mailboxes]).not.toContain('Empty');
});

test('the list is filtered by a label with X-GM-LABELS, by its name or by what stands for it', async () => {
  const { session } = await meetGmail();
  const keys = (label: string) => withMailbox(session.commands, 'INBOX', async ({ client }) => JSON.stringify(toSearchProgram(client, { type: 'label', label }).keys));
  expect(await keys('Muy Importante')).toContain('"X-GM-LABELS"');
  expect(await keys('Muy Importante')).toContain('"Muy Importante"');
  expect(await keys('Muy_Importante')).toContain('"Muy Importante"');
  expect(await keys('\u65e5\u672c\u8a9e')).toContain('&ZeVnLIqe-');
});
