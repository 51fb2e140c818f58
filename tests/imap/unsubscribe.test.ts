import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { accountKey } from '#server/auth/account.ts';
import { writeIdentities } from '#server/mail/compose/identities.ts';
import { readMessage } from '#server/mail/message/read-message.ts';
import { readPreviews } from '#server/mail/read-previews.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { unsubscribe } from '#server/mail/message/unsubscribe.ts';
import { takeTurn } from '#server/store/turn-rows.ts';
import { startListServer } from '#tests/support/list-server.ts';
import type { ListServer } from '#tests/support/list-server.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { otherInternet } from '#tests/support/other-internet.ts';
import type { Places } from '#tests/support/other-internet.ts';
import { makeTestCa } from '#tests/support/test-ca.ts';
import { startSendFixture } from './send-fixture.ts';
import type { SendFixture } from './send-fixture.ts';

// The host that the test authority has a certificate for, at an address that is public.
const host = 'elsewhere.example.test';
const address = '93.184.216.34';
const dir = mkdtempSync(join(tmpdir(), 'pipit-lists-'));
const trusted = tls.getCACertificates();
let fixture: SendFixture;
let list: ListServer;
let internet: ReturnType<typeof otherInternet>;
let places: Places;

beforeAll(async () => {
  process.env.AUTHSERV_ID = 'mx.example.test';
  const ca = makeTestCa(dir);
  tls.setDefaultCACertificates([...trusted, ca.ca.certPem]);
  list = await startListServer(ca.wrongHost);
  fixture = await startSendFixture();
});
afterAll(async () => {
  tls.setDefaultCACertificates(trusted);
  await list.stop();
  await fixture.end();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(() => {
  list.asked.length = 0;
  list.answer = (response) => response.end('Bye');
  places = { [host]: { addresses: [address], port: list.port } };
  internet = otherInternet(places);
});
afterEach(() => internet.end());

const oneClick = { 'List-Unsubscribe': `<mailto:out@else.test>, <https://${host}/out?u=1>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };

/** Somebody with one message of a list's, and the ways to open it and to click. */
async function subscriber(headers: Record<string, string>) {
  const writer = await fixture.newWriter();
  await writer.device.append('INBOX', [{ raw: aMessage({ from: 'News <news@else.test>', to: writer.user, headers }) }]);
  const { uidValidity } = await readWindow(writer.session, 'INBOX', { newest: 1 });
  const ref = { mailbox: 'INBOX', uidValidity, uid: 1 };
  const key = randomUUID();
  return {
    writer,
    ref,
    open: () => readMessage(writer.session, ref, { prefer: 'html', section: null }),
    click: (way: 'one-click' | 'mail' = 'one-click') => unsubscribe(writer.auth, ref, { way, key }),
  };
}

test('check 85: looking at a message sends nothing; a click sends one POST of RFC 8058 with nothing of the person', async () => {
  const { writer, ref, open, click } = await subscriber({ ...oneClick, 'List-Id': '"All the news" <news.else.test>' });
  await readPreviews(writer.session, 'INBOX', ref.uidValidity, [1]);
  expect((await open()).exit).toEqual({ list: 'All the news', way: { kind: 'one-click', url: `https://${host}/out?u=1`, host, isProven: false } });
  await open();
  expect({ opened: internet.opened, looked: internet.looked, asked: list.asked }).toEqual({ opened: [], looked: [], asked: [] });
  list.answer = (response) => response.setHeader('Set-Cookie', 'a=b').end('Bye');
  expect(await click()).toEqual({ outcome: 'done' });
  expect(list.asked.map(({ method, url, body }) => [method, url, body])).toEqual([['POST', '/out?u=1', 'List-Unsubscribe=One-Click']]);
  expect(list.asked[0]?.headers).toEqual({
    host,
    'user-agent': 'Mozilla/5.0 (compatible; PipitUnsubscribe)',
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': '26',
    connection: 'close',
  });
  expect(internet.opened).toEqual([address]);
  // The second brings no cookie of the first's.
  await click();
  expect(list.asked[1]?.headers.cookie).toBeUndefined();
});

test.each([
  ['a private address', ['10.0.0.1']],
  ['this machine', ['127.0.0.1']],
  ['the machine’s own network', ['169.254.169.254']],
  ['a public address and a private one', [address, '192.168.1.1']],
  ['IPv6 of this machine', ['::1']],
  ['nothing', []],
])('check 85: a list’s name that leads to %s is refused before any packet', async (_what, addresses) => {
  const { click } = await subscriber(oneClick);
  places[host] = { addresses, port: list.port };
  expect(await click()).toEqual({ outcome: 'unreachable' });
  expect({ looked: internet.looked, opened: internet.opened, asked: list.asked }).toEqual({ looked: [host], opened: [], asked: [] });
});

test.each([301, 302, 303, 307, 308])('check 85: a redirect (%i) is a refusal, and nobody follows it', async (status) => {
  const { click } = await subscriber(oneClick);
  list.answer = (response) => response.writeHead(status, { Location: `https://${host}/elsewhere` }).end();
  expect(await click()).toEqual({ outcome: 'refused' });
  expect(list.asked).toHaveLength(1);
});

test('check 85: a no, an answer without end, a wrong certificate and a closed port are told apart from a yes', async () => {
  const { click } = await subscriber(oneClick);
  list.answer = (response) => response.writeHead(500).end();
  expect(await click()).toEqual({ outcome: 'refused' });
  // Of an answer that goes on and on nothing is read but how it begins.
  let written = 0;
  const closed = new Promise<void>((resolve) => {
    list.answer = (response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) written += 1;
        if (!response.destroyed) response.once('drain', more);
      };
      response.once('close', resolve);
      more();
    };
  });
  expect(await click()).toEqual({ outcome: 'done' });
  await closed;
  expect(written).toBeLessThan(500);
  places[host] = { addresses: [address], port: 1 };
  expect(await click()).toEqual({ outcome: 'unreachable' });
  const other = await subscriber({ ...oneClick, 'List-Unsubscribe': '<https://other.example.test/out>' });
  places['other.example.test'] = { addresses: ['93.184.216.35'], port: list.port };
  const before = list.asked.length;
  expect(await other.click()).toEqual({ outcome: 'unreachable' });
  expect(list.asked).toHaveLength(before);
});

