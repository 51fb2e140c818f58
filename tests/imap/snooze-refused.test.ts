import { afterAll, beforeAll, expect, test } from 'vitest';
import { snoozeKeywords } from '#lib/mail/snooze.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { aclConfig } from '#tests/support/mail-server/acl-config.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';
import { subjectsIn } from './subjects-in.ts';

// "Plain" takes \\Seen and the deletion of messages, and no keyword (the right w, RFC 4314 section 4).
const acl = aclConfig('Plain owner lrstei');
let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture(acl.config);
});
afterAll(async () => {
  await fixture.end();
  acl.remove();
});

test('where a mailbox takes no keywords nothing is snoozed, for nobody would know when to wake it', async () => {
  const { session, device } = await fixture.newPerson();
  await device.create('Later');
  await device.append('Later', [{ raw: aMessage({ subject: 'One' }) }]);
  await device.command('RENAME Later Plain');
  const { uidValidity } = await readWindow(session, 'Plain', { newest: 1 });
  const keywords = snoozeKeywords('2026-12-01T08:00:00Z', 'Plain').map((keyword) => ({ keyword, value: true }));
  const change = { type: 'move' as const, messages: [{ mailbox: 'Plain', uidValidity, uid: 1 }], to: 'Snoozed', as: 'snoozed' as const, keywords };
  await expect(executeChange(session, change)).rejects.toMatchObject({ code: 'keyword-refused' });
  expect(await subjectsIn(device, 'Plain')).toEqual(['One']);
});

test('nor is anything muted: it would only be archived', async () => {
  const { session, device } = await fixture.newPerson();
  await device.create('Later');
  await device.append('Later', [{ raw: aMessage({ subject: 'One' }) }]);
  await device.command('RENAME Later Plain');
  const { uidValidity } = await readWindow(session, 'Plain', { newest: 1 });
  const messages = [{ mailbox: 'Plain', uidValidity, uid: 1 }];
  const keywords = [{ keyword: '$muted', value: true }];
  const archived = { type: 'move' as const, messages, to: 'Archive', as: 'archive' as const, keywords, conversations: true as const };
  const marked = { type: 'set-keyword' as const, messages, keyword: '$muted', value: true };
  for (const change of [archived, marked]) await expect(executeChange(session, change)).rejects.toMatchObject({ code: 'keyword-refused' });
  expect(await subjectsIn(device, 'Plain')).toEqual(['One']);
});
