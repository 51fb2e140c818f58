import { afterAll, beforeAll, expect, test } from 'vitest';
import { readHeaders } from '#server/mail/message/read-headers.ts';
import { readMessage } from '#server/mail/message/read-message.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { hostileMessages } from '#tests/support/mail-server/hostile-messages.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';

let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture();
});
afterAll(() => fixture.end());

for (const [name, make] of Object.entries(hostileMessages)) {
  test(`checks 66 and 68: ${name}: the list shows it between the others, it opens, and so do its headers`, { timeout: 60_000 }, async () => {
    const { session, device, leave } = await fixture.newPerson();
    const calm = { raw: aMessage({ subject: 'Calm' }) };
    await device.append('INBOX', [calm, { raw: Buffer.from(make(), 'latin1') }, calm]);
    const { rows, uidValidity } = await readWindow(session, 'INBOX', { newest: 50 });
    expect(rows.map(({ uid }) => uid)).toEqual([1, 2, 3]);
    const started = performance.now();
    const ref = { mailbox: 'INBOX', uidValidity, uid: 2 };
    const message = await readMessage(session, ref, { prefer: 'html', section: null });
    const opened = performance.now();
    const headers = await readHeaders(session, ref, null);
    process.stdout.write(`${name}: opened ${(opened - started).toFixed(0)} ms, headers ${(performance.now() - opened).toFixed(0)} ms, ${message.attachments.length} attachments, ${message.notices.join()}\n`);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(message.attachments.length).toBeLessThanOrEqual(1_000);
    for (const { kind, content, truncated } of message.body) {
      const most = kind === 'html' ? 2 * 1024 * 1024 : 1024 * 1024;
      expect(content.length).toBeLessThanOrEqual(most);
      expect(truncated || content.length < most).toBe(true);
    }
    if (name === 'text of 2 MB') expect(message.body[0]?.truncated).toBe(true);
    expect(headers.length).toBeLessThanOrEqual(1_000);
    await leave();
  });
}
