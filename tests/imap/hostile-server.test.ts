import { afterAll, beforeAll, expect, test } from 'vitest';
import { isMailError } from '#lib/errors.ts';
import { closeImapSession, imapSession } from '#server/imap/sessions.ts';
import { readMessage } from '#server/mail/message/read-message.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { startScriptedServer } from '#tests/support/mail-server/scripted-server.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture, ImapPerson } from './imap-fixture.ts';

let fixture: ImapFixture;
let neighbour: ImapPerson;
beforeAll(async () => {
  fixture = await startImapFixture();
  neighbour = await fixture.newPerson();
  await neighbour.device.append('INBOX', Array.from({ length: 50 }, () => ({ raw: aMessage() })));
  await readWindow(neighbour.session, 'INBOX', { newest: 50 });
});
afterAll(() => fixture.end());

const structure = '("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 6 1 NIL NIL NIL NIL)';
const row = `* 1 FETCH (UID 1 FLAGS () INTERNALDATE "05-Jul-2019 23:29:19 +0000" RFC822.SIZE 100 ENVELOPE (NIL "S" NIL NIL NIL NIL NIL NIL NIL "<1@x>") BODYSTRUCTURE ${structure})`;
const deep = `${'('.repeat(20_000)}NIL${')'.repeat(20_000)}`;

/** What the server says where it should tell of one message. */
const attacks: Readonly<Record<string, string[]>> = {
  'announces a literal of 1 GB': [`* 1 FETCH (UID 1 BODY[1]<0> {1073741824}\r\n${'x'.repeat(2_000_000)}`],
  'announces one of more octets than a number holds': ['* 1 FETCH (UID 1 BODY[1]<0> {99999999999999999999}'],
  'sends a line without an end': [`* 1 FETCH (UID 1 BODY[1]<0> "${'x'.repeat(20_000_000)}`],
  'sends a million untagged responses': ['* OK nothing\r\n'.repeat(1_000_000) + row],
  'sends a hundred thousand rows nobody asked for': [`${row}\r\n`.repeat(20_000) + row],
  'nests a structure 20,000 deep': [row.replace(structure, deep)],
  'sends a thousand literals in one response': [`* 1 FETCH (${Array.from({ length: 1_000 }, (_, index) => `X${index} {1000}\r\n${'y'.repeat(1_000)}`).join(' ')})`],
  'falls silent in the middle of a literal': ['* 1 FETCH (UID 1 BODY[1]<0> {1000000}'],
};

function respond(command: string, attack: string[], isHostile: boolean): string[] | null {
  if (command === 'LIST') return ['* LIST () "/" INBOX'];
  if (command === 'STATUS') return ['* STATUS INBOX (MESSAGES 1 UNSEEN 0 UIDNEXT 9 UIDVALIDITY 1)'];
  if (command === 'SELECT') return ['* 1 EXISTS', '* OK [UIDVALIDITY 1] Valid', '* OK [UIDNEXT 9] Next'];
  if (!command.endsWith('FETCH')) return null;
  return isHostile ? attack : [row];
}

/** How long the neighbour waits at most while `work` is under way, in milliseconds. */
async function neighbourWhile<T>(work: Promise<T>): Promise<{ longest: number; result: T }> {
  let isDone = false;
  const done = work.finally(() => (isDone = true));
  done.catch(() => {});
  let longest = 0;
  do {
    const started = performance.now();
    const { rows } = await readWindow(neighbour.session, 'INBOX', { newest: 50 });
    expect(rows).toHaveLength(50);
    longest = Math.max(longest, performance.now() - started);
  } while (!isDone);
  return { longest, result: await done };
}

let count = 0;
for (const [name, attack] of Object.entries(attacks)) {
  test(`check 70: a server that ${name} harms nobody but who uses it`, { timeout: 90_000 }, async () => {
    const server = await startScriptedServer((command) => respond(command, attack, true));
    count += 1;
    const user = `hostile-${count}`;
    const session = imapSession({ id: user, account: { host: '127.0.0.1', port: server.port, user }, password: 'x', publicComputer: false });
    const before = process.memoryUsage.rss();
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
    const stop = new AbortController();
    const read = readMessage(session, { mailbox: 'INBOX', uidValidity: 1, uid: 1 }, { prefer: 'html', section: null, signal: stop.signal }).then(
      () => 'answered',
      (error: unknown) => (isMailError(error) ? error.code : String(error)),
    );
    const patience = setTimeout(() => {
      stop.abort(); // The person leaves the page; a server may be silent for as long as it likes.
      server.cut();
    }, 8_000);
    const { longest, result } = await neighbourWhile(read);
    clearTimeout(patience);
    clearInterval(watch);
    expect(result).not.toMatch(/unexpected|Error/);
    expect(longest).toBeLessThan(5_000);
    expect((peak - before) / 1024 / 1024).toBeLessThan(200);
    server.cut();
    await closeImapSession(session.id);
    await server.close();
  });
}
