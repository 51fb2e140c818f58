import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countMatching, ended, fill, manyInOneFile, numbersIn, startOnAll, undo, upTo } from './bulk-fixture.ts';
import { startFaultFixture } from './fault-fixture.ts';
import type { FaultFixture } from './fault-fixture.ts';
import { listenToFeed } from './listen-to-feed.ts';

const full = 'IMAP4rev1 LITERAL+ SASL-IR ID ENABLE IDLE NAMESPACE UIDPLUS LIST-EXTENDED CONDSTORE QRESYNC ESEARCH LIST-STATUS MOVE NOTIFY SPECIAL-USE';

for (const lacking of [['MOVE'], ['MOVE', 'UIDPLUS']]) {
  describe(`without ${lacking.join(' and ')}`, () => {
    let fixture: FaultFixture;
    beforeAll(async () => {
      const offered = full.split(' ').filter((one) => !lacking.includes(one));
      fixture = await startFaultFixture(`${manyInOneFile}\nprotocol imap {\n imap_capability = ${offered.join(' ')}\n}`);
    });
    afterAll(() => fixture.end());

    test.each([/UID COPY/, /UID STORE/])('a move of 5,000 cut in the middle at %s is done once and whole, and taken back', async (moment) => {
      const { session, device, proxy } = await fixture.newPerson();
      await fill(device, 'INBOX', 5_000);
      await device.create('Attic');
      const feed = listenToFeed(session);
      await feed.next('connection', ({ state }) => state === 'live');
      proxy.slow({ roundTripMs: 70, bitsPerSecond: 0 });
      const task = await startOnAll(session, 'INBOX', { type: 'move', to: 'Attic' });
      await feed.next('task-progress', ({ task: { done } }) => done > 0);
      await proxy.cutWhen(moment, 'unanswered');
      expect(await ended(feed, task)).toMatchObject({ state: 'done', done: 5_000, missing: 0 });
      proxy.slow({ roundTripMs: 0, bitsPerSecond: 0 });
      expect(await numbersIn(device, 'Attic')).toEqual(upTo(5_000));
      await device.command('SELECT INBOX');
      expect(await countMatching(device, 'UNDELETED')).toBe(0);
      // Nothing of it is on the way twice: once more there is nothing to move.
      if (lacking.includes('UIDPLUS')) expect(await ended(feed, startOnAll(session, 'INBOX', { type: 'move', to: 'Attic' }))).toMatchObject({ done: 0 });
      expect(await ended(feed, undo(session, task))).toMatchObject({ state: 'done', done: 5_000 });
      await device.command('SELECT INBOX');
      expect(await countMatching(device, 'UNDELETED')).toBe(5_000);
    });
  });
}
