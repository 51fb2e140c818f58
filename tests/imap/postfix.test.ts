import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { env } from '#server/env.ts';
import { answerReceipt } from '#server/mail/message/answer-receipt.ts';
import { readIdentities, writeIdentities } from '#server/mail/compose/identities.ts';
import { startOutbox, stopOutbox } from '#server/mail/outbox/run-outbox.ts';
import { actOnOutbox } from '#server/mail/outbox/outbox.ts';
import { readMessage } from '#server/mail/message/read-message.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { readSendingLimits } from '#server/mail/outbox/sending-limits.ts';
import { announceUpload, continueUpload } from '#server/mail/compose/uploads.ts';
import { singleton } from '#server/singleton.ts';
import { readExtensions } from '#server/smtp/read-extensions.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { freePort } from '#tests/support/mail-server/free-port.ts';
import { canStartPostfix, startPostfix } from '#tests/support/mail-server/start-postfix.ts';
import type { Postfix, PostfixOptions } from '#tests/support/mail-server/start-postfix.ts';
import { makeTestCa } from '#tests/support/test-ca.ts';
import type { TestCa } from '#tests/support/test-ca.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';
import { rawMessages } from '#tests/support/mail-server/raw-messages.ts';
import { hurry, writersOf } from './send-fixture.ts';
import type { NewWriter, Writer } from './send-fixture.ts';

