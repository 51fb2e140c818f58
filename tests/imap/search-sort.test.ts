import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeImapSession, imapSession } from '#server/imap/sessions.ts';
import { sortRoom } from '#server/imap/read-sort-fields.ts';
import { maxSorted } from '#server/imap/sort-mailbox.ts';
import { sortTiming } from '#server/imap/sort-time.ts';
import { startScriptedServer } from '#tests/support/mail-server/scripted-server.ts';
import { startFaultFixture } from './fault-fixture.ts';
import type { FaultFixture } from './fault-fixture.ts';
import { peopleOf } from './imap-fixture.ts';
import { runSearch } from './search-fixture.ts';

let fixture: FaultFixture;
beforeAll(async () => {
  fixture = await startFaultFixture();
});
afterAll(() => fixture.end());

const row = (uid: number) => `* ${uid} FETCH (UID ${uid} FLAGS () INTERNALDATE "17-Jul-2026 02:44:25 +0000" RFC822.SIZE 300 ENVELOPE (NIL "Heron" NIL NIL NIL NIL NIL NIL NIL NIL) BODYSTRUCTURE ("text" "plain" NIL NIL NIL "7bit" 10 1 NIL NIL NIL NIL))`;
const subjects: Record<number, string> = { 7: 'Re: b', 9: 'a', 11: 'C' };
const header = (uid: number) => `Subject: ${subjects[uid]}\r\n\r\n`;
const keysOf = (uid: number) => `* ${uid} FETCH (UID ${uid} INTERNALDATE "17-Jul-2026 02:44:25 +0000" BODY[HEADER.FIELDS (DATE SUBJECT)] {${header(uid).length}}\r\n${header(uid)})`;

type Answer = Awaited<ReturnType<typeof runSearch>> | { code: string };

/** A mailbox of so many messages, on a server that says so and knows a few new messages in it. */
async function sorting(capabilities: string, query: string, messages: number): Promise<{ answer: Answer; heard: string[] }> {
  const server = await startScriptedServer(
    (command, rest) => {
      if (command === 'LIST') return [rest.startsWith('"" ""') ? '* LIST (\\Noselect) "/" ""' : '* LIST () "/" INBOX'];
      if (command === 'STATUS') return [`* STATUS INBOX (MESSAGES ${messages} UNSEEN 0 UIDNEXT ${messages + 1} UIDVALIDITY 7)`];
      if (command === 'SELECT') return [`* ${messages} EXISTS`, '* OK [UIDVALIDITY 7] ok', `* OK [UIDNEXT ${messages + 1}] ok`];
      if (command === 'UID SEARCH') return [`* ESEARCH (TAG "x") UID ALL ${rest.includes('YOUNGER') ? '7,9,11' : `1:${messages}`}`];
      if (command === 'UID SORT') return ['* SORT 9 7 11 9 12'];
      if (command === 'UID FETCH') return [9, 7, 11].map(rest.includes('HEADER.FIELDS') ? keysOf : row);
      return null;
    },
    { capabilities },
  );
  peopleOf(server.port, '/nowhere'); // The settings that a session reads.
  const session = imapSession({ id: `sort-${server.port}`, account: { host: '127.0.0.1', port: server.port, user: 'me@example.test' }, password: 'x', publicComputer: false });
  try {
    const answer = await runSearch(session, query, { sort: 'subject' }).catch((error: unknown) => error as { code: string }); // A MailError.
    return { answer, heard: server.heard().filter((line) => /^UID (SEARCH|SORT)/.test(line)) };
  } finally {
    await closeImapSession(session.id);
    await server.close();
  }
}

const tooMany = maxSorted + 5_000;

test('a mailbox too large to sort says so, and nothing is asked that could take long', async () => {
  expect(await sorting('IMAP4rev1 ESEARCH SORT WITHIN', '', tooMany)).toMatchObject({ answer: { code: 'too-many-to-sort' }, heard: [] });
});

