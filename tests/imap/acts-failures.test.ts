import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MailChange } from '#lib/mail/change.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { executeChange, executeChanges } from '#server/mail/execute-change.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { aclConfig } from '#tests/support/mail-server/acl-config.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { startFilterProxy } from '#tests/support/mail-server/filter-proxy.ts';
import { startFaultFixture } from './fault-fixture.ts';
import type { FaultFixture } from './fault-fixture.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';
import { subjectsIn } from './subjects-in.ts';

const three = ['One', 'Two', 'Three'].map((subject) => ({ raw: aMessage({ subject }) }));

async function refsIn(session: ImapSession, mailbox: string): Promise<MessageRef[]> {
  const { uidValidity, rows } = await readWindow(session, mailbox, { newest: 50 });
  return rows.map(({ uid }) => ({ mailbox, uidValidity, uid }));
}

/** Everything that is done to messages: read, star and label are keywords, archive, delete and spam are moves. */
const everyAct = (messages: MessageRef[]): MailChange[] => [
  { type: 'set-keyword', messages, keyword: '$seen', value: true },
  { type: 'set-keyword', messages, keyword: '$flagged', value: true },
  { type: 'set-keyword', messages, keyword: 'Work', value: true },
  { type: 'move', messages, to: 'Archive' },
  { type: 'move', messages, to: 'Archive', keywords: [{ keyword: '$Junk', value: true }] },
  { type: 'copy', messages, to: 'Archive' },
  { type: 'destroy', messages },
];

describe('a server that refuses', () => {
  // "Frozen" may be looked at and no more; five messages are a full account.
  const acl = aclConfig('Frozen owner lr', 5);
  let fixture: ImapFixture;
  beforeAll(async () => {
    fixture = await startImapFixture(acl.config);
  });
  afterAll(async () => {
    await fixture.end();
    acl.remove();
  });

  test('in a mailbox that may only be read nothing is changed, and the reason is permission', async () => {
    const { session, device } = await fixture.newPerson();
    await device.create('Ice');
    await device.append('Ice', three);
    await device.command('RENAME Ice Frozen');
    const messages = await refsIn(session, 'Frozen');
    for (const change of everyAct(messages).filter(({ type }) => type !== 'copy')) {
      await expect(executeChange(session, change), change.type).rejects.toMatchObject({ code: 'permission-denied' });
    }
    expect(await subjectsIn(device, 'Frozen', 'UNFLAGGED')).toEqual(['One', 'Two', 'Three']);
    expect(await subjectsIn(device, 'Archive')).toEqual([]);
  });

  test('a full account takes no copy, and says that it is full; moving still works', async () => {
    const { session, device } = await fixture.newPerson();
    await device.append('INBOX', three);
    const messages = await refsIn(session, 'INBOX');
    await expect(executeChange(session, { type: 'copy', messages, to: 'Archive' })).rejects.toMatchObject({ code: 'over-quota' });
    expect(await subjectsIn(device, 'Archive')).toEqual([]);
    await executeChange(session, { type: 'move', messages, to: 'Archive' });
    expect(await subjectsIn(device, 'Archive')).toEqual(['One', 'Two', 'Three']);
  });

  test('a target that was deleted is told apart from a source that was', async () => {
    const { session, device } = await fixture.newPerson();
    await device.create('Plans');
    await device.append('Plans', three.slice(0, 1));
    await device.append('INBOX', three.slice(1));
    const [inPlans, inInbox] = [await refsIn(session, 'Plans'), await refsIn(session, 'INBOX')];
    await device.command('DELETE Plans');
    await expect(executeChange(session, { type: 'move', messages: inInbox, to: 'Plans' })).rejects.toMatchObject({ code: 'target-missing' });
    await expect(executeChange(session, { type: 'move', messages: inPlans, to: 'Archive' })).rejects.toMatchObject({ code: 'mailbox-missing' });
    expect(await subjectsIn(device, 'INBOX')).toEqual(['Two', 'Three']);
  });

  test('in a mailbox deleted under the hand no act finds anything, and each says that it is missing', async () => {
    const { session, device } = await fixture.newPerson();
    await device.create('Plans');
    await device.append('Plans', three);
    const messages = await refsIn(session, 'Plans');
    await device.command('DELETE Plans');
    for (const change of everyAct(messages)) await expect(executeChange(session, change), change.type).rejects.toMatchObject({ code: 'mailbox-missing' });
    expect(await subjectsIn(device, 'Archive')).toEqual([]);
  });

  test('where a move is a copy first, a full account keeps the messages where they are, and says that it is full', async () => {
    const proxy = await startFilterProxy(fixture.server.imapPort, ['MOVE']);
    try {
      const { session, device } = await fixture.newPerson(proxy.port);
      await device.append('INBOX', three);
      const messages = await refsIn(session, 'INBOX');
      await expect(executeChange(session, { type: 'move', messages, to: 'Archive' })).rejects.toMatchObject({ code: 'over-quota' });
      expect(await subjectsIn(device, 'INBOX', 'UNDELETED')).toEqual(['One', 'Two', 'Three']);
      // What needs no room goes on.
      await executeChange(session, { type: 'set-keyword', messages, keyword: '$flagged', value: true });
      await executeChange(session, { type: 'destroy', messages: messages.slice(0, 1) });
      expect(await subjectsIn(device, 'INBOX', 'FLAGGED')).toHaveLength(2);
    } finally {
      await proxy.close();
    }
  });

  test('what is refused for good does not keep the changes behind it', async () => {
    const { session, device } = await fixture.newPerson();
    await device.append('INBOX', three);
    const [one, two] = await refsIn(session, 'INBOX');
    if (!one || !two) throw new Error('no rows');
    const sent = (change: MailChange) => ({ id: randomUUID(), again: false, change });
    const { results } = await executeChanges(session, [
      sent({ type: 'move', messages: [one], to: 'Nowhere' }),
      sent({ type: 'move', messages: [two], to: 'Archive' }),
    ]);
    expect(results).toMatchObject([{ error: { code: 'target-missing' } }, { outcome: { gone: 0 } }]);
    expect(await subjectsIn(device, 'Archive')).toEqual(['Two']);
  });

  test('a missing archive is made for its use, subscribed to, and the messages are in it', async () => {
    const { session, device } = await fixture.newPerson();
    await device.append('INBOX', three.slice(0, 1));
    const messages = await refsIn(session, 'INBOX');
    await executeChange(session, { type: 'move', messages, to: 'My archive', as: 'archive' });
    expect(await subjectsIn(device, 'My archive')).toEqual(['One']);
    expect(await device.command('LSUB "" "*"')).toContain('My archive');
  });
});

