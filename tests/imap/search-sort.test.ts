import { expect, test } from 'vitest';
import { closeImapSession, imapSession } from '#server/imap/sessions.ts';
import { maxSorted } from '#server/imap/sort-mailbox.ts';
import { startScriptedServer } from '#tests/support/mail-server/scripted-server.ts';
import { peopleOf } from './imap-fixture.ts';
import { runSearch } from './search-fixture.ts';

const row = (uid: number) => `* ${uid} FETCH (UID ${uid} FLAGS () INTERNALDATE "17-Jul-2026 02:44:25 +0000" RFC822.SIZE 300 ENVELOPE (NIL "Heron" NIL NIL NIL NIL NIL NIL NIL NIL) BODYSTRUCTURE ("text" "plain" NIL NIL NIL "7bit" 10 1 NIL NIL NIL NIL))`;

/** A mailbox of more than is sorted, on a server that says so and knows a few new messages in it. */
async function sorting(capabilities: string, query: string): Promise<{ answer: Awaited<ReturnType<typeof runSearch>> | { code: string }; heard: string[] }> {
  const messages = maxSorted + 5_000;
  const server = await startScriptedServer(
    (command, rest) => {
      if (command === 'LIST') return [rest.startsWith('"" ""') ? '* LIST (\\Noselect) "/" ""' : '* LIST () "/" INBOX'];
      if (command === 'STATUS') return [`* STATUS INBOX (MESSAGES ${messages} UNSEEN 0 UIDNEXT ${messages + 1} UIDVALIDITY 7)`];
      if (command === 'SELECT') return [`* ${messages} EXISTS`, '* OK [UIDVALIDITY 7] ok', `* OK [UIDNEXT ${messages + 1}] ok`];
      if (command === 'UID SEARCH') return [`* ESEARCH (TAG "x") UID ALL ${rest.includes('YOUNGER') ? '7,9,11' : `1:${messages}`}`];
      if (command === 'UID SORT') return ['* SORT 9 7 11 9 12'];
      if (command === 'UID FETCH') return [9, 7, 11].map(row);
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

test('a mailbox too large to sort says so, and nothing is asked that could take long', async () => {
  expect(await sorting('IMAP4rev1 ESEARCH SORT WITHIN', '')).toMatchObject({ answer: { code: 'too-many-to-sort' }, heard: [] });
});

test('too many results are not sorted either; within a shorter time they are, each once and no other', async () => {
  const many = await sorting('IMAP4rev1 ESEARCH SORT WITHIN', 'subject:heron');
  expect(many.answer).toMatchObject({ code: 'too-many-to-sort' });
  expect(many.heard.some((line) => line.startsWith('UID SORT'))).toBe(false);
  const few = await sorting('IMAP4rev1 ESEARCH SORT WITHIN', 'newer_than:1m');
  expect(few.heard.at(-1)).toBe('UID SORT (SUBJECT REVERSE DATE) UTF-8 UID 7,9,11');
  expect(few.answer).toMatchObject({ results: 3, uids: new Map([['INBOX', [9, 7, 11]]]) });
});

test('a server that has no SORT is said to have none', async () => {
  expect((await sorting('IMAP4rev1 ESEARCH', '')).answer).toMatchObject({ code: 'cannot-sort' });
});