test('too many results are not sorted either; within a shorter time they are, each once and no other', async () => {
  const many = await sorting('IMAP4rev1 ESEARCH SORT WITHIN', 'subject:heron', tooMany);
  expect(many.answer).toMatchObject({ code: 'too-many-to-sort' });
  expect(many.heard.some((line) => line.startsWith('UID SORT'))).toBe(false);
  const few = await sorting('IMAP4rev1 ESEARCH SORT WITHIN', 'newer_than:1m', tooMany);
  expect(few.heard.at(-1)).toBe('UID SORT (SUBJECT REVERSE DATE) UTF-8 UID 7,9,11');
  expect(few.answer).toMatchObject({ results: 3, uids: new Map([['INBOX', [9, 7, 11]]]) });
});

test('a server that has ESORT alone is not asked for a part of the order: Cyrus 3.6 answers BAD', async () => {
  const { answer, heard } = await sorting('IMAP4rev1 ESEARCH ESORT SORT', '', 3_000);
  expect(heard.filter((line) => line.startsWith('UID SORT'))).toEqual(['UID SORT (SUBJECT REVERSE DATE) UTF-8 UID 1:3000']);
  expect(answer).toMatchObject({ uids: new Map([['INBOX', [9, 7, 11, 12]]]) });
});

test('where a server has no SORT fewer are sorted here, by what their headers say', async () => {
  const few = await sorting('IMAP4rev1 ESEARCH WITHIN', 'newer_than:1m', tooMany);
  expect(few.answer).toMatchObject({ results: 3, uids: new Map([['INBOX', [9, 7, 11]]]) });
  expect((await sorting('IMAP4rev1 ESEARCH', '', sortRoom().messages + 1)).answer).toMatchObject({ code: 'too-many-to-sort' });
});

test('the first screen of a long order comes before the rest, which is exact, also for what is scattered', async () => {
  const { session, device, leave } = await fixture.newPerson();
  const messages = Array.from({ length: 3_400 }, (_, index) => {
    const type = index % 2 ? 'application/pdf' : 'text/plain';
    return { raw: Buffer.from(`Subject: Number ${(index * 7919) % 3_400}\r\nContent-Type: ${type}\r\n\r\nx\r\n`), flags: index % 2 ? [] : ['\\Seen'] };
  });
  await device.append('INBOX', messages);
  await device.command('SELECT INBOX');
  const answer = await device.command('UID SORT (SUBJECT REVERSE DATE) UTF-8 ALL');
  const order = (/^\* SORT ([\d ]+)\r$/m.exec(answer)?.[1] ?? '').split(' ').map(Number);
  expect(order).toHaveLength(3_400);
  const all = await runSearch(session, '', { sort: 'subject' });
  expect(all.uids.get('INBOX')).toEqual(order);
  const found = all.lines.flatMap((line) => (line.type === 'found' ? [line] : []));
  expect(found.map(({ results, rows }) => ['rank' in results && results.rank, rows.length])).toEqual([[3_400, 50], [3_350, 0]]);
  expect(found[0]?.rows.map(({ uid }) => uid).toSorted()).toEqual(order.slice(0, 50).toSorted());
  const odd = order.filter((uid) => uid % 2 === 0);
  for (const query of ['is:unread', 'has:attachment']) {
    expect((await runSearch(session, query, { sort: 'subject' })).uids.get('INBOX')).toEqual(odd);
  }
  await leave();
});

test('a sort that takes too long is cut off with its own connection, and the next search is as quick as any', async () => {
  const { session, device, proxy, leave } = await fixture.newPerson();
  await device.append('INBOX', ['B', 'A'].map((subject) => ({ raw: Buffer.from(`Subject: ${subject}\r\n\r\n`) })));
  const { mostMs } = sortTiming;
  sortTiming.mostMs = 300;
  try {
    proxy.omitLine(/ OK Sort completed/); // Its end never comes.
    await expect(runSearch(session, '', { sort: 'subject' })).rejects.toMatchObject({ code: 'too-many-to-sort' });
  } finally {
    sortTiming.mostMs = mostMs;
  }
  expect((await runSearch(session, '', { sort: 'subject' })).uids.get('INBOX')).toEqual([2, 1]);
  await leave();
});
