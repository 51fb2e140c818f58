import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { governorCounters } from '#server/imap/governor.ts';
import { closeImapSession, imapSession } from '#server/imap/sessions.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { moveMessages } from '#server/imap/move-messages.ts';
import { destroyMessages } from '#server/imap/destroy-messages.ts';
import { storeKeyword } from '#server/imap/store-keyword.ts';
import { executeMailboxChange } from '#server/mail/execute-mailbox-change.ts';
import { readMailboxes } from '#server/mail/read-mailboxes.ts';
import { readMessage } from '#server/mail/message/read-message.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { endSessionFeed } from '#server/mail/feed/session-feed.ts';
import { startScriptedServer } from '#tests/support/mail-server/scripted-server.ts';
import type { Script, ScriptedServer } from '#tests/support/mail-server/scripted-server.ts';
import { peopleOf } from './imap-fixture.ts';

/** What servers that cannot be installed here are known to say; each test names who saw it. */
const dataDir = mkdtempSync(join(tmpdir(), 'pipit-quirks-'));
const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(ending.splice(0).map((end) => end()));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function meet(
  script: Script,
  capabilities: string,
  places?: number,
): Promise<{ session: ImapSession; server: ScriptedServer }> {
  const server = await startScriptedServer(script, { capabilities, places });
  peopleOf(server.port, dataDir);
  const id = `quirk-${server.port}`;
  const account = { host: '127.0.0.1', port: server.port, user: 'somebody' };
  const session = imapSession({ id, account, password: 'kingfisher', publicComputer: false });
  ending.push(async () => {
    endSessionFeed(id);
    await closeImapSession(id);
    await server.close();
  });
  return { session, server };
}

/** A script of plain answers by command; what follows the command is for functions. */
function answers(known: Record<string, string[] | ((rest: string) => string[])>): Script {
  return (command, rest) => {
    if (command === 'LIST' && rest === '"" ""') return ['* LIST (\\Noselect) "/" ""']; // The delimiter is asked for.
    const said = known[command];
    return typeof said === 'function' ? said(rest) : (said ?? null);
  };
}

const status = (rest: string) => [
  `* STATUS ${rest.replace(/ \(.*/, '')} (MESSAGES 0 UNSEEN 0 UIDNEXT 1 UIDVALIDITY 1)`,
];

// Gmail: https://github.com/jstedfast/MailKit/issues/377. Dovecot: https://github.com/mscdex/node-imap/issues/606.
// Yahoo: https://github.com/postalsys/imapflow/issues/75. Cyrus: https://github.com/cyrusimap/cyrus-imapd, imap/imapd.c, checklimits().
const tooMany = [
  'NO [ALERT] Too many simultaneous connections. (Failure)',
  'NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=16)',
  'NO [LIMIT] LOGIN Rate limit hit.',
  'NO Too many open connections (4 of 4 for somebody)',
];
/** At the first sign-in the server answers only this, at the second it lets the person in. */
async function expectLetInAfter(refusal: string): Promise<void> {
  let attempts = 0;
  const script = answers({
    LOGIN: () => ((attempts += 1) === 1 ? [refusal] : []),
    LIST: ['* LIST () "/" INBOX'],
    LSUB: [],
    STATUS: status,
  });
  const { session } = await meet(script, 'IMAP4rev1');
  expect((await readMailboxes(session)).mailboxes.map(({ path }) => path)).toEqual(['INBOX']);
  expect(attempts).toBe(2);
}

for (const refusal of tooMany) {
  test(`"${refusal}" is no wrong password: the person waits, and is let in`, () => expectLetInAfter(refusal));
}

// A BYE in the place of the answer: https://github.com/mscdex/node-imap/issues/606 tells of one with the same words.
test('a BYE that says so in the place of an answer is no wrong password either', () =>
  expectLetInAfter('* BYE Too many connections for this user, try again later'));

// https://github.com/svarshavchik/courier, tcpd/tcpd.c: "Too many from same IP address" goes to its log, and the connection is closed.
test('Courier closes what is above MAXPERIP without a word: while others stand that is waited for', async () => {
  const script = answers({ LIST: ['* LIST () "/" INBOX'], LSUB: [], STATUS: status });
  const { session } = await meet(script, 'IMAP4rev1', 1);
  const before = governorCounters().refused;
  await session.transfers.borrow(async () => {
    const waiting = session.commands.borrow((client) => Promise.resolve(client.usable));
    await vi.waitFor(() => expect(governorCounters().refused).toBeGreaterThan(before));
    session.transfers.drop();
    expect(await waiting).toBe(true);
  });
});

