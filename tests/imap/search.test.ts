import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImapSession } from '#server/imap/sessions.ts';
import { withMailbox } from '#server/imap/with-mailbox.ts';
import { readMessage } from '#server/mail/message/read-message.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';
import { appendLetters, runSearch, someLetters } from './search-fixture.ts';
import type { Letter } from './search-fixture.ts';

let fixture: ImapFixture;
let session: ImapSession;
let device: RawImap;
const letters = someLetters(90);
beforeAll(async () => {
  fixture = await startImapFixture();
  ({ session, device } = await fixture.newPerson());
  await appendLetters(device, 'INBOX', letters);
});
afterAll(() => fixture.end());

const uidsOf = (matches: (letter: Letter, index: number) => boolean): number[] =>
  letters.flatMap((letter, index) => (matches(letter, index) ? [index + 1] : [])).reverse();
const has = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase());

/** Each operator and many together, beside what the letters themselves say. */
const truths: Record<string, (letter: Letter) => boolean> = {
  '': () => true,
  'from:ann': ({ from }) => has(from, 'ann'),
  'from:Åkesson': ({ from }) => has(from, 'Åkesson'),
  'from:花子': ({ from }) => has(from, '花子'),
  'to:hanako@tokyo.test': ({ to }) => has(to, 'hanako'),
  'cc:quote': ({ cc }) => has(cc, 'quote'),
  'subject:budget': ({ subject }) => has(subject, 'budget'),
  'subject:Größe': ({ subject }) => has(subject, 'Größe'),
  'subject:会議': ({ subject }) => has(subject, '会議'),
  'subject:"50% (final)"': ({ subject }) => has(subject, '50% (final)'),
  'subject:"back\\\\slash \\"quoted\\""': ({ subject }) => has(subject, 'back\\slash "quoted"'),
  'body:kingfisher': ({ text }) => has(text, 'kingfisher'),
  'body:"heron plan"': ({ text }) => has(text, 'heron plan'),
  übermorgen: ({ text }) => has(text, 'übermorgen'),
  花火: ({ text }) => has(text, '花火'),
  'is:unread': ({ flags }) => !flags.includes('\\Seen'),
  'is:read': ({ flags }) => flags.includes('\\Seen'),
  'is:starred': ({ flags }) => flags.includes('\\Flagged'),
  'is:unstarred': ({ flags }) => !flags.includes('\\Flagged'),
  'is:answered': ({ flags }) => flags.includes('\\Answered'),
  'is:unanswered': ({ flags }) => !flags.includes('\\Answered'),
  'label:todo': ({ flags }) => flags.includes('todo'),
  'label:"no such"': () => false,
  'label:"}{"': () => false,
  'before:2026-02-10': ({ received }) => received < new Date('2026-02-10'),
  'after:2026-02-10': ({ received }) => received >= new Date('2026-02-10'),
  'larger:2k': ({ size }) => size > 2048,
  'smaller:700': ({ size }) => size < 700,
  'list:birds.lists': ({ listId }) => listId !== null,
  'has:attachment': ({ files }) => files.length > 0,
  '-has:attachment': ({ files }) => files.length === 0,
  'filename:pdf': ({ files }) => files.some((name) => name.endsWith('.pdf')),
  'filename:Übersicht': ({ files }) => files.some((name) => has(name, 'Übersicht')),
  'in:inbox subject:plain': ({ subject }) => has(subject, 'plain'),
  '-in:inbox': () => false,
  'subject:budget -is:unread from:ann': ({ subject, flags, from }) => has(subject, 'budget') && flags.includes('\\Seen') && has(from, 'ann'),
  'from:ann OR from:björn': ({ from }) => has(from, 'ann') || has(from, 'björn'),
  'is:starred (subject:budget OR subject:会議) -cc:ann': ({ flags, subject, cc }) => flags.includes('\\Flagged') && (has(subject, 'budget') || has(subject, '会議')) && !has(cc, 'ann'),
  '-(from:ann is:unread)': ({ from, flags }) => !(has(from, 'ann') && !flags.includes('\\Seen')),
  'from:ann OR has:attachment': ({ from, files }) => has(from, 'ann') || files.length > 0,
  'filename:pdf OR -has:attachment is:unread': ({ files, flags }) => (files.some((name) => name.endsWith('.pdf')) || files.length === 0) && !flags.includes('\\Seen'),
  'has:attachment -filename:pdf after:2026-03-01': ({ files, received }) => files.length > 0 && !files.some((name) => name.endsWith('.pdf')) && received >= new Date('2026-03-01'),
};

for (const [query, matches] of Object.entries(truths)) {
  test(`"${query}" finds what it should, newest first, and counts it`, async () => {
    const expected = uidsOf(matches);
    const { uids, results } = await runSearch(session, query);
    expect(uids.get('INBOX') ?? []).toEqual(expected);
    expect(results).toBe(expected.length);
  });
}

