import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pairMessages } from '#lib/client/message-list/compare-window.ts';
import { fromWindow } from '#lib/client/message-list/list-state.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { startCyrus } from '#tests/support/mail-server/start-cyrus.ts';
import { describeBehaviours } from './behaviours.ts';
import type { AnyServer, Costs } from './behaviours.ts';
import { password, peopleOf } from './imap-fixture.ts';

/** Cyrus has IDLE, CONDSTORE, QRESYNC, OBJECTID and no NOTIFY; and with its old names every path has a prefix. */
const costs: Costs = { isLive: true, tellsChanges: true };

async function startCyrusPeople(hasPrefix: boolean): Promise<AnyServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pipit-cyrus-'));
  const cyrus = await startCyrus({ dataDir, password, hasPrefix });
  const people = peopleOf(cyrus.imapPort, join(dataDir, 'pipit'));
  return {
    prefix: hasPrefix ? 'INBOX.' : '',
    newPerson: () => people.newPerson(),
    async end() {
      await people.leave();
      await cyrus.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

for (const hasPrefix of [false, true]) {
  describeBehaviours(hasPrefix ? 'Cyrus with the prefix "INBOX."' : 'Cyrus', () => startCyrusPeople(hasPrefix), costs);
}

// OBJECTID (RFC 8474), which Dovecot 2.3 lacks.
test('a message of a mailbox made again is found by the name the server gives it, also without a Message-ID', async () => {
  const server = await startCyrusPeople(false);
  try {
    const { session, device } = await server.newPerson();
    await device.create('Plans');
    await device.append('Plans', ['Other', 'Kept'].map((subject) => ({ raw: Buffer.from(`From: ann@example.test\r\nSubject: ${subject}\r\n\r\nHello.\r\n`) })));
    const before = fromWindow(await readWindow(session, 'Plans', { newest: 10 }));
    await device.command('SELECT Plans');
    await device.command('COPY 2 Archive');
    await device.command('UNSELECT');
    await device.command('DELETE Plans');
    await device.create('Plans');
    await device.append('Plans', [{ raw: aMessage() }, { raw: aMessage() }]);
    await device.command('SELECT Archive');
    await device.command('COPY 1 Plans');
    session.suspect(['Plans']);
    const after = fromWindow(await readWindow(session, 'Plans', { newest: 10 }));
    expect(after.uidValidity).not.toBe(before.uidValidity);
    expect(pairMessages(before, after)).toEqual(new Map([[2, 3]]));
  } finally {
    await server.end();
  }
});