// Exchange: https://github.com/lefcha/imapfilter/issues/146 and https://github.com/simonrob/email-oauth2-proxy/issues/191.
// Courier: imap/imaplogin.c, where its authentication daemon does not answer.
const notNow = [
  ['NO Server Unavailable. 15'],
  ['BAD Request is throttled. Suggested Backoff Time: 100 milliseconds'],
  ['* BYE Temporary problem, please try again later'],
];
for (const refusal of notNow) {
  test(`"${refusal[0]}" to LOGIN says nothing about the password`, async () => {
    const { session } = await meet(answers({ LOGIN: refusal }), 'IMAP4rev1');
    await expect(readMailboxes(session)).rejects.toMatchObject({ code: 'server-unavailable', retryable: true });
  });
}

// https://github.com/ljmerza/ha-email-sensor/issues/16
test('Gmail\'s "[OVERQUOTA] Account exceeded command or bandwidth limits" is no full mailbox', async () => {
  const { session } = await meet(
    answers({ LIST: ['NO [OVERQUOTA] Account exceeded command or bandwidth limits.'] }),
    'IMAP4rev1',
  );
  await expect(readMailboxes(session)).rejects.toMatchObject({ code: 'server-unavailable', retryable: true });
});

// https://github.com/Webklex/php-imap/issues/464
test('a connection that Exchange calls "authenticated but not connected" is replaced by another', async () => {
  const script: Script = (command, rest, connection) => {
    if (connection === 1 && command === 'LIST') return ['BAD User is authenticated but not connected.'];
    return answers({ LIST: ['* LIST () "/" INBOX'], LSUB: [], STATUS: status })(command, rest, connection);
  };
  const { session } = await meet(script, 'IMAP4 IMAP4rev1');
  expect((await readMailboxes(session)).mailboxes.map(({ path }) => path)).toEqual(['INBOX']);
});

