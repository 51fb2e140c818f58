import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCyrus } from '#tests/support/mail-server/start-cyrus.ts';
import { describeBehaviours } from './behaviours.ts';
import type { AnyServer, Costs } from './behaviours.ts';
import { password, peopleOf } from './imap-fixture.ts';

/** Cyrus has IDLE, CONDSTORE, QRESYNC, OBJECTID and no NOTIFY; and with its old names every path has a prefix. */
const costs: Costs = { isLive: true, tellsChanges: true };

for (const hasPrefix of [false, true]) {
  async function start(): Promise<AnyServer> {
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
  describeBehaviours(hasPrefix ? 'Cyrus with the prefix "INBOX."' : 'Cyrus', start, costs);
}
