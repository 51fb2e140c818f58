import { randomUUID } from 'node:crypto';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DraftAttachment, DraftContent } from '#lib/mail/draft.ts';
import { saveDraftSchema } from '#lib/mail/draft.ts';
import { mailboxPathSchema } from '#lib/mail/mailbox.ts';
import { sendSchema } from '#lib/mail/outgoing.ts';
import { openDraftById } from '#server/mail/compose/open-draft.ts';
import { saveDraft } from '#server/mail/compose/save-draft.ts';
import { announceUpload, continueUpload } from '#server/mail/compose/uploads.ts';
import { rawMessages } from '#tests/support/mail-server/raw-messages.ts';
import { aDraft, aSendRequest, startSendFixture } from './send-fixture.ts';
import type { SendFixture, Writer } from './send-fixture.ts';

let fixture: SendFixture;
beforeAll(async () => {
  fixture = await startSendFixture({ utf8: true });
});
afterAll(() => fixture.end());

const breaks = { CR: '\r', LF: '\n', 'CR LF': '\r\n', NUL: '\0' };
const added = 'Bcc: evil@z.test';

function fields(text: string): [field: string, content: Partial<DraftContent>][] {
  const person = { name: null, address: text };
  const named = { name: text, address: 'ann@else.test' };
  const file: DraftAttachment = { id: randomUUID(), name: text, mediaType: 'text/plain', size: 1, contentId: null, source: { kind: 'upload', upload: randomUUID() } };
  return [
    ['content.to.0.address', { to: [person] }],
    ['content.cc.0.address', { cc: [person] }],
    ['content.bcc.0.address', { bcc: [person] }],
    ['content.to.0.name', { to: [named] }],
    ['content.replyTo.0.address', { replyTo: [person] }],
    ['content.replyTo.0.name', { replyTo: [named] }],
    ['content.subject', { subject: text }],
    ['content.inReplyTo', { inReplyTo: `<${text}@else.test>` }],
    ['content.references.0', { references: [`<${text}@else.test>`] }],
    ['content.attachments.0.name', { attachments: [file] }],
    ['content.attachments.0.mediaType', { attachments: [{ ...file, name: 'a', mediaType: `text/plain${text}` }] }],
    ['content.attachments.0.contentId', { attachments: [{ ...file, name: 'a', contentId: text }] }],
  ];
}

test.each(Object.entries(breaks))('check 24: %s in any field of a message is refused and names the field', (_name, between) => {
  for (const [field, content] of fields(`x${between}${added}`)) {
    for (const schema of [saveDraftSchema, sendSchema]) {
      const parsed = schema.safeParse(aSendRequest(content));
      expect(parsed.success, field).toBe(false);
      expect(parsed.error?.issues[0]?.path.join('.')).toBe(field);
    }
  }
});

test('check 24: even past the schema no field adds a header or a recipient, neither to a draft nor to what is sent', async () => {
  const writer = await fixture.newWriter();
  for (const [name, between] of Object.entries(breaks)) {
    const text = `x${between}${added}`;
    const upload = await upload1(writer);
    const content: Partial<DraftContent> = {
      to: [{ name: text, address: 'ann@else.test' }],
      replyTo: [{ name: text, address: 'back@else.test' }],
      subject: text,
      inReplyTo: `<${text}@else.test>`,
      references: [`<${text}@else.test>`],
      attachments: [{ ...upload, name: text }],
    };
    const before = fixture.smtp.taken.length;
    const sent = await writer.send(content).then(({ id }) => writer.reaches(id, 'sent', 'failed'), () => null);
    const taken = fixture.smtp.taken.slice(before);
    if (sent?.state === 'sent') expect(taken.map(({ to }) => to), name).toEqual([['ann@else.test']]);
    for (const { raw } of taken) expect(await addedTo(raw), name).toEqual([]);
    const id = randomUUID();
    const saved = await saveDraft(writer.auth, { id, writer: randomUUID(), base: null, content: aDraft(content) }).catch(() => null);
    if (saved) expect((await openDraftById(writer.auth, id)).content.bcc, name).toEqual([]);
  }
  for (const raw of await rawMessages(writer.device, 'Drafts')) expect(await addedTo(Buffer.from(raw, 'latin1'))).toEqual([]);
});

/** Header fields that nobody asked for, as a parser that is not ours reads them. */
async function addedTo(raw: Buffer): Promise<string[]> {
  const { headers, bcc, cc } = await PostalMime.parse(raw);
  return [...headers.filter(({ key }) => key === 'bcc').map(({ key }) => key), ...(bcc ?? []).map(({ address = '' }) => address), ...(cc ?? []).map(({ address = '' }) => address)];
}

async function upload1({ auth }: Writer): Promise<DraftAttachment> {
  const id = randomUUID();
  await announceUpload(auth, id, 1);
  await continueUpload(auth, id, 0, (async function* one() { yield Buffer.from('x'); })());
  return { id, name: 'a', mediaType: 'text/plain', size: 1, contentId: null, source: { kind: 'upload', upload: id } };
}

const attack = 'x"\r\nA9 CREATE Hacked\r\nA10 LOGOUT {5+}\r\n';

test('check 27: a mailbox with a line break is refused, and one with quotes, braces or other scripts is only a name', async () => {
  expect(mailboxPathSchema.safeParse(attack).success).toBe(false);
  const related = [{ how: 'answers' as const, message: { mailbox: attack, uidValidity: 1, uid: 1 } }];
  expect(sendSchema.safeParse(aSendRequest({ related })).success).toBe(false);
  const writer = await fixture.newWriter();
  for (const mailbox of ['a "quoted" name', 'braces {5+}', 'back\\slash', 'Größe 日本', '%*']) {
    await writer.device.create(mailbox).catch(() => {});
    const message = { mailbox, uidValidity: 1, uid: 1 };
    await writer.reaches((await writer.send({ subject: mailbox, related: [{ how: 'answers', message }] })).id, 'sent');
  }
  expect(await writer.device.command('LIST "" "*"')).not.toContain('Hacked');
  expect(fixture.smtp.taken.filter(({ user }) => user === writer.user)).toHaveLength(5);
});