describe.skipIf(!canStartPostfix)('through Debian\'s Postfix', () => {
  const dir = mkdtempSync(join(tmpdir(), 'pipit-postfix-'));
  chmodSync(dir, 0o755);
  const started: Postfix[] = [];
  let imap: ImapFixture;
  let newWriter: NewWriter;
  let ca: TestCa;
  let authPort: number;
  /** Of the first server; a test says what it answers for a recipient. */
  let judge: (recipient: string) => string | null = () => null;

  beforeAll(async () => {
    ca = makeTestCa(join(dir, 'tls'));
    authPort = await freePort();
    imap = await startImapFixture(`service auth {\n  inet_listener postfix {\n    address = 127.0.0.1\n    port = ${authPort}\n  }\n}`);
    Object.assign(process.env, { SMTP_HOST: 'localhost', SMTP_PORT: '1', SMTP_SECURITY: 'starttls', SMTP_TLS_CA: ca.ca.cert });
    newWriter = writersOf(imap);
    hurry();
    await through({ judge: (recipient) => judge(recipient) });
    startOutbox();
  });
  afterAll(async () => {
    await stopOutbox();
    await Promise.all(started.map((server) => server.stop()));
    await imap.end();
    rmSync(dir, { recursive: true, force: true });
  });

  /** From now on everything goes through a server like this. */
  async function through(options: Partial<PostfixOptions> = {}): Promise<Postfix> {
    const users = Array.from({ length: 100 }, (_, index) => `person${index + 1}@example.test`);
    const dataDir = join(dir, `postfix${started.length}`);
    const server = await startPostfix({ dataDir, users: [...users, 'leaver@example.test'], lmtpPort: imap.server.lmtpPort, authPort, tls: ca.good, ...options });
    started.push(server);
    goThrough(server);
    return server;
  }

  function goThrough(server: Postfix): void {
    Object.assign(env().smtp, { port: server.port });
    Object.assign(singleton('smtp-extensions', () => ({})), { asked: null });
  }

  const to = (...people: { user: string }[]) => people.map(({ user }) => ({ name: null, address: user }));

  /** What a person got, parsed by a parser that is not ours; waits until there is as much. */
  async function received({ device }: { device: RawImap }, count = 1) {
    await expect.poll(() => device.command('STATUS INBOX (MESSAGES)'), { timeout: 15_000 }).toContain(`MESSAGES ${count}`);
    const raw = await rawMessages(device, 'INBOX');
    return { raw: raw.at(-1) ?? '', email: await PostalMime.parse(Buffer.from(raw.at(-1) ?? '', 'latin1')) };
  }

  async function attach({ auth }: Writer, bytes: Buffer) {
    const id = randomUUID();
    await announceUpload(auth, id, bytes.length);
    await continueUpload(auth, id, 0, (async function* all() { yield bytes; })());
    return { id, name: 'Übersicht 日本.pdf', mediaType: 'application/pdf', size: bytes.length, contentId: null, source: { kind: 'upload' as const, upload: id } };
  }

  test('what is sent over STARTTLS with the session\'s own password arrives as it was written, and Bcc stays unseen', async () => {
    const [writer, reader, hidden] = [await newWriter(), await newWriter(), await newWriter()];
    const bytes = randomBytes(300_000);
    const content = { to: to(reader), bcc: to(hidden), subject: 'Grüße 日本', html: '<p>Grüße <b>allen</b></p><p>.</p>', text: '', attachments: [await attach(writer, bytes)] };
    const { id } = await writer.send(content);
    expect(await writer.reaches(id, 'sent')).toMatchObject({ filedIn: 'Sent', refusals: [] });
    for (const person of [reader, hidden]) {
      const { raw, email } = await received(person);
      expect(email).toMatchObject({ subject: 'Grüße 日本', messageId: `<${id}@example.test>`, from: { address: writer.user } });
      expect(email.html?.trim()).toBe('<p>Grüße <b>allen</b></p><p>.</p>');
      expect(email.text).toContain('Grüße allen');
      expect(email.attachments.map(({ filename }) => filename)).toEqual(['Übersicht 日本.pdf']);
      expect(Buffer.from(email.attachments[0]?.content as ArrayBuffer)).toEqual(bytes);
      expect(raw).toMatch(/^\t\(using TLSv1\.[23]/m);
      expect(raw.slice(raw.indexOf('Date: '))).not.toMatch(/^bcc:|x-pipit/im);
      expect(email.headers.filter(({ value }) => value.includes(hidden.user)).map(({ key }) => key)).not.toContain('to');
    }
    expect(started[0]?.log()).toMatch(new RegExp(`sasl_method=PLAIN, sasl_username=${writer.user}`));
  });

  test('an address in another script goes by SMTPUTF8 where there is it', async () => {
    const writer = await newWriter();
    const { id } = await writer.send({ subject: 'Scripts', to: [{ name: null, address: 'почта@пример.test' }, { name: null, address: 'ann@bücher.test' }] });
    expect(await writer.reaches(id, 'sent')).toMatchObject({ acceptedFor: ['почта@пример.test', 'ann@bücher.test'] });
    await expect.poll(() => started[0]?.log(), { timeout: 10_000 }).toMatch(/to=<почта@пример\.test>.*status=sent/);
    expect(started[0]?.log()).toMatch(/to=<ann@bücher\.test>.*status=sent|to=<ann@xn--bcher-kva\.test>.*status=sent/);
  });

  test('without SMTPUTF8 such an address is refused before anything is queued; one whose domain only is international goes', async () => {
    const server = await through({ utf8: false });
    const writer = await newWriter();
    expect((await readExtensions()).utf8).toBe(false);
    await expect(writer.send({ to: [{ name: null, address: 'почта@else.test' }] })).rejects.toMatchObject({ code: 'utf8-refused', field: 'to' });
    const { id } = await writer.send({ to: [{ name: null, address: 'ann@bücher.test' }] });
    await writer.reaches(id, 'sent');
    await expect.poll(() => server.log(), { timeout: 10_000 }).toMatch(/to=<ann@xn--bcher-kva\.test>.*status=sent/);
    goThrough(started[0] as Postfix);
  });

  test('a notice of delivery is asked for by DSN, comes, and is shown as what it is', async () => {
    const [writer, reader] = [await newWriter(), await newWriter()];
    const { id } = await writer.send({ subject: 'Tell me', to: to(reader), wantsDeliveryNotice: true });
    await writer.reaches(id, 'sent');
    await received(reader);
    const { raw } = await received(writer);
    expect(raw).toMatch(/^Original-Envelope-Id: /m);
    expect(raw).toContain(id);
    expect(await shown(writer)).toMatchObject({ recipients: [{ address: reader.user, action: 'relayed', status: '2.0.0' }] });
  });

  async function shown({ device, session }: Writer) {
    const uidValidity = Number(/UIDVALIDITY (\d+)/.exec(await device.command('STATUS INBOX (UIDVALIDITY)'))?.[1]);
    return (await readMessage(session, { mailbox: 'INBOX', uidValidity, uid: 1 }, { prefer: 'html', section: null })).delivery;
  }

  test('check 85: a receipt goes in no name, so that nothing comes back for it', async () => {
    const [sender, reader] = [await newWriter(), await newWriter()];
    const { id } = await sender.send({ subject: 'Have you seen it?', to: to(reader), wantsReceipt: true });
    await sender.reaches(id, 'sent');
    await received(reader);
    const { uidValidity } = await readWindow(reader.session, 'INBOX', { newest: 1 });
    const ref = { mailbox: 'INBOX', uidValidity, uid: 1 };
    // What Pipit asks for, Pipit answers; Postfix and Dovecot say where it came from.
    const { receipt } = await readMessage(reader.session, ref, { prefer: 'plain', section: null });
    expect(receipt).toEqual({ name: null, address: sender.user, isSender: true });
    expect(await answerReceipt(reader.auth, ref, { answer: 'send', language: 'de' })).toEqual({ outcome: 'sent', isKept: true });
    const { raw, email } = await received(sender);
    expect(raw).toMatch(/^Return-Path: <>\r$/m);
    expect(email).toMatchObject({ subject: 'Gelesen: Have you seen it?', from: { address: reader.user } });
  });

  test('what is taken first and cannot be delivered comes back as a bounce that names address and reason first', async () => {
    const writer = await newWriter();
    const { id } = await writer.send({ subject: 'To a leaver', to: [{ name: null, address: 'leaver@example.test' }] });
    await writer.reaches(id, 'sent');
    await received(writer);
    expect(await shown(writer)).toMatchObject({ recipients: [{ address: 'leaver@example.test', action: 'failed', status: '5.1.1', reason: expect.stringContaining('User doesn\'t exist') as string }] });
  });

  test('one recipient of five is refused: the four others get it, and both are told', async () => {
    const writer = await newWriter();
    const readers = [await newWriter(), await newWriter(), await newWriter(), await newWriter()];
    const { id } = await writer.send({ subject: 'Five', to: [...to(...readers.slice(0, 2)), { name: null, address: 'nobody@example.test' }, ...to(...readers.slice(2))] });
    expect(await writer.reaches(id, 'sent', 'failed')).toMatchObject({
      state: 'sent',
      acceptedFor: readers.map(({ user }) => user),
      refusals: [{ address: 'nobody@example.test', kind: 'no-such-address', status: '5.1.1' }],
    });
    for (const reader of readers) await received(reader);
  });

  test('all recipients are refused: nothing is sent, and the draft is there', async () => {
    const writer = await newWriter();
    const { id } = await writer.send({ subject: 'Nobody', to: [{ name: null, address: 'no@example.test' }, { name: null, address: 'none@example.test' }] });
    expect(await writer.reaches(id, 'failed')).toMatchObject({ reason: 'recipients-refused', acceptedFor: [], refusals: [{ status: '5.1.1' }, { status: '5.1.1' }] });
    expect(await rawMessages(writer.device, 'Drafts')).toHaveLength(1);
    expect(await writer.device.command('STATUS Sent (MESSAGES)')).toContain('MESSAGES 0');
  });

  test('a recipient that is put off is tried again until taken, and nobody gets it twice', async () => {
    const [writer, quick, slow] = [await newWriter(), await newWriter(), await newWriter()];
    let asked = 0;
    judge = (recipient) => (recipient === slow.user && (asked += 1) <= 2 ? '450 4.2.1 Later' : null);
    const { id } = await writer.send({ subject: 'Later', to: to(quick, slow) });
    expect((await writer.reaches(id, 'sent')).acceptedFor.toSorted()).toEqual([quick.user, slow.user].toSorted());
    judge = () => null;
    expect(asked).toBe(3);
    await received(quick);
    await received(slow);
    expect(await rawMessages(writer.device, 'Sent')).toHaveLength(1);
  });

  test('the size that the server takes is known before uploading, and what is larger is refused by its reason', async () => {
    await through({ size: 100_000 });
    const writer = await newWriter();
    expect((await readSendingLimits(writer.auth)).maxMessageSize).toBe(100_000);
    const { id } = await writer.send({ to: to(writer), attachments: [await attach(writer, randomBytes(150_000))] });
    expect(await writer.reaches(id, 'failed')).toMatchObject({ reason: 'message-too-large' });
    expect(await rawMessages(writer.device, 'Drafts')).toHaveLength(1);
    goThrough(started[0] as Postfix);
  });

  test('check 28: a From that is another\'s is refused by the server, and said', async () => {
    const [writer, other] = [await newWriter(), await newWriter()];
    const [own] = readIdentities(writer.auth.account).identities;
    if (!own) throw new Error('Everybody has an address');
    const theirs = { ...own, id: randomUUID(), name: 'Not me', address: other.user };
    writeIdentities(writer.auth.account, [own, theirs]);
    const { id } = await writer.send({ identity: theirs.id, to: to(writer) });
    expect(await writer.reaches(id, 'failed')).toMatchObject({ reason: 'sender-refused' });
    await expect(writer.send({ identity: 'nobody', to: to(writer) })).rejects.toMatchObject({ code: 'sender-refused', field: 'identity' });
  });

  test('a wrong password is said, and nothing is sent', async () => {
    const writer = await newWriter();
    const { id } = await writer.send({ to: to(writer) }, { when: { kind: 'undoable', seconds: 30 } });
    imap.server.setPassword(writer.user, 'another one');
    await expect.poll(() => imap.server.doveadm('auth', 'test', writer.user, 'kingfisher').then(() => 'taken', () => 'refused'), { timeout: 10_000 }).toBe('refused');
    await actOnOutbox(writer.auth, id, { action: 'send-now' });
    expect(await writer.reaches(id, 'failed')).toMatchObject({ reason: 'wrong-credentials' });
    expect(await writer.device.command('STATUS INBOX (MESSAGES)')).toContain('MESSAGES 0');
  });
});
