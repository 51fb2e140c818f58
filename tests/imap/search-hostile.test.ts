import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseSearch } from '#lib/mail/parse-search.ts';
import type { SearchLeaf, SearchTerm } from '#lib/mail/search-query.ts';
import { closeImapSession, imapSession } from '#server/imap/sessions.ts';
import { searchMessages } from '#server/mail/search/search-messages.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { startScriptedServer } from '#tests/support/mail-server/scripted-server.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';
import { runSearch } from './search-fixture.ts';

let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture();
});
afterAll(() => fixture.end());

const attack = 'x"\r\nA9 CREATE Hacked\r\nA10 LOGOUT {5+}\r\n\0';
const leaves: SearchLeaf[] = [
  { type: 'text', field: 'any', value: attack },
  { type: 'text', field: 'list', value: attack },
  { type: 'label', label: attack },
  { type: 'filename', value: attack },
  { type: 'in', mailbox: attack },
];

test('check 27: a query with line breaks is refused before anything is sent', () => {
  expect(parseSearch(attack)).toMatchObject({ ok: false, refusal: { reason: 'control-characters' } });
});

test('check 27: even past the parser no text becomes a second command on the wire', async () => {
  const { session, device } = await fixture.newPerson();
  await device.append('INBOX', [{ raw: aMessage({ subject: 'Calm' }) }]);
  for (const query of leaves as SearchTerm[]) {
    await searchMessages(session, { query, mailbox: 'INBOX', scope: 'mailbox', sort: null, fromUid: null }, () => {}, new AbortController().signal).catch(() => {});
  }
  expect(await device.command('LIST "" "*"')).not.toContain('Hacked');
  expect((await runSearch(session, 'subject:calm')).results).toBe(1);
});

const quiet = ['x" OR ALL', '"\\\\"', '{5+}', '{5}', '%*', 'a) OR (ALL', '\u{10ffff}', "';--", '\\', '"(" ")"', 'subject:{10}', 'label:\\Seen', 'label:a(b', 'ü'.repeat(900)];
for (const query of quiet) {
  test(`"${query.slice(0, 20)}" is looked for as it stands and finds nothing`, async () => {
    const { session, device } = await fixture.newPerson();
    await device.append('INBOX', [{ raw: aMessage({ subject: 'Calm', text: 'Quiet.\n', from: 'ann@example.test', to: 'me@example.test', messageId: '<1@example.test>' }) }]);
    expect((await runSearch(session, query)).results).toBe(0);
    expect((await runSearch(session, 'subject:calm')).results).toBe(1);
  });
}

test('Stop closes the search connection at once, and the server has it no longer', async () => {
  const { session, device, user } = await fixture.newPerson();
  await device.append('INBOX', [{ raw: aMessage() }]);
  const stop = new AbortController();
  const search = searchMessages(
    session,
    { query: { type: 'text', field: 'any', value: 'x' }, mailbox: 'INBOX', scope: 'mailbox', sort: null, fromUid: null },
    (line) => {
      if (line.type === 'opened') fixture.server.pause(); // Its answer never comes.
    },
    stop.signal,
  );
  search.catch(() => {});
  await expect.poll(() => session.search.isOpen()).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 50));
  stop.abort();
  await expect(search).rejects.toMatchObject({ code: 'cancelled' });
  expect(session.search.isOpen()).toBe(false);
  fixture.server.resume();
  // The device's and the commands' are left.
  await expect.poll(async () => (await fixture.server.doveadm('-f', 'tab', 'who', '-1', user)).split('\n').filter((line) => line.startsWith(`${user}\t`)).length).toBeLessThanOrEqual(2);
  expect((await runSearch(session, '')).results).toBe(1);
});

test('a server without ESEARCH, LITERAL+ or charsets is asked in its own words, and its refusal is told', async () => {
  const server = await startScriptedServer((command, rest) => {
    if (command === 'LIST') return ['* LIST () "/" INBOX'];
    if (command === 'STATUS') return ['* STATUS INBOX (MESSAGES 2 UNSEEN 0 UIDNEXT 3 UIDVALIDITY 1)'];
    if (command === 'SELECT') return ['* 2 EXISTS', '* OK [UIDVALIDITY 1] ok', '* OK [UIDNEXT 3] ok'];
    if (command === 'UID SEARCH') return rest.includes('CHARSET') ? ['NO [BADCHARSET (US-ASCII)] no'] : ['* SEARCH 2 1'];
    return null;
  });
  const session = imapSession({ id: 'scripted-search', account: { host: '127.0.0.1', port: server.port, user: 'me@example.test' }, password: 'x', publicComputer: false });
  try {
    await runSearch(session, 'from:"ann lee"').catch(() => {}); // It has no rows to give.
    expect(server.heard()).toContain('UID SEARCH 1:2 FROM "ann lee"');
    await expect(runSearch(session, 'subject:Größe')).rejects.toMatchObject({ code: 'search-refused' });
  } finally {
    await closeImapSession(session.id);
    await server.close();
  }
});