const trees: Record<string, { capabilities: string; list: string[]; roles: Record<string, string | null> }> = {
  // https://github.com/kellylford/QuickMail/issues/149, https://github.com/thunderbird/thunderbird-android/issues/7704
  'iCloud, which says no special uses': {
    capabilities: 'IMAP4rev1 IDLE NAMESPACE',
    list: ['INBOX', 'Archive', '"Deleted Messages"', 'Drafts', 'Junk', 'Notes', '"Sent Messages"'].map(
      (name) => `* LIST (\\HasNoChildren) "/" ${name}`,
    ),
    roles: {
      INBOX: 'inbox',
      Archive: 'archive',
      'Deleted Messages': 'trash',
      Drafts: 'drafts',
      Junk: 'junk',
      Notes: null,
      'Sent Messages': 'sent',
    },
  },
  // https://github.com/jstedfast/MailKit/issues/274, https://github.com/jstedfast/MailKit/issues/959
  'Yahoo, whose spam is Bulk Mail': {
    capabilities: 'IMAP4rev1 ID NAMESPACE X-ID-ACLID UIDPLUS LITERAL+ XAPPLEPUSHSERVICE XYMHIGHESTMODSEQ',
    list: ['"Archive"', '"Bulk Mail"', '"Draft"', '"Inbox"', '"Sent"', '"Trash"'].map(
      (name) => `* LIST (\\HasNoChildren) "/" ${name}`,
    ),
    roles: { INBOX: 'inbox', Archive: 'archive', 'Bulk Mail': 'junk', Draft: 'drafts', Sent: 'sent', Trash: 'trash' },
  },
  // https://github.com/jstedfast/MailKit/issues/1446 (capabilities)
  'Exchange, which says no special uses': {
    capabilities: 'IMAP4 IMAP4rev1 UIDPLUS MOVE ID UNSELECT CLIENTACCESSRULES CHILDREN IDLE NAMESPACE LITERAL+',
    list: ['INBOX', 'Calendar', '"Deleted Items"', 'Drafts', '"Junk Email"', '"Sent Items"'].map(
      (name) => `* LIST (\\HasNoChildren) "/" ${name}`,
    ),
    roles: {
      INBOX: 'inbox',
      Calendar: null,
      'Deleted Items': 'trash',
      Drafts: 'drafts',
      'Junk Email': 'junk',
      'Sent Items': 'sent',
    },
  },
  // https://github.com/stalwartlabs/stalwart/issues/765
  'Stalwart, which may have a special use twice': {
    capabilities: 'IMAP4rev2 IMAP4rev1 SPECIAL-USE LIST-EXTENDED',
    list: [
      '() "/" Archive',
      '(\\Trash) "/" "Deleted Items"',
      '(\\Drafts) "/" Drafts',
      '() "/" INBOX',
      '(\\Junk) "/" "Junk Mail"',
      '(\\Sent) "/" Sent',
      '(\\Sent) "/" "Sent Items"',
      '(\\Trash) "/" Trash',
    ].map((entry) => `* LIST ${entry}`),
    roles: {
      INBOX: 'inbox',
      'Deleted Items': 'trash',
      Drafts: 'drafts',
      'Junk Mail': 'junk',
      Sent: 'sent',
      'Sent Items': null,
      Trash: null,
    },
  },
  // https://developers.google.com/workspace/gmail/imap/imap-extensions
  'Gmail, whose All Mail is no archive': {
    capabilities:
      'IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS ENABLE MOVE CONDSTORE ESEARCH LIST-EXTENDED LIST-STATUS SPECIAL-USE',
    list: [
      '(\\HasNoChildren) "/" "INBOX"',
      '(\\HasChildren \\Noselect) "/" "[Gmail]"',
      '(\\All \\HasNoChildren) "/" "[Gmail]/Alle Nachrichten"',
      '(\\HasNoChildren \\Trash) "/" "[Gmail]/Papierkorb"',
      '(\\Flagged \\HasNoChildren) "/" "[Gmail]/Markiert"',
      '(\\HasNoChildren \\Important) "/" "[Gmail]/Wichtig"',
      '(\\HasNoChildren) "/" "Rechnungen"',
    ].map((entry) => `* LIST ${entry}`),
    roles: {
      INBOX: 'inbox',
      '[Gmail]': null,
      '[Gmail]/Alle Nachrichten': 'all',
      '[Gmail]/Papierkorb': 'trash',
      '[Gmail]/Markiert': 'flagged',
      '[Gmail]/Wichtig': 'important',
      Rechnungen: null,
    },
  },
};
for (const [name, { capabilities, list, roles }] of Object.entries(trees)) {
  test(`the tree of ${name} has each role once`, async () => {
    const { session, server } = await meet(answers({ LIST: list, LSUB: [], STATUS: status }), capabilities);
    const { mailboxes } = await readMailboxes(session);
    expect(Object.fromEntries(mailboxes.map(({ path, role }) => [path, role]))).toMatchObject(roles);
    const given = mailboxes.flatMap(({ role }) => role ?? []);
    expect(new Set(given).size).toBe(given.length);
    expect(server.heard().join('\n')).not.toMatch(/STATUS "?\[Gmail\]"? /); // \Noselect has none.
  });
}

// RFC 5819 section 2, and https://github.com/jstedfast/MailKit/issues/879: a mailbox may be left out of LIST's STATUS.
test('a mailbox whose counts the list leaves out does not vanish', async () => {
  const list = [
    '* LIST () "/" INBOX',
    '* LIST () "/" Slow',
    '* STATUS INBOX (MESSAGES 1 UNSEEN 1 UIDNEXT 2 UIDVALIDITY 1)',
  ];
  const { session } = await meet(answers({ LIST: list, STATUS: status }), 'IMAP4rev1 LIST-EXTENDED LIST-STATUS');
  const { mailboxes } = await readMailboxes(session);
  expect(mailboxes.map(({ path, counts }) => [path, counts?.messages ?? null])).toEqual([
    ['INBOX', 1],
    ['Slow', null],
  ]);
});

const row = (seq: number, structure: string) =>
  `* ${seq} FETCH (UID ${seq} FLAGS () INTERNALDATE "05-Jul-2019 23:29:19 +0000" RFC822.SIZE 100 ENVELOPE ("Fri, 05 Jul 2019 17:50:33 -0400" "Number ${seq}" ((NIL NIL "ann" "example.test")) NIL NIL ((NIL NIL "undisclosed-recipients" NIL)(NIL NIL NIL NIL)) NIL NIL NIL "<${seq}@example.test>") BODYSTRUCTURE ${structure})`;