test('ages count back from now', async () => {
  const { session: own, device: theirs } = await fixture.newPerson();
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000);
  await theirs.append('INBOX', [400, 40, 9, 2, 0].map((days) => ({ raw: aMessage(), internalDate: ago(days + 0.1) })));
  const found = async (query: string) => (await runSearch(own, query)).uids.get('INBOX') ?? [];
  expect(await found('older_than:1y')).toEqual([1]);
  expect(await found('older_than:1w')).toEqual([3, 2, 1]);
  expect(await found('newer_than:1m')).toEqual([5, 4, 3]);
  expect(await found('newer_than:3h')).toEqual([5]);
});

test('the first results come with their rows', async () => {
  const { lines } = await runSearch(session, 'subject:budget');
  const found = lines.find((line) => line.type === 'found');
  expect(found?.rows.length).toBe(30);
  expect(found?.rows.every(({ subject }) => has(subject, 'budget'))).toBe(true);
  expect(lines[0]).toMatchObject({ type: 'opened', mailbox: 'INBOX', counts: { messages: 90 } });
  expect(lines.findLast((line) => line.type === 'looked')).toMatchObject({ messages: 90, of: 90 });
});

test('what arrived since can be asked for alone', async () => {
  const { session: own, device: theirs } = await fixture.newPerson();
  await theirs.append('INBOX', [{ raw: aMessage({ subject: 'Heron' }) }, { raw: aMessage({ subject: 'Heron' }) }]);
  const search = (query: string, fromUid: number) => runSearch(own, query, { fromUid });
  expect((await search('subject:heron', 2)).uids.get('INBOX')).toEqual([2]);
  expect((await search('subject:heron', 3)).uids.size).toBe(0);
  expect((await search('-has:attachment', 2)).uids.get('INBOX')).toEqual([2]);
});

test('subfolders, all folders and named ones are searched; Trash, Spam and views of others only when asked', async () => {
  const { session: own, device: theirs } = await fixture.newPerson();
  for (const name of ['Work', 'Work/Ärger', 'Workshop']) await theirs.create(name);
  const raw = aMessage({ subject: 'Heron' });
  for (const name of ['INBOX', 'Work', 'Work/Ärger', 'Workshop', 'Trash', 'Junk', 'Archive']) await theirs.append(name, [{ raw }]);
  const places = async (query: string, request = {}) => [...(await runSearch(own, query, request)).uids.keys()].sort();
  expect(await places('subject:heron')).toEqual(['INBOX']);
  expect(await places('subject:heron', { mailbox: 'Work', scope: 'children' })).toEqual(['Work', 'Work/Ärger']);
  expect(await places('subject:heron', { scope: 'all' })).toEqual(['Archive', 'INBOX', 'Work', 'Work/Ärger', 'Workshop']);
  expect(await places('subject:heron', { scope: 'all', mailbox: 'Trash' })).toContain('Trash');
  expect(await places('subject:heron in:spam')).toEqual(['Junk']);
  expect(await places('subject:heron in:ärger')).toEqual(['Work/Ärger']);
  expect(await places('subject:heron in:work OR in:trash')).toEqual(['Trash', 'Work']);
  expect(await places('subject:heron in:anywhere')).toHaveLength(7);
  expect(await places('heron -in:archive', { scope: 'all' })).toEqual(['INBOX', 'Work', 'Work/Ärger', 'Workshop']);
  const { lines, results } = await runSearch(own, 'heron', { scope: 'all' });
  expect(results).toBe(5);
  const times = lines.flatMap((line) => (line.type === 'found' && 'times' in line.results ? line.results.times : []));
  expect(times.every((time) => Math.abs(time - Date.now() / 1000) < 600)).toBe(true);
});

test('a mailbox that is not there is said to be missing', async () => {
  await expect(runSearch(session, 'x', { mailbox: 'Nowhere' })).rejects.toMatchObject({ code: 'mailbox-missing' });
});

test('results are sorted by the server where that is asked, and are exact', async () => {
  const by = async (sort: 'date' | 'from' | 'subject' | 'size', query = '') => (await runSearch(session, query, { sort })).uids.get('INBOX') ?? [];
  const all = letters.map((_, index) => index + 1);
  const size = (uid: number) => letters[uid - 1]?.size ?? 0;
  expect(await by('date')).toEqual([...all].reverse());
  const sizes = (await by('size')).map(size);
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  expect((await by('subject', 'has:attachment')).toSorted((a, b) => b - a)).toEqual(uidsOf(({ files }) => files.length > 0));
  expect((await by('from')).slice(0, 3).map((uid) => letters[uid - 1]?.from)).toEqual(Array(3).fill('Ann Lee <ann@example.test>'));
});