for (const [name, lacking] of Object.entries<string[]>({ 'with MOVE': [], 'without MOVE': ['MOVE'] })) {
  describe(`a connection cut in the middle, ${name}`, () => {
    let fixture: FaultFixture;
    beforeAll(async () => {
      const offered = 'IMAP4rev1 LITERAL+ SASL-IR ID ENABLE IDLE NAMESPACE UIDPLUS LIST-EXTENDED CONDSTORE QRESYNC ESEARCH LIST-STATUS MOVE NOTIFY SPECIAL-USE';
      const capabilities = offered.split(' ').filter((one) => !lacking.includes(one));
      fixture = await startFaultFixture(`protocol imap {\n imap_capability = ${capabilities.join(' ')}\n}`);
    });
    afterAll(() => fixture.end());

    const moments = lacking.length > 0 ? [/UID COPY/, /UID STORE/, /UID EXPUNGE/] : [/UID MOVE/];
    for (const moment of moments) {
      for (const when of ['unheard', 'unanswered'] as const) {
        test(`at ${moment.source} (${when}): tried again, each message is there once`, async () => {
          const person = await fixture.newPerson();
          const { session, device, proxy } = person;
          await device.append('INBOX', three);
          const messages = await refsIn(session, 'INBOX');
          const id = randomUUID();
          const change: MailChange = { type: 'move', messages, to: 'Archive' };
          const cut = proxy.cutWhen(moment, when);
          let answer = await executeChanges(session, [{ id, again: false, change }]);
          await cut;
          for (let attempt = 0; attempt < 3 && answer.results.some((result) => 'error' in result); attempt += 1) {
            answer = await executeChanges(session, [{ id, again: true, change }]);
          }
          expect(answer.results).toMatchObject([{ outcome: { gone: 0, kept: 0 } }]);
          expect((await subjectsIn(device, 'Archive')).sort()).toEqual(['One', 'Three', 'Two']);
          expect(await subjectsIn(device, 'INBOX')).toEqual([]);
        });
      }
    }

    for (const when of ['unheard', 'unanswered'] as const) {
      test.each([
        [/UID STORE/, 'set-keyword'],
        [/UID EXPUNGE/, 'destroy'],
      ] as const)(`at %s of a %s (${when}): tried again it is done, and to these only`, async (moment, type) => {
        const { session, device, proxy } = await fixture.newPerson();
        await device.append('INBOX', three);
        const messages = (await refsIn(session, 'INBOX')).filter(({ uid }) => uid !== 1);
        const change: MailChange = type === 'destroy' ? { type, messages } : { type, messages, keyword: 'Work', value: true };
        const id = randomUUID();
        const cut = proxy.cutWhen(moment, when);
        let answer = await executeChanges(session, [{ id, again: false, change }]);
        await cut;
        for (let attempt = 0; attempt < 3 && answer.results.some((result) => 'error' in result); attempt += 1) answer = await executeChanges(session, [{ id, again: true, change }]);
        expect(answer.results).toMatchObject([{ outcome: { kept: 0 } }]);
        expect(await subjectsIn(device, 'INBOX', type === 'destroy' ? 'ALL' : 'UNKEYWORD Work')).toEqual(['One']);
      });
    }

    test('a copy whose answer was lost is not made twice', async () => {
      const { session, device, proxy } = await fixture.newPerson();
      await device.append('INBOX', three);
      const messages = await refsIn(session, 'INBOX');
      const sent = { id: randomUUID(), again: false, change: { type: 'copy', messages, to: 'Archive' } satisfies MailChange };
      const cut = proxy.cutWhen(/UID COPY/, 'unanswered');
      await executeChanges(session, [sent]);
      await cut;
      const { results } = await executeChanges(session, [{ ...sent, again: true }]);
      expect(await subjectsIn(device, 'Archive')).toEqual(['One', 'Two', 'Three']);
      expect(results).toMatchObject([{ outcome: { undo: [{ type: 'destroy', messages: [{}, {}, {}] }] } }]);
    });
  });
}
