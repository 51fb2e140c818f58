import { expect, test } from 'vitest';
import { closeImapSession, imapSession } from '#server/imap/sessions.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { startScriptedServer } from '#tests/support/mail-server/scripted-server.ts';
import type { ScriptedServer } from '#tests/support/mail-server/scripted-server.ts';
import { peopleOf } from './imap-fixture.ts';
import { runSearch } from './search-fixture.ts';

const row = '* 2 FETCH (UID 2 FLAGS () INTERNALDATE "17-Jul-2026 02:44:25 +0000" RFC822.SIZE 300 ENVELOPE (NIL "Heron" NIL NIL NIL NIL NIL NIL NIL NIL) BODYSTRUCTURE ("text" "plain" NIL NIL NIL "7bit" 10 1 NIL NIL NIL NIL))';

/** A server with MULTISEARCH (RFC 7377), which none that can be installed here has. `together` is its answer. */
async function withServer(together: string[], run: (session: ImapSession, server: ScriptedServer) => Promise<void>): Promise<void> {
  const server = await startScriptedServer(
    (command, rest) => {
      if (command === 'LIST' && rest.startsWith('"" ""')) return ['* LIST (\\Noselect) "/" ""'];
      if (command === 'LIST') return ['* LIST () "/" INBOX', '* LIST () "/" "&AMQ-rger"', '* LIST () "/" Work'];
      if (command === 'STATUS') return [`* STATUS ${rest.split(' (')[0]} (MESSAGES 2 UNSEEN 0 UIDNEXT 3 UIDVALIDITY 7)`];
      if (command === 'SELECT') return ['* 2 EXISTS', '* OK [UIDVALIDITY 7] ok', '* OK [UIDNEXT 3] ok'];
      if (command === 'ESEARCH') return together;
      if (command === 'UID SEARCH') return ['* ESEARCH (TAG "x") UID ALL 2'];
      if (command === 'UID FETCH') return [row];
      return null;
    },
    { capabilities: 'IMAP4rev1 ESEARCH MULTISEARCH' },
  );
  peopleOf(server.port, '/nowhere'); // The settings that a session reads.
  const session = imapSession({ id: `together-${server.port}`, account: { host: '127.0.0.1', port: server.port, user: 'me@example.test' }, password: 'x', publicComputer: false });
  try {
    await run(session, server);
  } finally {
    await closeImapSession(session.id);
    await server.close();
  }
}

test('several mailboxes are searched by one command, and those without a match are not opened', async () => {
  await withServer(['* ESEARCH (TAG "x" MAILBOX "&AMQ-rger" UIDVALIDITY 7) UID ALL 2'], async (session, server) => {
    const { uids, results, lines } = await runSearch(session, 'subject:heron', { scope: 'all' });
    expect([...uids]).toEqual([['Ärger', [2]]]);
    expect(results).toBe(1);
    expect(server.heard().find((line) => line.startsWith('ESEARCH'))).toBe('ESEARCH IN (mailboxes ("INBOX" "&AMQ-rger" "Work")) RETURN (ALL) SUBJECT "heron"');
    expect(server.heard().filter((line) => /^(SELECT|UID SEARCH)/.test(line))).toEqual(['SELECT "&AMQ-rger"']);
    // The others are followed for what arrives in them.
    expect(lines.flatMap((line) => (line.type === 'opened' ? [line.mailbox] : [])).sort()).toEqual(['INBOX', 'Work', 'Ärger']);
  });
});

test('a server that refuses it is asked mailbox by mailbox', async () => {
  await withServer(['NO not now'], async (session) => {
    const { uids, results } = await runSearch(session, 'subject:heron', { scope: 'all' });
    expect([...uids.keys()].sort()).toEqual(['INBOX', 'Work', 'Ärger']);
    expect(results).toBe(3);
  });
});
