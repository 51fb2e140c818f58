import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MessageRef } from '#lib/mail/message.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { closeImapSession, imapSession } from '#server/imap/sessions.ts';
import { openDraftById } from '#server/mail/compose/open-draft.ts';
import { saveDraft } from '#server/mail/compose/save-draft.ts';
import type { SavedDraft } from '#server/mail/compose/save-draft.ts';
import { makeRandom } from '#tests/demo/mailbox/random.ts';
import { startFaultProxy } from '#tests/support/mail-server/fault-proxy.ts';
import { startReplaceProxy } from '#tests/support/mail-server/replace-proxy.ts';
import { rawMessages } from '#tests/support/mail-server/raw-messages.ts';
import { aDraft, startSendFixture } from './send-fixture.ts';
import type { SendFixture } from './send-fixture.ts';

let fixture: SendFixture;

beforeAll(async () => {
  fixture = await startSendFixture({ runs: false });
});
afterAll(() => fixture.end());

const cuts = 200;

const ways = [
  ['APPEND and EXPUNGE', (port: number) => Promise.resolve({ port, close: () => Promise.resolve() })],
  ['REPLACE (RFC 8508)', startReplaceProxy],
] as const;

test.each(ways)(`by %s: a line cut at ${cuts} random moments of saving loses no word that was saved, and leaves one draft`, { timeout: 120_000 }, async (_name, startBehind) => {
  const random = makeRandom(20261125);
  const writer = await fixture.newWriter();
  const behind = await startBehind(fixture.imap.server.imapPort);
  const proxy = await startFaultProxy(behind.port);
  const account = { ...writer.auth.account, port: proxy.port };
  const request = { id: randomUUID(), writer: randomUUID() };
  let base: MessageRef | null = null;
  let savedText = '';
  for (let cut = 0; cut < cuts; cut += 1) {
    const auth: AuthSession = { ...writer.auth, id: `cut-${behind.port}-${cut}`, account };
    const text = `Word ${cut} ${'and more '.repeat(200)}`;
    const cutting = delay(random.between(0, 60)).then(() => proxy.cut());
    const answered: SavedDraft | null = await saveDraft(auth, { ...request, base, content: aDraft({ text }) }).catch(() => null);
    await cutting;
    if (answered?.answer.saved) {
      base = answered.answer.version;
      savedText = text;
    }
    await closeImapSession(imapSession(auth).id);
    // Whatever the moment: what was answered as saved is there, or newer words are.
    if (cut % 10 === 0 && savedText) {
      const { content } = await openDraftById(writer.auth, request.id);
      expect(Number(/\d+/.exec(content.text)?.[0])).toBeGreaterThanOrEqual(Number(/\d+/.exec(savedText)?.[0]));
    }
  }
  const last = await saveDraft(writer.auth, { ...request, base, content: aDraft({ text: 'The end' }) });
  expect(last.answer.saved).toBe(true);
  expect((await rawMessages(writer.device, 'Drafts')).filter((raw) => raw.includes('The end'))).toHaveLength(1);
  expect(await rawMessages(writer.device, 'Drafts')).toHaveLength(1);
  await proxy.close();
  await behind.close();
});
