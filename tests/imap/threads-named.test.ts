import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { closeImapSession, imapSession } from '#server/imap/sessions.ts';
import { conversationOf } from '#server/mail/conversation-of.ts';
import { readThreads } from '#server/mail/read-threads.ts';
import { endSessionFeed } from '#server/mail/feed/session-feed.ts';
import { aLetter, idOf } from '#tests/support/mail-server/a-letter.ts';
import { startCyrus } from '#tests/support/mail-server/start-cyrus.ts';
import { startScriptedServer } from '#tests/support/mail-server/scripted-server.ts';
import type { Script } from '#tests/support/mail-server/scripted-server.ts';
import { password, peopleOf } from './imap-fixture.ts';
import { threadsIn } from './threads-fixture.ts';

/** Servers that have names of their own for conversations. */
const dataDir = mkdtempSync(join(tmpdir(), 'pipit-threads-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
const all = { newest: 200_000, fromUid: null };

// https://developers.google.com/workspace/gmail/imap/imap-extensions: X-GM-THRID, of FETCH and of SEARCH.
const gmail = 'IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS ENABLE MOVE CONDSTORE ESEARCH LIST-EXTENDED LIST-STATUS SPECIAL-USE';

interface Scripted {
  uid: number;
  thread: string;
  id: string;
}

const mailboxes: Record<string, Scripted[]> = {
  INBOX: [
    { uid: 3, thread: '1278455344230334865', id: 'a' },
    { uid: 5, thread: '1266894439832287888', id: 'b' },
    { uid: 9, thread: '1278455344230334865', id: 'c' },
  ],
  '[Gmail]/All Mail': [
    { uid: 30, thread: '1278455344230334865', id: 'a' },
    { uid: 31, thread: '1266894439832287888', id: 'b' },
    { uid: 32, thread: '1278455344230334865', id: 'own' },
    { uid: 33, thread: '1278455344230334865', id: 'c' },
  ],
};

function gmailScript(): Script {
  const selected = new Map<number, Scripted[]>();
  const counts = (letters: readonly Scripted[]) => `MESSAGES ${letters.length} UNSEEN 0 UIDNEXT 100 UIDVALIDITY 7 HIGHESTMODSEQ 50`;
  const nameOf = (rest: string) => /^"?([^"(]+?)"?(?: \(.*)?$/.exec(rest)?.[1] ?? '';
  return (command, rest, connection) => {
    const letters = selected.get(connection) ?? [];
    switch (command) {
      case 'LIST':
        if (rest === '"" ""') return ['* LIST (\\Noselect) "/" ""'];
        return Object.entries(mailboxes).flatMap(([name, list]) => [
          `* LIST (\\HasNoChildren${name === 'INBOX' ? '' : ' \\All'}) "/" "${name}"`,
          `* STATUS "${name}" (${counts(list)})`,
        ]);
      case 'LSUB':
        return [];
      case 'STATUS':
        return [`* STATUS "${nameOf(rest)}" (${counts(mailboxes[nameOf(rest)] ?? [])})`];
      case 'SELECT':
      case 'EXAMINE': {
        const opened = mailboxes[nameOf(rest)] ?? [];
        selected.set(connection, opened);
        return [`* ${opened.length} EXISTS`, '* FLAGS (\\Seen)', '* OK [UIDVALIDITY 7]', '* OK [UIDNEXT 100]', '* OK [HIGHESTMODSEQ 50]', 'OK [READ-WRITE] Opened'];
      }
      case 'UID SEARCH': {
        const thread = /X-GM-THRID (\d+)/.exec(rest)?.[1];
        return [`* ESEARCH (TAG "x") UID ALL ${letters.filter((one) => one.thread === thread).map(({ uid }) => uid).join(',')}`];
      }
      case 'FETCH':
      case 'UID FETCH': {
        const [set = ''] = rest.split(' ');
        const asked = new Set(set.split(',').map(Number));
        const isWanted = ({ uid }: Scripted) => command === 'FETCH' || asked.has(uid);
        return letters.flatMap((one, index) => {
          if (!isWanted(one)) return [];
          if (!rest.includes('ENVELOPE')) return [`* ${index + 1} FETCH (X-GM-THRID ${one.thread} UID ${one.uid})`];
          const envelope = `("Tue, 1 Sep 2026 10:00:00 +0000" "Trip" NIL NIL NIL NIL NIL NIL NIL "<${one.id}@example.test>")`;
          return [`* ${index + 1} FETCH (UID ${one.uid} MODSEQ (5) FLAGS (\\Seen) INTERNALDATE "01-Sep-2026 10:00:00 +0000" RFC822.SIZE 100 ENVELOPE ${envelope} BODYSTRUCTURE ("TEXT" "PLAIN" ("CHARSET" "UTF-8") NIL NIL "7BIT" 10 1))`];
        });
      }
      default:
        return null;
    }
  };
}

test('Gmail: X-GM-THRID tells the threads, and All Mail what is not in the inbox', async () => {
  const server = await startScriptedServer(gmailScript(), { capabilities: gmail });
  peopleOf(server.port, dataDir);
  const id = `gmail-${server.port}`;
  const session = imapSession({ id, account: { host: '127.0.0.1', port: server.port, user: 'somebody' }, password, publicComputer: false });
  try {
    expect(threadsIn(await readThreads(session, 'INBOX', all))).toEqual([[3, 9]]);
    const { places } = await conversationOf(session, { mailbox: 'INBOX', uidValidity: 7, uid: 9 });
    expect(places.map(({ mailbox, rows }) => [mailbox, rows.map(({ uid }) => uid)])).toEqual([['INBOX', [3, 9]], ['[Gmail]/All Mail', [30, 32, 33]]]);
    expect(server.heard().some((line) => /THREAD REF|HEADER/.test(line))).toBe(false);
  } finally {
    endSessionFeed(id);
    await closeImapSession(id);
    await server.close();
  }
});

for (const hasThreadIds of [true, false]) {
  test(`Cyrus ${hasThreadIds ? 'with' : 'without'} its database of conversations tells the threads and finds the answer in Sent`, async () => {
    const cyrus = await startCyrus({ dataDir: join(dataDir, `cyrus-${hasThreadIds}`), password, hasThreadIds });
    const people = peopleOf(cyrus.imapPort, join(dataDir, 'pipit'));
    try {
      const { session, device } = await people.newPerson();
      await device.append('INBOX', [{ raw: aLetter('one') }, { raw: aLetter('other', [], { subject: 'Other' }) }, { raw: aLetter('three', ['one', 'two']) }]);
      await device.append('Sent', [{ raw: aLetter('two', ['one']) }]);
      await device.command('SELECT INBOX');
      const named = /THREADID \(T/.test(await device.command('FETCH 1 (THREADID)'));
      expect(named).toBe(hasThreadIds); // RFC 8474 section 5.2.
      expect(threadsIn(await readThreads(session, 'INBOX', all))).toEqual([[1, 3]]);
      const uidValidity = Number(/UIDVALIDITY (\d+)/.exec(await device.command('STATUS INBOX (UIDVALIDITY)'))?.[1]);
      const { places } = await conversationOf(session, { mailbox: 'INBOX', uidValidity, uid: 3 });
      expect(places.map(({ mailbox, rows }) => [mailbox, rows.map(({ messageId }) => messageId)])).toEqual([
        ['INBOX', [idOf('one'), idOf('three')]],
        ['Sent', [idOf('two')]],
      ]);
    } finally {
      await people.leave();
      await cyrus.stop();
    }
  });
}
