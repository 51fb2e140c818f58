import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blockByServer, blockingPlace, muteByServer } from '#server/mail/sieve-rules.ts';
import { withSieve } from '#server/sieve/connection.ts';
import type { SieveServer } from '#server/sieve/connection.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { freePort } from '#tests/support/mail-server/free-port.ts';
import { managesieveConfig } from '#tests/support/mail-server/managesieve-config.ts';
import { plainGreeting, startScriptedSieve } from '#tests/support/mail-server/scripted-sieve.ts';
import { startMailServer } from '#tests/support/mail-server/start-mail-server.ts';
import { deliver } from '#tests/support/mail-server/start-submission.ts';
import { makeTestCa } from '#tests/support/test-ca.ts';
import { password, startImapFixture } from './imap-fixture.ts';
import type { ImapFixture, ImapPerson } from './imap-fixture.ts';
import { subjectsIn } from './subjects-in.ts';

let fixture: ImapFixture;
let server: SieveServer;
beforeAll(async () => {
  const port = await freePort();
  server = { host: '127.0.0.1', port, security: 'none', tlsCa: null };
  Object.assign(process.env, { SIEVE_HOST: server.host, SIEVE_PORT: `${port}`, SIEVE_SECURITY: 'none' });
  fixture = await startImapFixture(managesieveConfig(port));
});
afterAll(() => fixture.end());

async function newPerson() {
  const person = await fixture.newPerson();
  const auth = { id: person.session.id, account: person.session.account, password, publicComputer: false };
  const scripts = () => withSieve(server, auth.account, password, (connection) => connection.listScripts());
  const put = (name: string, script: string) =>
    withSieve(server, auth.account, password, async (connection) => {
      await connection.putScript(name, script);
      await connection.setActive(name);
    });
  const get = (name: string) => withSieve(server, auth.account, password, (connection) => connection.getScript(name));
  return { ...person, auth, scripts, put, get };
}

/** Nobody of ours has to be there: the server's own delivery. */
async function receives({ user }: ImapPerson, from: string, subject: string) {
  await deliver(fixture.server.lmtpPort, 'envelope@else.test', [user], aMessage({ from, subject }));
}

test('what a blocked sender writes is put into Spam by the mail server, with nobody signed in, until they are let off', async () => {
  const person = await newPerson();
  expect(await blockingPlace(person.auth)).toBe('server');
  expect(await blockByServer(person.auth, ['pest@ads.test', 'other@ads.test'], [])).toBe(true);
  expect(await person.scripts()).toEqual({ names: ['pipit'], active: 'pipit' });
  // No page of theirs is open, so nothing of ours watches.
  await receives(person, 'Pest <Pest@Ads.test>', 'Ad');
  await receives(person, 'Ann <ann@else.test>', 'Letter');
  const { device } = person;
  expect(await subjectsIn(device, 'Junk')).toEqual(['Ad']);
  expect(await subjectsIn(device, 'INBOX')).toEqual(['Letter']);
  await device.command('SELECT Junk');
  expect(await device.command('FETCH 1 (FLAGS)')).toContain('$Junk');

  expect(await blockByServer(person.auth, [], ['pest@ads.test'])).toBe(true);
  expect(await person.get('pipit')).toContain('"other@ads.test"');
  await receives(person, 'Pest <pest@ads.test>', 'Ad again');
  expect(await subjectsIn(device, 'INBOX')).toEqual(['Letter', 'Ad again']);
  await blockByServer(person.auth, [], ['other@ads.test']);
  expect(await person.scripts()).toEqual({ names: [], active: null });
});