const text = '("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 6 1 NIL NIL NIL NIL)';
/** In the order of the rows: a nested message without children (MailKit/issues/1393), Gmail's empty alternative (1841), half a media type (371), a multipart that is a leaf (878). */
const structures = [
  `(${text}("message" "rfc822" ("name" "Message headers") NIL NIL "7bit" 903 (NIL "Re: Adresy" NIL NIL NIL NIL NIL NIL NIL NIL) (NIL "alternative" ("boundary" "Apple") NIL NIL NIL) 17 NIL NIL NIL NIL) "report" NIL NIL NIL NIL)`,
  `(${text}("message" "rfc822" NIL NIL NIL "7bit" 2942 (NIL "Re: MPG" NIL NIL NIL NIL NIL NIL NIL NIL) ("ALTERNATIVE") 51) "REPORT")`,
  `(${text}("X-ZIP" ("BOUNDARY" "") NIL NIL "base64" 356) "mixed" NIL NIL NIL NIL)`,
  `(${text}("multipart" "related" ("boundary" "----") NIL NIL "7BIT" 400 ("boundary" "----") NIL NIL NIL) "mixed" NIL NIL NIL NIL)`,
];

/** INBOX with these rows. The flags that stay are as given. */
function inbox(rows: string[], permanentFlags: string): Script {
  return answers({
    LIST: ['* LIST () "/" INBOX', '* LIST (\\Trash) "/" "[Gmail]/Trash"'],
    LSUB: [],
    STATUS: (rest) => [
      `* STATUS ${rest.replace(/ \(.*/, '')} (MESSAGES ${rows.length} UNSEEN 0 UIDNEXT 9 UIDVALIDITY 1)`,
    ],
    SELECT: [
      `* ${rows.length} EXISTS`,
      '* OK [UIDVALIDITY 1] Valid',
      '* OK [UIDNEXT 9] Next',
      `* OK [PERMANENTFLAGS (${permanentFlags})] Kept`,
      'OK [READ-WRITE] Done',
    ],
    FETCH: rows,
    'UID FETCH': (rest) =>
      rest.includes('BODY.PEEK[1]')
        ? [`* ${parseInt(rest)} FETCH (UID ${parseInt(rest)} BODY[1]<0> "Hello.")`]
        : rows.filter((said) => said.startsWith(`* ${parseInt(rest)} `)),
    'UID STORE': [],
    'UID MOVE': (rest) => ['* OK [COPYUID 1 2 31] Moved', `* ${parseInt(rest)} EXPUNGE`],
    'UID EXPUNGE': [],
  });
}

// https://github.com/jstedfast/MailKit/issues 371, 878, 1393, 1841; recipients: https://github.com/pimalaya/himalaya/issues/617
test('a BODYSTRUCTURE or ENVELOPE that makes no sense hides neither its message nor the others, and its text is read', async () => {
  const rows = structures.map((structure, index) => row(index + 1, structure));
  const { session } = await meet(inbox(rows, '\\Seen'), 'IMAP4rev1 UIDPLUS MOVE IDLE NAMESPACE');
  const window = await readWindow(session, 'INBOX', { newest: 50 });
  expect(window.rows.map(({ subject }) => subject)).toEqual(['Number 1', 'Number 2', 'Number 3', 'Number 4']);
  for (const { uid } of window.rows) {
    const message = await readMessage(
      session,
      { mailbox: 'INBOX', uidValidity: 1, uid },
      { prefer: 'html', section: null },
    );
    expect(message.body[0]?.content).toBe('Hello.');
  }
});

// Exchange and Proton Bridge name no "\*": https://github.com/mjl-/mox/issues/66, https://github.com/umanamente/n8n-nodes-imap/issues/23
test('a keyword where PERMANENTFLAGS allows none is refused before it is sent, a system flag is stored', async () => {
  const { session, server } = await meet(inbox([row(1, text)], '\\Deleted \\Flagged \\Seen'), 'IMAP4rev1');
  const message = [{ uid: 1, modseq: '0' }];
  await expect(storeKeyword(session, 'INBOX', 1, message, 'Work', true)).rejects.toMatchObject({
    code: 'keyword-refused',
  });
  expect(server.heard().join('\n')).not.toContain('STORE');
  await storeKeyword(session, 'INBOX', 1, message, '$flagged', true);
  expect(server.heard()).toContain('UID STORE 1 +FLAGS.SILENT (\\Flagged)');
});

