import { afterAll, beforeAll, expect } from 'vitest';
import type { ExtensionName } from '#tests/support/mail-server/extensions.ts';
import { startFilterProxy } from '#tests/support/mail-server/filter-proxy.ts';
import { describeBehaviours } from './behaviours.ts';
import type { Costs } from './behaviours.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';

/** One Dovecot for all; each variant stands behind a proxy that takes extensions away. */
let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture();
});
afterAll(() => fixture.end());

const all: Costs = { isLive: true, tellsChanges: true };

const variants: [lacks: readonly ExtensionName[] | 'everything', costs?: Partial<Costs>][] = [
  [[]],
  [['NOTIFY']],
  [['QRESYNC']],
  [['CONDSTORE'], { tellsChanges: false }],
  [['IDLE'], { isLive: false }],
  [['NOTIFY', 'IDLE'], { isLive: false }],
  [['LIST-STATUS']],
  [['LIST-EXTENDED']],
  [['SPECIAL-USE']],
  [['MOVE']],
  [['MOVE', 'UIDPLUS']],
  [['UIDPLUS']],
  [['ESEARCH']],
  [['NAMESPACE']],
  [['UTF8']],
  [['ENABLE']],
  [['PREVIEW']],
  [['SASL-IR', 'LITERAL+']],
  ['everything', { isLive: false, tellsChanges: false }],
];

for (const [lacks, costs] of variants) {
  const name = lacks === 'everything' ? 'plain IMAP4rev1' : lacks.length ? `without ${lacks.join(' and ')}` : 'with all that Dovecot has';
  async function start() {
    const proxy = await startFilterProxy(fixture.server.imapPort, lacks);
    return {
      newPerson: () => fixture.newPerson(proxy.port),
      async end() {
        await proxy.close();
        expect(proxy.refused()).toEqual([]); // What was not offered was not used.
      },
    };
  }
  describeBehaviours(name, start, { ...all, ...costs });
}
