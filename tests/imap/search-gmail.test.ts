import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeImapSession, imapSession } from '#server/imap/sessions.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { startScriptedServer } from '#tests/support/mail-server/scripted-server.ts';
import type { ScriptedServer } from '#tests/support/mail-server/scripted-server.ts';
import { peopleOf } from './imap-fixture.ts';
import { runSearch } from './search-fixture.ts';

/** Gmail: mailboxes are labels, "All Mail" has what all but Trash and Spam have, and SEARCH takes Gmail's own words (X-GM-EXT-1). */
const mailboxes = ['() "/" "INBOX"', '(\\Noselect) "/" "[Gmail]"', '(\\All) "/" "[Gmail]/All Mail"', '(\\Trash) "/" "[Gmail]/Trash"', '(\\Junk) "/" "[Gmail]/Spam"', '(\\Flagged) "/" "[Gmail]/Starred"', '(\\Sent) "/" "[Gmail]/Sent Mail"', '() "/" "Work"'];
let server: ScriptedServer;
let session: ImapSession;
beforeAll(async () => {
  server = await startScriptedServer(
    (command, rest) => {
      if (command === 'LIST') return rest.startsWith('"" ""') ? ['* LIST (\\Noselect) "/" ""'] : mailboxes.map((one) => `* LIST ${one}`);
      if (command === 'LSUB') return [];
      if (command === 'STATUS') return [`* STATUS ${rest.split(' (')[0]} (MESSAGES 2 UNSEEN 0 UIDNEXT 3 UIDVALIDITY 7)`];
      if (command === 'SELECT') return ['* 2 EXISTS', '* OK [UIDVALIDITY 7] ok', '* OK [UIDNEXT 3] ok'];
      if (command === 'UID SEARCH') return ['* SEARCH'];
      return null;
    },
    { capabilities: 'IMAP4rev1 SPECIAL-USE X-GM-EXT-1' },
  );
  peopleOf(server.port, '/nowhere'); // The settings that a session reads.
  session = imapSession({ id: 'gmail-search', account: { host: '127.0.0.1', port: server.port, user: 'me@example.test' }, password: 'x', publicComputer: false });
});
afterAll(async () => {
  await closeImapSession(session.id);
  await server.close();
});

/** What a search selects and asks there. */
async function asked(query: string, request: Parameters<typeof runSearch>[2] = {}): Promise<{ selected: string[]; searches: string[] }> {
  const before = server.heard().length;
  const { lines } = await runSearch(session, query, request);
  const heard = server.heard().slice(before);
  const searches = heard.filter((line) => line.startsWith('UID SEARCH')).map((line) => line.replace('UID SEARCH 1:2 ', ''));
  return { selected: lines.flatMap((line) => (line.type === 'opened' ? [line.mailbox] : [])).sort(), searches: [...new Set(searches)] };
}

test('all folders are All Mail, so that nothing is found twice; Trash and Spam only when they are asked for or open', async () => {
  expect((await asked('heron', { scope: 'all' })).selected).toEqual(['[Gmail]/All Mail']);
  expect((await asked('heron', { scope: 'all', mailbox: '[Gmail]/Trash' })).selected).toEqual(['[Gmail]/All Mail', '[Gmail]/Trash']);
  expect((await asked('heron in:anywhere')).selected).toEqual(['[Gmail]/All Mail', '[Gmail]/Spam', '[Gmail]/Trash']);
  expect((await asked('heron in:spam', { scope: 'all' })).selected).toEqual(['[Gmail]/Spam']);
  expect((await asked('heron in:work', { scope: 'all' })).selected).toEqual(['Work']);
  expect((await asked('heron')).selected).toEqual(['INBOX']);
});

test('what is not to be in a folder is asked of its label', async () => {
  expect(await asked('subject:heron -in:work -in:inbox', { scope: 'all' })).toEqual({
    selected: ['[Gmail]/All Mail'],
    searches: ['SUBJECT "heron" NOT X-GM-LABELS "work" NOT X-GM-LABELS \\Inbox'],
  });
});

test("attachments, their names and lists are asked in Gmail's own words, and nothing gets out of its quotes", async () => {
  expect((await asked('has:attachment is:unread')).searches).toEqual(['X-GM-RAW "has:attachment" UNSEEN']);
  expect((await asked('-filename:"a\\" OR in:spam"')).searches).toEqual(['NOT X-GM-RAW "filename:\\"a  OR in:spam\\""']);
  expect((await asked('list:birds')).searches).toEqual(['X-GM-RAW "list:\\"birds\\""']);
});
