import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MailChange } from '#lib/mail/change.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { removeMarked } from '#server/mail/remove-marked.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';
import { subjectsIn } from './subjects-in.ts';

const full =
  'IMAP4rev1 LITERAL+ SASL-IR ID ENABLE IDLE NAMESPACE UIDPLUS LIST-EXTENDED CONDSTORE QRESYNC ESEARCH LIST-STATUS MOVE NOTIFY SPECIAL-USE';

const variants: Record<string, string[]> = {
  'with everything': [],
  'without MOVE': ['MOVE'],
  'without MOVE and UIDPLUS': ['MOVE', 'UIDPLUS'],
  'without MOVE, UIDPLUS and modseqs': ['MOVE', 'UIDPLUS', 'CONDSTORE', 'QRESYNC'],
};

for (const [name, lacking] of Object.entries(variants)) {
  describe(name, () => {
    /** Messages that go can be named to the server. */
    const names = !lacking.includes('UIDPLUS');
    let fixture: ImapFixture;
    beforeAll(async () => {
      const offered = full.split(' ').filter((capability) => !lacking.includes(capability));
      fixture = await startImapFixture(`protocol imap {\n imap_capability = ${offered.join(' ')}\n}`);
    });
    afterAll(() => fixture.end());

    async function newPerson(subjects = ['One', 'Two', 'Three']) {
      const person = await fixture.newPerson();
      await person.device.append('INBOX', subjects.map((subject) => ({ raw: aMessage({ subject }) })));
      const { uidValidity } = await readWindow(person.session, 'INBOX', { newest: 50 });
      const refs = (...uids: number[]): MessageRef[] => uids.map((uid) => ({ mailbox: 'INBOX', uidValidity, uid }));
      return { ...person, refs };
    }

    test('moved messages are in the other mailbox and nowhere else, with their flags', async () => {
      const { session, device, refs } = await newPerson();
      await device.command('SELECT INBOX');
      await device.command('STORE 2 +FLAGS (\\Flagged Work)');
      const { events, placed } = await executeChange(session, { type: 'move', messages: refs(2, 3), to: 'Archive' });
      expect(await subjectsIn(device, 'INBOX', 'UNDELETED')).toEqual(['One']);
      if (names) expect(await subjectsIn(device, 'INBOX')).toEqual(['One']);
      expect(await subjectsIn(device, 'Archive')).toEqual(['Two', 'Three']);
      expect(await device.command('FETCH 1 FLAGS')).toMatch(/\\Flagged.*Work/);
      const counts = events.flatMap((event) => (event.type === 'mailbox-counts' ? [[event.mailbox, event.counts.messages]] : []));
      expect(Object.fromEntries(counts)).toMatchObject({ INBOX: names ? 1 : 3, Archive: 2 });
      // Dovecot tells it also when it does not say that it can.
      expect(placed).toMatchObject([{ to: { mailbox: 'Archive' }, uids: [[2, 1], [3, 2]] }]);
    });

    test('copied messages are in both', async () => {
      const { session, device, refs } = await newPerson();
      await executeChange(session, { type: 'copy', messages: refs(1), to: 'Archive' });
      expect(await subjectsIn(device, 'INBOX')).toEqual(['One', 'Two', 'Three']);
      expect(await subjectsIn(device, 'Archive')).toEqual(['One']);
    });

    test('destroyed messages are gone for good', async () => {
      const { session, device, refs } = await newPerson();
      await executeChange(session, { type: 'destroy', messages: refs(1, 3) });
      expect(await subjectsIn(device, 'INBOX', 'UNDELETED')).toEqual(['Two']);
      if (!names) {
        // Without UIDPLUS a person has them removed, with all that is marked, after it was said how much that is.
        expect(await removeMarked(session, 'INBOX', false)).toBe(2);
        expect(await subjectsIn(device, 'INBOX')).toEqual(['One', 'Two', 'Three']);
        expect(await removeMarked(session, 'INBOX', true)).toBe(2);
      }
      expect(await subjectsIn(device, 'INBOX')).toEqual(['Two']);
    });

    test('what another client marked \\Deleted is not taken along', async () => {
      const { session, device, refs } = await newPerson();
      await device.command('SELECT INBOX');
      await device.command('STORE 1 +FLAGS (\\Deleted)');
      await executeChange(session, { type: 'destroy', messages: refs(2) });
      await executeChange(session, { type: 'move', messages: refs(3), to: 'Archive' });
      expect(await subjectsIn(device, 'INBOX')).toEqual(names ? ['One'] : ['One', 'Two', 'Three']);
      expect(await subjectsIn(device, 'INBOX', 'UNDELETED')).toEqual([]);
    });

    test('an act on messages of another uidValidity does nothing', async () => {
      const { session, device, refs } = await newPerson();
      const messages = refs(1).map((ref) => ({ ...ref, uidValidity: ref.uidValidity + 1 }));
      for (const change of [{ type: 'move', messages, to: 'Archive' }, { type: 'destroy', messages }] satisfies MailChange[]) {
        await expect(executeChange(session, change)).rejects.toMatchObject({ code: 'mailbox-changed' });
      }
      expect(await subjectsIn(device, 'INBOX')).toEqual(['One', 'Two', 'Three']);
    });
  });
}