test('what answers a muted conversation is archived by the mail server, with nobody signed in, until it is no longer muted', async () => {
  const person = await newPerson();
  const { device, session, auth, user } = person;
  const letter = { subject: 'Plan', messageId: '<plan@a.test>' };
  await device.append('Archive', [{ raw: aMessage(letter), flags: ['$muted'] }, { raw: aMessage({ subject: 'Other', messageId: '<other@a.test>' }) }]);
  expect(await blockByServer(auth, ['pest@ads.test'], [])).toBe(true);
  expect(await muteByServer(auth)).toBe(true);
  const answers = async (subject: string, names: string, to: string) =>
    deliver(fixture.server.lmtpPort, 'envelope@else.test', [user], aMessage({ subject, inReplyTo: names, references: [names], to }));
  await answers('Re: Plan', '<plan@a.test>', 'All <all@lists.test>');
  await answers('Re: Other', '<other@a.test>', 'All <all@lists.test>');
  await answers('For you alone', '<plan@a.test>', user);
  await receives(person, 'pest@ads.test', 'Ad');
  expect(await subjectsIn(device, 'INBOX')).toEqual(['Re: Other', 'For you alone']);
  expect(await subjectsIn(device, 'Archive')).toEqual(['Plan', 'Other', 'Re: Plan']);
  expect(await subjectsIn(device, 'Junk')).toEqual(['Ad']);
  await device.command('SELECT Archive');
  expect(await device.command('FETCH 3 (FLAGS)')).toMatch(/FLAGS \((?!.*Seen).*\$muted/);
  await device.command('STORE 1:3 -FLAGS ($muted)');
  expect(await muteByServer({ ...auth, id: session.id })).toBe(true);
  await answers('Re: Plan again', '<plan@a.test>', 'All <all@lists.test>');
  expect(await subjectsIn(device, 'INBOX')).toEqual(['Re: Other', 'For you alone', 'Re: Plan again']);
  expect(await person.get('pipit')).not.toContain('muted');
});

test("a person's own script is left alone, and runs ours where it says so", async () => {
  const person = await newPerson();
  const own = 'require ["fileinto"];\r\nif header :contains "subject" "bill" { fileinto "Archive"; stop; }\r\n';
  await person.put('mine', own);
  expect(await blockingPlace(person.auth)).toBe('foreign');
  expect(await blockByServer(person.auth, ['pest@ads.test'], [])).toBe(false);
  expect(await person.scripts()).toEqual({ names: ['mine'], active: 'mine' });
  expect(await person.get('mine')).toBe(own);

  const including = own.replace('["fileinto"]', '["fileinto", "include"]') + 'include :personal :optional "pipit";\r\n';
  await person.put('mine', including);
  expect(await blockingPlace(person.auth)).toBe('server');
  expect(await blockByServer(person.auth, ['pest@ads.test'], [])).toBe(true);
  expect((await person.scripts()).active).toBe('mine');
  await receives(person, 'pest@ads.test', 'Ad');
  await receives(person, 'pest@ads.test', 'A bill');
  expect(await subjectsIn(person.device, 'Junk')).toEqual(['Ad']);
  expect(await subjectsIn(person.device, 'Archive')).toEqual(['A bill']);
  await blockByServer(person.auth, [], ['pest@ads.test']);
  await receives(person, 'pest@ads.test', 'Ad again');
  expect(await subjectsIn(person.device, 'INBOX')).toEqual(['Ad again']);
  expect(await person.get('mine')).toBe(including);
});

test('hostile addresses are only ever text, and three hundred of them are taken', async () => {
  const person = await newPerson();
  const hostile = ['a"];discard;#@x.test', 'back\\slash@x.test', 'line\r\ndiscard;\0@x.test', 'über@x.test', '${env.home}@x.test', '/* @x.test'];
  const many = Array.from({ length: 294 }, (_, index) => `${'x'.repeat(300)}${index}@ads.test`);
  expect(await blockByServer(person.auth, [...hostile, ...many], [])).toBe(true);
  await receives(person, 'Ann <ann@else.test>', 'Letter');
  expect(await subjectsIn(person.device, 'INBOX')).toEqual(['Letter']);
});

test('a wrong password is told, and what the server finds wrong is not stored', async () => {
  const { auth, scripts } = await newPerson();
  const check = (script: string) => withSieve(server, auth.account, password, (connection) => connection.checkScript(script));
  await expect(check('if {')).rejects.toMatchObject({ code: 'message-refused' });
  expect(await scripts()).toEqual({ names: [], active: null });
  await expect(withSieve(server, auth.account, 'wrong', async () => {})).rejects.toMatchObject({ code: 'wrong-credentials' });
});

test('TLS begins with a certificate that is checked, and what was offered before it counts for nothing', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pipit-sieve-'));
  const ca = makeTestCa(join(dir, 'tls'));
  const port = await freePort();
  const user = 'tls@example.test';
  const start = (tls: { cert: string; key: string }, name: string) =>
    startMailServer({ dataDir: join(dir, name), users: [{ user, password }], tls, extraConfig: managesieveConfig(port) });
  const to = (host: string, tlsCa: string | null): SieveServer => ({ host, port, security: 'starttls', tlsCa });
  const list = (one: SieveServer) => withSieve(one, { user }, password, (connection) => connection.listScripts());
  const good = await start(ca.good, 'good');
  expect(await list(to('localhost', ca.ca.certPem))).toEqual({ names: [], active: null });
  await expect(list(to('localhost', null))).rejects.toMatchObject({ code: 'certificate-invalid' });
  await good.stop();
  const elsewhere = await start(ca.wrongHost, 'elsewhere');
  await expect(list(to('localhost', ca.ca.certPem))).rejects.toMatchObject({ code: 'certificate-invalid' });
  await elsewhere.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('a password goes nowhere before TLS, and nothing that was put behind STARTTLS is believed', async () => {
  const tlsCapable = plainGreeting.replace('OK\r\n', '"STARTTLS"\r\nOK\r\n');
  for (const [greeting, said] of [
    [plainGreeting, 'OK\r\n'],
    [tlsCapable, `OK\r\n${plainGreeting}`],
    [tlsCapable, 'OK\r\n"SA'],
    [tlsCapable, 'NO\r\n'],
  ] as const) {
    const scripted = await startScriptedSieve(greeting, () => said);
    const to: SieveServer = { host: '127.0.0.1', port: scripted.port, security: 'starttls', tlsCa: null };
    const code = said === 'NO\r\n' ? 'message-refused' : 'starttls-missing';
    await expect(withSieve(to, { user: 'a' }, 'secret', async () => {}), said).rejects.toMatchObject({ code });
    expect(scripted.heard.join('\n')).not.toContain('AUTHENTICATE');
    await scripted.stop();
  }
});

test('servers that talk too much, say goodbye, hang up or know no PLAIN are told of in one word', async () => {
  const cases: [greeting: string, answer: string | null, code: string][] = [
    ['x'.repeat(10_000), '', 'server-unavailable'],
    ['{99999999}\r\n', '', 'server-unavailable'],
    ['"a"\r\n'.repeat(600_000), '', 'server-unavailable'],
    ['BYE "busy"\r\n', '', 'server-unavailable'],
    [plainGreeting.replace('PLAIN', 'SCRAM-SHA-1'), '', 'server-unavailable'],
    [plainGreeting, 'NO (TRYLATER) "later"\r\n', 'server-unavailable'],
    [plainGreeting, 'NO "wrong"\r\n', 'wrong-credentials'],
    [plainGreeting, null, 'server-unreachable'],
  ];
  for (const [greeting, answer, code] of cases) {
    const scripted = await startScriptedSieve(greeting, () => answer);
    const to: SieveServer = { host: '127.0.0.1', port: scripted.port, security: 'none', tlsCa: null };
    await expect(withSieve(to, { user: 'a' }, 'b', (connection) => connection.listScripts()), code).rejects.toMatchObject({ code });
    await scripted.stop();
  }
});
