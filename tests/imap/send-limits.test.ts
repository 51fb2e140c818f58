import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findIdentity, readIdentities, writeIdentities } from '#server/mail/compose/identities.ts';
import { actOnOutbox } from '#server/mail/outbox/outbox.ts';
import { startSendFixture } from './send-fixture.ts';
import type { SendFixture } from './send-fixture.ts';

let fixture: SendFixture;

beforeAll(async () => {
  Object.assign(process.env, { SEND_MAX_PER_HOUR: '3', SEND_MAX_RECIPIENTS_PER_DAY: '6', IDENTITIES: 'same-domain' });
  fixture = await startSendFixture({ utf8: false });
});
afterAll(() => fixture.end());

const later = { when: { kind: 'undoable' as const, seconds: 30 } };

test('check 76: more messages an hour than allowed are refused with the wait, and what was taken back does not count', async () => {
  const writer = await fixture.newWriter();
  const ids = [];
  for (let n = 0; n < 3; n += 1) ids.push((await writer.send({ subject: `${n}` }, later)).id);
  const refusal = await writer.send({}).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: 'sending-limit' });
  expect((refusal as { retryAfter: number }).retryAfter).toBeGreaterThan(3500);
  await actOnOutbox(writer.auth, ids[0] ?? '', { action: 'cancel' });
  await writer.send({});
  await expect(writer.send({})).rejects.toMatchObject({ code: 'sending-limit' });
});

test('check 76: more recipients a day than allowed are refused, and other people send on', async () => {
  const writer = await fixture.newWriter();
  const to = [1, 2, 3, 4].map((n) => ({ name: null, address: `p${n}@else.test` }));
  await writer.send({ to });
  await expect(writer.send({ to })).rejects.toMatchObject({ code: 'sending-limit' });
  await (await fixture.newWriter()).send({ to });
});

test('an address that needs SMTPUTF8 is refused before anything is queued where the server has none', async () => {
  const writer = await fixture.newWriter();
  await expect(writer.send({ to: [{ name: null, address: 'größe@else.test' }] })).rejects.toMatchObject({ code: 'utf8-refused' });
});

test('check 28: an identity of the own domain can be added and written from, another cannot', async () => {
  const writer = await fixture.newWriter();
  const { account } = writer.auth;
  const [own] = readIdentities(account).identities;
  if (!own) throw new Error('Everybody has an address');
  const team = { ...own, id: randomUUID(), name: 'The Team', address: 'team@example.test', sentMailbox: 'Archive' };
  writeIdentities(account, [own, team]);
  expect(() => writeIdentities(account, [own, { ...team, address: 'boss@else.test' }])).toThrow('sender-refused');
  expect(() => findIdentity(account, 'nobody')).toThrow('sender-refused');
  const { id } = await writer.send({ identity: team.id, subject: 'From the team' });
  expect(await writer.reaches(id, 'sent')).toMatchObject({ filedIn: 'Archive' });
  const raw = fixture.smtp.taken.at(-1);
  expect(raw?.from).toBe('team@example.test');
  expect(raw?.raw.toString()).toContain('From: The Team <team@example.test>\r\n');
});

test('check 28: where the administrator fixes the address no other is added or written from, not even one that was added before', async () => {
  const writer = await fixture.newWriter();
  const { account } = writer.auth;
  const [own] = readIdentities(account).identities;
  if (!own) throw new Error('Everybody has an address');
  const team = { ...own, id: randomUUID(), address: 'team@example.test' };
  writeIdentities(account, [own, team]);
  const settings = (globalThis as { pipitSingletons?: Map<string, unknown> }).pipitSingletons;
  try {
    process.env.IDENTITIES = 'fixed';
    settings?.delete('settings');
    expect(readIdentities(account)).toMatchObject({ identities: [{ address: writer.user }], rule: 'fixed' });
    expect(() => writeIdentities(account, [own, team])).toThrow('sender-refused');
    await expect(writer.send({ identity: team.id })).rejects.toMatchObject({ code: 'sender-refused', field: 'identity' });
  } finally {
    process.env.IDENTITIES = 'same-domain';
    settings?.delete('settings');
  }
});

test("check 28: a From that the mail server does not take is said as that, and the draft stays", async () => {
  const writer = await fixture.newWriter();
  fixture.smtp.script.onSender = () => ({ code: 553, text: '5.7.1 Not yours' });
  const { id } = await writer.send({ subject: 'Refused' });
  expect(await writer.reaches(id, 'failed')).toMatchObject({ reason: 'sender-refused' });
  fixture.smtp.script.onSender = () => null;
});