test('check 85: where to is read from the message: no other way, message or mailbox will do', async () => {
  const { writer, ref, click } = await subscriber(oneClick);
  await expect(click('mail')).rejects.toMatchObject({ code: 'invalid-input' });
  const wish = { way: 'one-click' as const, key: randomUUID() };
  await expect(unsubscribe(writer.auth, { ...ref, uidValidity: ref.uidValidity + 1 }, wish)).rejects.toMatchObject({ code: 'mailbox-changed' });
  await expect(unsubscribe(writer.auth, { ...ref, uid: 2 }, wish)).rejects.toMatchObject({ code: 'message-missing' });
  const plain = await subscriber({});
  expect((await plain.open()).exit).toBeNull();
  await expect(plain.click()).rejects.toMatchObject({ code: 'invalid-input' });
  expect(internet.opened).toEqual([]);
});

test('check 85: where the trusted server checks signatures, one click needs one that holds and covers both fields', async () => {
  const signature = `v=1; a=rsa-sha256; d=else.test; s=x; h=From:List-Unsubscribe:List-Unsubscribe-Post; bh=abc=; b=abc=`;
  const results = (dkim: string) => ({ ...oneClick, 'Authentication-Results': `mx.example.test; dkim=${dkim} header.d=else.test` });
  const way = async (headers: Record<string, string>) => (await (await subscriber(headers)).open()).exit?.way;
  expect(await way({ ...results('pass'), 'DKIM-Signature': signature })).toMatchObject({ kind: 'one-click', isProven: true });
  expect(await way({ ...results('fail'), 'DKIM-Signature': signature })).toMatchObject({ kind: 'mail', to: 'out@else.test' });
  expect(await way({ ...results('pass'), 'DKIM-Signature': signature.replace(':List-Unsubscribe-Post', '') })).toMatchObject({ kind: 'mail' });
  // Anybody can write such a field; it counts only by the name of a server that is ours.
  const praised = { ...oneClick, 'Authentication-Results': 'mx.evil.test; dkim=pass header.d=else.test', 'DKIM-Signature': signature };
  expect(await way(praised)).toMatchObject({ kind: 'one-click', isProven: false });
  const unsigned = await subscriber({ ...results('none'), 'List-Unsubscribe': `<https://${host}/out>` });
  expect((await unsigned.open()).exit?.way).toEqual({ kind: 'page', url: `https://${host}/out`, host });
  await expect(unsigned.click()).rejects.toMatchObject({ code: 'invalid-input' });
  expect(internet.opened).toEqual([]);
});

test('check 85: a list that is left by mail gets one message, from the address that it wrote to', async () => {
  const headers = { 'List-Unsubscribe': '<mailto:out@else.test?subject=leave%20news&body=id%2042%0d%0a.&bcc=evil@z.test>' };
  const { writer, open, click } = await subscriber({ ...headers, To: 'alias@example.test' });
  const identity = { name: 'Me', replyTo: null, signature: '', sentMailbox: null };
  writeIdentities(writer.auth.account, [
    { ...identity, id: 'default', address: writer.user },
    { ...identity, id: 'alias', address: 'alias@example.test' },
  ]);
  const before = fixture.smtp.taken.length;
  expect((await open()).exit?.way).toEqual({ kind: 'mail', from: 'alias@example.test', to: 'out@else.test', subject: 'leave news', text: 'id 42\n.' });
  expect(fixture.smtp.taken).toHaveLength(before);
  expect(await click('mail')).toEqual({ outcome: 'done' });
  expect(await click('mail')).toEqual({ outcome: 'done' }); // Asked again because the answer got lost.
  await fixture.smtp.until(before + 1);
  const [taken, ...more] = fixture.smtp.taken.slice(before);
  expect(more).toEqual([]);
  expect(taken).toMatchObject({ from: 'alias@example.test', to: ['out@else.test'] });
  const mail = await PostalMime.parse(taken?.raw ?? '');
  expect(mail).toMatchObject({ from: { name: 'Me', address: 'alias@example.test' }, subject: 'leave news' });
  expect(mail.text?.trim()).toBe('id 42\n.');
  expect(internet.opened).toEqual([]);
});

test('check 85: an account asks lists’ servers thirty times an hour at most, from whichever server process', async () => {
  const { writer, click } = await subscriber(oneClick);
  const key = accountKey(writer.auth.account);
  const now = Date.now();
  // As other processes on the same store count.
  for (let turn = 0; turn < 30; turn += 1) expect(takeTurn(key, 'unsubscribe', 30, now - 60_000)).toBe(0);
  await expect(click()).rejects.toMatchObject({ code: 'rate-limited' });
  expect(list.asked).toEqual([]);
  expect(takeTurn(key, 'unsubscribe', 30, now + 3_540_001)).toBe(0);
  expect(takeTurn('somebody else', 'unsubscribe', 30, now)).toBe(0);
});
