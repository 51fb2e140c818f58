import { ImapFlow } from 'imapflow';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { answerOfRefusal, atom, defaultUntagged, execCommand, listOf, mailboxNameOf, onResponseCode, onUntagged, quoted, refusePreauth, responseCodeOf, sequence, textOf } from '#server/imap/protocol.ts';
import type { Untagged } from '#server/imap/protocol.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { startScriptedServer } from '#tests/support/mail-server/scripted-server.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';

/** What server/imap/protocol.ts takes for granted of the pinned imapflow's internals: an upgrade that changes it fails here. */
let fixture: ImapFixture;
const clients: ImapFlow[] = [];
beforeAll(async () => {
  fixture = await startImapFixture();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => fixture.end());

function newClient(port: number, user: string): ImapFlow {
  const client = new ImapFlow({
    host: '127.0.0.1', port, secure: false, auth: { user, pass: 'kingfisher' }, logger: false, qresync: true, disableAutoIdle: true,
  });
  client.on('error', () => {});
  clients.push(client);
  return client;
}

/** Signed in, with three messages in INBOX, selected. */
async function connected() {
  const { device, user } = await fixture.newPerson();
  await device.append('INBOX', ['One', 'Two', 'Three'].map((subject) => ({ raw: aMessage({ subject }) })));
  const client = newClient(fixture.server.imapPort, user);
  await client.connect();
  await client.mailboxOpen('INBOX');
  return { client, device };
}

test('a command of our own is sent as it stands and gives its untagged responses and the tagged one', async () => {
  const { client } = await connected();
  const rows: (string | null)[] = [];
  const answer = await execCommand(client, 'UID FETCH', [sequence('1:*'), [atom('UID'), atom('FLAGS')]], {
    FETCH: (untagged) => void rows.push(textOf(listOf(untagged.attributes?.[1])[1])),
  });
  expect(rows).toEqual(['1', '2', '3']);
  expect(answer.command).toBe('OK');
  expect((await client.fetchOne('1', { uid: true })) && client.usable).toBe(true); // The parser is not left parked.
});

test('quoted strings, atoms and nested lists travel as what they are', async () => {
  const { client } = await connected();
  const found: (string | null)[] = [];
  const command = [quoted(''), [quoted('INB*')], atom('RETURN'), [atom('STATUS'), [atom('MESSAGES')]]];
  await execCommand(client, 'LIST', command, {
    STATUS: (untagged) => void found.push(textOf(untagged.attributes?.[0]), textOf(listOf(untagged.attributes?.[1])[1])),
    LIST: () => {},
  });
  expect(found).toEqual(['INBOX', '3']);
});

test('a command of our own ends a running IDLE first', async () => {
  const { client } = await connected();
  const idling = client.idle();
  await expect(execCommand(client, 'NOOP')).resolves.toMatchObject({ command: 'OK' });
  await idling;
});

test('a NO rejects with the parsed answer, and its response code can be read', async () => {
  const { client } = await connected();
  const error = await execCommand(client, 'COPY', [sequence('1'), quoted('Nowhere')]).catch((thrown: unknown) => thrown);
  const refusal = answerOfRefusal(error);
  expect(refusal?.command).toBe('NO');
  expect(refusal && responseCodeOf(refusal)).toMatchObject({ code: 'TRYCREATE' });
  expect(answerOfRefusal(new Error('another'))).toBeNull();
});

test('MODIFIED, to which imapflow itself pays no heed, is read with its set', async () => {
  const { client, device } = await connected();
  await client.status('INBOX', { highestModseq: true });
  const seen = client.mailbox ? client.mailbox.highestModseq : 0n;
  await device.command('SELECT INBOX');
  await device.command('STORE 1:2 +FLAGS (\\Flagged)');
  const command = [sequence('1:3'), [atom('UNCHANGEDSINCE'), atom(`${seen}`)], atom('+FLAGS'), [atom('\\Seen')]];
  expect(responseCodeOf(await execCommand(client, 'UID STORE', command))).toEqual({ code: 'MODIFIED', value: '1:2' });
});

test('unsolicited responses reach a handler of ours, and imapflow goes on keeping the mailbox', async () => {
  const { client, device } = await connected();
  const heard: Untagged[] = [];
  const passOn = defaultUntagged(client, 'EXISTS');
  onUntagged(client, 'STATUS', (untagged) => void heard.push(untagged));
  await execCommand(client, 'NOTIFY', [atom('SET'), [atom('personal'), [atom('MessageNew'), atom('MessageExpunge')]]]);
  const idling = client.idle();
  await device.append('Archive', [{ raw: aMessage() }]);
  await expect.poll(() => heard.map(({ attributes }) => mailboxNameOf(client, attributes?.[0]))).toContain('Archive');
  await client.noop();
  await idling;
  await passOn({ command: '9', attributes: [{ type: 'ATOM', value: 'EXISTS' }] });
  expect(client.mailbox && client.mailbox.exists).toBe(9);
});

test('names come as modified UTF-7 or as UTF-8, and INBOX in any case is INBOX', async () => {
  const { client } = await connected();
  expect(mailboxNameOf(client, { type: 'STRING', value: 'Entw&APw-rfe' })).toBe('Entwürfe');
  expect(mailboxNameOf(client, { type: 'LITERAL', value: Buffer.from('Entwürfe') })).toBe('Entwürfe');
  expect(mailboxNameOf(client, { type: 'ATOM', value: 'Inbox' })).toBe('INBOX');
  expect(mailboxNameOf(client, [])).toBeNull();
});

test('a response code is told of wherever it stands', async () => {
  const server = await startScriptedServer((command) => (command === 'NOOP' ? ['* OK [NOTIFICATIONOVERFLOW] Too much'] : []));
  try {
    const client = newClient(server.port, 'anyone');
    await client.connect();
    let heard = 0;
    onResponseCode(client, 'NOTIFICATIONOVERFLOW', () => (heard += 1));
    await client.noop();
    expect(heard).toBe(1);
  } finally {
    await server.close();
  }
});

test('PREAUTH is refused before another word is said', async () => {
  const server = await startScriptedServer(() => [], { greeting: '* PREAUTH Welcome back' });
  try {
    const client = newClient(server.port, 'anyone');
    const wasRefused = refusePreauth(client);
    await expect(client.connect()).rejects.toBeTruthy();
    expect(wasRefused()).toBe(true);
    expect(server.heard()).toEqual([]);
  } finally {
    await server.close();
  }
});