test('results of several folders are sorted as those of one', async () => {
  const { session: own, device: theirs } = await fixture.newPerson();
  const places = ['INBOX', 'Work', 'Work/Ärger'];
  for (const name of places.slice(1)) await theirs.create(name);
  const shares = places.map((_, place) => letters.filter((_, index) => index % 3 === place));
  for (const [place, name] of places.entries()) await appendLetters(theirs, name, shares[place] ?? []);
  // As people read them: without "Re:", whatever the case, other scripts last.
  const names = ['Ann Lee', 'Björn Åkesson', "Quentin O'Hara", '田中 花子'];
  const titles = ['back\\slash "quoted"', 'Re: Budget 50% (final)', 'Budget for the quarter', 'Größe und Maß', 'Plain', '会議の件'];
  const latest = (a: Letter, b: Letter) => b.received.getTime() - a.received.getTime();
  const name = ({ from }: Letter) => names.findIndex((one) => from.startsWith(one));
  const orders = {
    date: latest,
    from: (a: Letter, b: Letter) => name(a) - name(b) || latest(a, b),
    subject: (a: Letter, b: Letter) => titles.indexOf(a.subject) - titles.indexOf(b.subject) || latest(a, b),
    size: (a: Letter, b: Letter) => b.size - a.size || latest(a, b),
  };
  const queries = { '': () => true, 'subject:budget': ({ subject }: Letter) => has(subject, 'budget'), 'has:attachment': ({ files }: Letter) => files.length > 0 };
  for (const [sort, compare] of Object.entries(orders)) {
    for (const [query, matches] of Object.entries(queries)) {
      const { lines, results } = await runSearch(own, query, { sort: sort as keyof typeof orders, scope: 'all' });
      const ranked = lines.flatMap((line) => {
        if (line.type !== 'found' || !('times' in line.results)) return [];
        const { listed, times } = line.results;
        return listed.map((uid, index) => ({ rank: times[index] ?? 0, letter: shares[places.indexOf(line.mailbox)]?.[uid - 1] }));
      });
      const expected = letters.filter(matches).sort(compare);
      expect(ranked.sort((a, b) => b.rank - a.rank).map(({ letter }) => letter), `${sort} "${query}"`).toEqual(expected);
      expect(results).toBe(expected.length);
      const rows = lines.flatMap((line) => (line.type === 'found' ? line.rows : []));
      expect(rows).toHaveLength(Math.min(50, expected.length));
    }
  }
});

test('several mailboxes are searched side by side on two connections, one on one', async () => {
  const { session: own, device: theirs, user } = await fixture.newPerson();
  const connections = async () => (await fixture.server.doveadm('-f', 'tab', 'who', '-1', user)).split('\n').filter((line) => line.startsWith(`${user}\t`)).length;
  for (const name of ['INBOX', 'A', 'B', 'C']) {
    if (name !== 'INBOX') await theirs.create(name);
    await theirs.append(name, [{ raw: aMessage({ subject: 'Heron' }) }]);
  }
  await runSearch(own, 'heron');
  const before = await connections();
  expect((await runSearch(own, 'heron', { scope: 'all' })).results).toBe(4);
  expect(await connections()).toBe(before + 1);
});

test('of many messages none with an attachment is missed while others go, though two connections look for them', async () => {
  const { session: own, device: theirs } = await fixture.newPerson();
  const messages = Array.from({ length: 2_400 }, (_, index) => ({ raw: Buffer.from(`Subject: ${index}\r\nContent-Type: ${index % 3 ? 'text/plain' : 'application/pdf'}\r\n\r\nx\r\n`) }));
  await theirs.append('INBOX', messages);
  await theirs.command('SELECT INBOX');
  let isDone = false;
  async function remove(): Promise<Set<number>> {
    const gone = new Set<number>();
    for (let uid = 1; uid < 2_400 && !isDone; uid += 71) {
      await theirs.command(`UID STORE ${uid} +FLAGS.SILENT (\\Deleted)`);
      await theirs.command('EXPUNGE');
      gone.add(uid);
    }
    return gone;
  }
  const removing = remove();
  const { uids, lines } = await runSearch(own, 'has:attachment');
  isDone = true;
  const gone = await removing;
  expect(gone.size).toBeGreaterThan(0);
  const expected = Array.from({ length: 800 }, (_, index) => index * 3 + 1).reverse();
  expect((uids.get('INBOX') ?? []).filter((uid) => !gone.has(uid))).toEqual(expected.filter((uid) => !gone.has(uid)));
  const told = lines.flatMap((line) => (line.type === 'found' && 'uids' in line.results ? line.results.uids.map(([first]) => first) : []));
  expect(told.length).toBe(new Set(told).size);
});

test('a message is opened while a search of another connection gets no answer', async () => {
  const { session: own, device: theirs } = await fixture.newPerson();
  await theirs.append('INBOX', [{ raw: aMessage({ subject: 'Heron' }) }]);
  const stop = new AbortController();
  const { promise: isAsked, resolve } = Promise.withResolvers<void>();
  // A step that was begun holds its connection until it is answered.
  const held = withMailbox(own.search, 'INBOX', async ({ client }) => {
    resolve();
    await new Promise((_, reject) => client.once('close', () => reject(new Error('closed'))));
  }, { signal: stop.signal, timeoutMs: 20_000 });
  const ended = expect(held).rejects.toMatchObject({ code: 'cancelled' });
  await isAsked;
  const { rows, uidValidity } = await readWindow(own, 'INBOX', { newest: 1 });
  const message = await readMessage(own, { mailbox: 'INBOX', uidValidity, uid: rows[0]?.uid ?? 0 }, { section: null, prefer: 'html' });
  expect(message.subject).toBe('Heron');
  stop.abort();
  await ended;
});