// https://github.com/rgrove/larch/issues/29, https://developers.google.com/workspace/gmail/api/reference/rest/v1/ImapSettings
test('on Gmail, where EXPUNGE takes a label off, a message is destroyed in the trash', async () => {
  const { session, server } = await meet(
    inbox([row(1, text), row(2, text)], '\\Seen \\*'),
    'IMAP4rev1 X-GM-EXT-1 UIDPLUS MOVE SPECIAL-USE',
  );
  await destroyMessages(session, 'INBOX', 1, [{ uid: 2, modseq: '0' }]);
  const said = server.heard().filter((line) => /^(SELECT|UID (MOVE|EXPUNGE|STORE))/.test(line));
  expect(said).toEqual([
    'SELECT INBOX',
    'UID MOVE 2 "[Gmail]/Trash"',
    'SELECT "[Gmail]/Trash"',
    'UID STORE 31 +FLAGS.SILENT (\\Deleted)',
    'UID EXPUNGE 31',
  ]);
});

// RFC 5530 section 3, as Dovecot words it; imapflow's reader takes these words for an OK.
test('a move of messages one of which goes in that moment moves the others', async () => {
  let tries = 0;
  const gone = 'NO [EXPUNGEISSUED] Some of the requested messages no longer exist (0.001 + 0.000 secs).';
  const script: Script = (command, rest, connection) => {
    if (command === 'UID MOVE')
      return (tries += 1) === 1 ? ['* 1 EXPUNGE', gone] : ['* OK [COPYUID 1 2 31] Moved', '* 1 EXPUNGE'];
    return inbox([row(1, text), row(2, text)], '\\Seen \\*')(command, rest, connection);
  };
  const { session } = await meet(script, 'IMAP4rev1 UIDPLUS MOVE');
  const moved = await moveMessages(session, { mailbox: 'INBOX', uidValidity: 1 }, [1, 2], 'Archive', {
    again: false,
    keywords: [],
  });
  expect(moved).toMatchObject({ copied: { uids: [[2, 31]] }, gone: 1 });
  expect(tries).toBe(2);
});

// hMailServer: a dot between names, and no SPECIAL-USE, UIDPLUS, MOVE, LIST-EXTENDED: https://github.com/hmailserver/hmailserver/issues 345 and 534.
// Courier: everything below "INBOX.": RFC 2342 section 5.
for (const prefix of ['', 'INBOX.']) {
  test(`with a dot between names and the prefix "${prefix}" mailboxes have their roles, their parents, and are made where they belong`, async () => {
    const made: string[] = [];
    const names = ['Sent', 'Trash', 'Trash.Old'].map((name) => `* LIST (\\HasNoChildren) "." "${prefix}${name}"`);
    const script = answers({
      NAMESPACE: [`* NAMESPACE (("${prefix}" ".")) NIL NIL`],
      LIST: () => ['* LIST (\\HasChildren) "." "INBOX"', ...names, ...made.map((name) => `* LIST () "." ${name}`)],
      LSUB: [],
      STATUS: status,
      CREATE: (rest) => (made.push(rest), []),
      SUBSCRIBE: [],
    });
    const { session } = await meet(script, 'IMAP4 IMAP4rev1 CHILDREN IDLE QUOTA SORT ACL NAMESPACE RIGHTS=texk');
    const before = await readMailboxes(session);
    expect(before.mailboxes.find(({ role }) => role === 'trash')).toMatchObject({
      path: `${prefix}Trash`,
      parent: null,
    });
    expect(before.mailboxes.find(({ name }) => name === 'Old')).toMatchObject({ parent: `${prefix}Trash` });
    const { path } = await executeMailboxChange(session, { type: 'create', parent: null, name: 'Plans' });
    expect(path).toBe(`${prefix}Plans`);
    expect(made).toEqual([`${prefix}Plans`]);
  });
}
