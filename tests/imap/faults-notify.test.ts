import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchTiming } from '#server/imap/watch-timing.ts';
import { readMailboxes } from '#server/mail/read-mailboxes.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { changeMeanwhile, expectTheChange, lookAtInbox, startFaultFixture } from './fault-fixture.ts';
import type { FaultFixture } from './fault-fixture.ts';

let fixture: FaultFixture;
beforeAll(async () => {
  Object.assign(watchTiming, { rearmMs: 1_000 });
  fixture = await startFaultFixture();
});
afterAll(() => fixture.end());

test('push goes on after 200 mailboxes were made and deleted', async () => {
  const person = await fixture.newPerson();
  const { feed } = await lookAtInbox(person);
  await readMailboxes(person.session);
  for (let round = 0; round < 200; round += 1) {
    await person.device.command(`CREATE "Passing ${round}"`);
    await person.device.command(`DELETE "Passing ${round}"`);
  }
  // Dovecot 2.3's list log has rotated: by itself it would tell after its own poll, half a minute later (imap-notes.md 2).
  const began = Date.now();
  await person.device.append('Archive', [{ raw: aMessage() }]);
  await feed.next('mailbox-counts', ({ mailbox, counts }) => mailbox === 'Archive' && counts.messages === 1);
  await person.device.command('RENAME Archive Attic');
  await feed.next('mailboxes-changed');
  await changeMeanwhile(person.device);
  await expectTheChange(feed);
  expect(Date.now() - began).toBeLessThan(8_000);
  await person.leave();
});
