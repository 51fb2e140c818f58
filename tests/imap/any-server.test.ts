import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { watchTiming } from '#server/imap/watch-timing.ts';
import { readMailboxes } from '#server/mail/read-mailboxes.ts';
import { readMessage } from '#server/mail/read-message.ts';
import { readPreviews } from '#server/mail/read-previews.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { openClientModel } from './client-model.ts';
import type { ClientModel } from './client-model.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';
import { listenToFeed } from './listen-to-feed.ts';

const full =
  'IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT THREAD=REFERENCES MULTIAPPEND URL-PARTIAL CATENATE UNSELECT CHILDREN NAMESPACE UIDPLUS LIST-EXTENDED I18NLEVEL=1 CONDSTORE QRESYNC ESEARCH ESORT SEARCHRES WITHIN CONTEXT=SEARCH LIST-STATUS BINARY MOVE SNIPPET=FUZZY PREVIEW=FUZZY PREVIEW STATUS=SIZE SAVEDATE LITERAL+ NOTIFY SPECIAL-USE QUOTA METADATA';

/** Dovecot says that it lacks these, and Pipit may not use what was not said. */
const variants: Record<string, string[]> = {
  'without NOTIFY': ['NOTIFY'],
  'without QRESYNC': ['QRESYNC'],
  'without CONDSTORE': ['CONDSTORE', 'QRESYNC'],
  'without push': ['NOTIFY', 'IDLE'],
  'without LIST-STATUS': ['LIST-STATUS', 'LIST-EXTENDED', 'NOTIFY'],
  'without SPECIAL-USE': ['SPECIAL-USE'],
  'without MOVE, UIDPLUS, ESEARCH, NAMESPACE': ['MOVE', 'UIDPLUS', 'ESEARCH', 'ESORT', 'SEARCHRES', 'CONTEXT=SEARCH', 'NAMESPACE'],
  'without PREVIEW': ['PREVIEW', 'PREVIEW=FUZZY', 'SNIPPET=FUZZY'],
  'plain IMAP4rev1': full.split(' ').filter((name) => name !== 'IMAP4rev1'),
};

for (const [name, lacking] of Object.entries(variants)) {
  describe(name, () => {
    let fixture: ImapFixture;
    beforeAll(async () => {
      Object.assign(watchTiming, { pollMs: 300 });
      const offered = full.split(' ').filter((capability) => !lacking.includes(capability));
      fixture = await startImapFixture(`protocol imap {\n imap_capability = ${offered.join(' ')}\n}`);
    });
    afterAll(() => fixture.end());

    test('the tree has its roles and counts, a message opens, rows have previews', async () => {
      const { session, device } = await fixture.newPerson();
      await device.append('INBOX', [{ raw: aMessage({ subject: 'Größe', text: 'Hello from here.\n' }) }]);
      const model = await openClientModel(session, 'INBOX');
      const [row] = [...model.state().rows.values()];
      expect(row?.subject).toBe('Größe');
      const said = await session.commands.borrow(async ({ capabilities }) => [...capabilities.keys()]);
      expect(said.filter((capability) => lacking.includes(capability))).toEqual([]);
      const { uidValidity } = model.state();
      const { previews } = await readPreviews(session, 'INBOX', uidValidity, [row?.uid ?? 0]).then((read) => ({ previews: read }));
      expect(JSON.stringify(previews)).toContain('Hello from here.');
      const message = await readMessage(session, { mailbox: 'INBOX', uidValidity, uid: row?.uid ?? 0 }, { prefer: 'html', section: null });
      expect(message.body[0]?.content).toContain('Hello from here.');
      const { mailboxes } = await readMailboxes(session);
      const roles = Object.fromEntries(mailboxes.map(({ path, role }) => [path, role]));
      expect(roles).toMatchObject({ INBOX: 'inbox', Drafts: 'drafts', Sent: 'sent', Trash: 'trash', Junk: 'junk' });
      model.leave();
    });

    test('changes of both sides end equal, and mailboxes made and deleted elsewhere are told', async () => {
      const { session, device } = await fixture.newPerson();
      await device.append('INBOX', Array.from({ length: 12 }, (_, index) => ({ raw: aMessage({ subject: `${index + 1}` }) })));
      const feed = listenToFeed(session);
      const model = await openClientModel(session, 'INBOX');
      await feed.next('connection', ({ state }) => state !== 'reconnecting');
      await device.command('SELECT INBOX');
      await device.command('STORE 3 +FLAGS (\\Seen)');
      await device.append('INBOX', [{ raw: aMessage({ subject: 'New' }) }]);
      await device.command('STORE 5,6 +FLAGS (\\Deleted)');
      await device.command('EXPUNGE');
      await model.change({ type: 'set-keyword', messages: [{ mailbox: 'INBOX', uidValidity: model.state().uidValidity, uid: 1 }], keyword: '$flagged', value: true });
      await feed.next('mailbox-counts', ({ mailbox, counts }) => mailbox === 'INBOX' && counts.messages === 11 && counts.unseen === 10);
      await settle(model);
      const { rows, messages, unseen } = model.state();
      expect({ messages, unseen, uids: [...rows.keys()].sort((a, b) => a - b) }).toEqual({ messages: 11, unseen: 10, uids: [1, 2, 3, 4, 7, 8, 9, 10, 11, 12, 13] });
      expect(rows.get(1)?.keywords).toEqual(['$flagged']);
      expect(rows.get(3)?.keywords).toEqual(['$seen']);
      await device.command('STORE 1 +FLAGS (\\Answered)'); // Moves no count.
      await feed.next('mailbox-counts', ({ mailbox }) => mailbox === 'INBOX');
      await settle(model);
      expect(model.state().rows.get(1)?.keywords.sort()).toEqual(['$answered', '$flagged']);
      await device.create('Plans');
      await feed.next('mailboxes-changed');
      await device.append('Plans', [{ raw: aMessage() }]);
      await device.command('DELETE Plans');
      await feed.next('mailboxes-changed');
      model.leave();
    });
  });
}

/** As the list does: what is suspect is read again. */
async function settle(model: ClientModel): Promise<void> {
  await model.catchUp();
  if (model.state().isStale) await model.look(1, model.state().messages);
}
