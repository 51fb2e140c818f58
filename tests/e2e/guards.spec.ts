import { request as ask } from 'node:http';
import { signInByHttp } from '#tests/bench/sign-in.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { actions, routes } from './entries.ts';
import { expect, test } from './fixture.ts';
import type { Person } from './fixture.ts';
import { password, startApp } from './start-app.ts';
import type { App } from './start-app.ts';

interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  text: string;
}

/** A request with exactly these headers; Host too can be lied about. */
function send(app: App, method: string, path: string, headers: Record<string, string>, body = ''): Promise<Answer> {
  const { port } = new URL(app.address);
  return new Promise((resolve, reject) => {
    const request = ask({ host: 'localhost', port, method, path, headers: { ...headers, ...(body ? { 'content-length': `${Buffer.byteLength(body)}` } : {}) }, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk.slice(0, 100_000)));
      // Streams do not end by themselves.
      if (response.headers['content-type']?.startsWith('text/event-stream')) response.destroy();
      response.on('close', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    // Whoever is refused by the size that is announced may not get to finish: the server has answered and hung up.
    request.on('error', (error: NodeJS.ErrnoException) => (body.length > 1_000_000 && ['EPIPE', 'ECONNRESET'].includes(error.code ?? '') ? resolve({ status: 400, headers: {}, text: '' }) : reject(error)));
    request.end(body);
  });
}

/** A mailbox with one message that has a file and a picture; answers what asks for any of it. */
async function queryOf({ device }: Person): Promise<string> {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  const attachments = [{ name: 'a.bin', mediaType: 'application/octet-stream', content: Buffer.from('octets') }];
  await device.append('INBOX', [{ raw: aMessage({ subject: 'Quicksilver', html: '<img src="cid:x">', attachments, inline: [{ name: 'x.png', mediaType: 'image/png', content: png, contentId: 'x' }] }) }]);
  const uidValidity = /UIDVALIDITY (\d+)/.exec(await device.command('STATUS INBOX (UIDVALIDITY)'))?.[1] ?? '';
  return new URLSearchParams({ mailbox: 'INBOX', uidValidity, newest: '50', uids: '1', since: `${uidValidity}:1` }).toString();
}

/** Asked without a session: constant, or for whoever signs in. */
const open = ['/healthz', '/readyz', '/mail-frame', '/.well-known/security.txt', '/api/auth/csrf', '/api/auth/callback/credentials', '/api/reports', '/api/sign-out'];
const isRead = ({ method }: { method: string }) => method === 'GET' || method === 'HEAD';
const changing = () => routes().filter((entry) => !isRead(entry) && entry.path !== '/api/reports');
const reading = () => routes().filter((entry) => isRead(entry) && !open.includes(entry.path));

/** What another site's page, a tool or a liar may send. */
const foreign = (own: string): Record<string, string>[] => [
  { origin: 'https://evil.test' },
  { origin: 'null' },
  {},
  { origin: `${own}.evil.test` },
  { origin: own.replace('http:', 'https:') },
  { origin: own, 'sec-fetch-site': 'cross-site' },
  { origin: own, 'sec-fetch-site': 'same-site' },
  // Check 15: who forges both has proven nothing.
  { origin: 'https://evil.test', host: 'evil.test' },
  { origin: 'https://evil.test', 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'https' },
];

test('checks 14, 15 and 60: no POST, PATCH or DELETE route takes a request that is not from our own pages', async ({ app, person }) => {
  const cookie = await signInByHttp(app, person.user, password);
  expect(changing().length).toBeGreaterThan(12);
  for (const { method, path } of changing()) {
    for (const headers of foreign(app.address)) {
      const { status } = await send(app, method, path, { cookie, 'content-type': 'application/json', ...headers }, '{}');
      expect([method, path, headers, status]).toEqual([method, path, headers, 403]);
    }
  }
  // The session lives: nothing of it was signed out or ended.
  expect((await send(app, 'GET', '/api/session', { cookie })).status).toBe(200);
});

test('checks 14 and 15: no Server Action runs for a page that is not ours', async ({ app, person }) => {
  const cookie = await signInByHttp(app, person.user, password);
  expect(actions().length).toBeGreaterThan(6);
  for (const { id, name } of actions()) {
    for (const headers of foreign(app.address)) {
      const { status } = await send(app, 'POST', '/mail/INBOX', { cookie, 'next-action': id, 'content-type': 'text/plain;charset=UTF-8', ...headers }, '[{}]');
      expect([name, headers, status]).toEqual([name, headers, 403]);
    }
  }
  const ends = actions().find(({ name }) => name === 'endSessionsOfAccount');
  const headers = { cookie, 'next-action': ends?.id ?? '', 'content-type': 'text/plain;charset=UTF-8', origin: app.address };
  expect((await send(app, 'GET', '/api/session', { cookie })).status).toBe(200);
  // From our own page the very same request does end them, so it was the guard that stood in the way.
  expect((await send(app, 'POST', '/mail/INBOX', headers, '[{"which":"all"}]')).status).toBe(200);
  expect((await send(app, 'GET', '/api/session', { cookie })).status).toBe(401);
});

test('check 16: no route, action or page gives anything without a session, whatever headers Next knows itself', async ({ app, person }) => {
  const dead = await signInByHttp(app, person.user, password);
  await send(app, 'POST', '/api/sign-out', { cookie: dead, origin: app.address });
  const cookies = ['', dead, `pipit-s=${'A'.repeat(86)}`, 'pipit-s=x'];
  const tricks: Record<string, string>[] = [{}, { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy', 'x-middleware-next': '1', rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' }];
  for (const cookie of cookies) {
    for (const trick of tricks) {
      for (const { method, path } of [...reading(), ...changing().filter(({ path: one }) => !open.includes(one))]) {
        const { status } = await send(app, method, path, { cookie, origin: app.address, 'content-type': 'application/json', ...trick }, isRead({ method }) ? '' : '{}');
        // Next answers a request of its router with where to ask it properly, before anything of ours.
        expect(trick.rsc ? [401, 307] : [401], `${method} ${path}`).toContain(status);
      }
      for (const { id, name } of actions()) {
        const { text } = await send(app, 'POST', '/login', { cookie, origin: app.address, 'next-action': id, 'content-type': 'text/plain;charset=UTF-8', ...trick }, '[{}]');
        // It is the session that is missing, not that the input makes no sense.
        const code = /"code":"([^"]+)"/.exec(text)?.[1] ?? 'none';
        expect([name, trick.rsc && code === 'none' ? 'not-signed-in' : code, /"ok":true/.test(text)]).toEqual([name, 'not-signed-in', false]);
      }
      for (const path of ['/mail/INBOX', '/mail/INBOX/1', '/compose', '/settings/reading']) {
        const { text } = await send(app, 'GET', path, { cookie, ...trick });
        expect([path, text.includes(person.user)]).toEqual([path, false]);
      }
    }
  }
});

test('check 16: another person’s sessions, uploads and messages on their way out are not there', async ({ app, person }) => {
  const cookie = await signInByHttp(app, person.user, password);
  const stranger = await signInByHttp(app, app.nextUser(), password);
  const json = { origin: app.address, 'content-type': 'application/json' };
  const upload = '11111111-1111-4111-8111-111111111111';
  expect((await send(app, 'POST', '/api/uploads', { cookie, ...json }, JSON.stringify({ id: upload, size: 5 }))).status).toBe(200);
  expect((await send(app, 'HEAD', `/api/uploads/${upload}`, { cookie })).status).toBe(200);
  expect((await send(app, 'HEAD', `/api/uploads/${upload}`, { cookie: stranger })).status).toBe(404);
  expect((await send(app, 'PATCH', `/api/uploads/${upload}`, { cookie: stranger, ...json, 'upload-offset': '0' }, 'abcde')).status).toBe(404);
  const { text } = await send(app, 'GET', '/api/sessions', { cookie });
  const [mine] = JSON.parse(text) as { id: string }[];
  const end = actions().find(({ name }) => name === 'endSessionsOfAccount');
  await send(app, 'POST', '/mail/INBOX', { cookie: stranger, origin: app.address, 'next-action': end?.id ?? '', 'content-type': 'text/plain;charset=UTF-8' }, JSON.stringify([{ which: 'one', id: mine?.id }]));
  expect((await send(app, 'GET', '/api/session', { cookie })).status).toBe(200);
  const id = '22222222-2222-4222-8222-222222222222';
  expect((await send(app, 'POST', `/api/outbox/${id}`, { cookie: stranger, ...json }, JSON.stringify({ act: 'undo' }))).status).toBeGreaterThanOrEqual(400);
});

test('checks 16 and 63: another site’s page reads nothing, and no answer may be kept by a cache', async ({ app, person }) => {
  const cookie = await signInByHttp(app, person.user, password);
  const query = await queryOf(person);
  const good: string[] = [];
  // The change feed is for scripts: nobody opens it.
  expect((await send(app, 'GET', '/api/events', { cookie, 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' })).status).toBe(403);
  for (const { method, path } of reading()) {
    const { status } = await send(app, method, `${path}?${query}`, { cookie, 'sec-fetch-site': 'cross-site' });
    expect([method, path, status]).toEqual([method, path, 403]);
    for (const address of [path, `${path}?${query}`]) {
      const own = await send(app, method, address, { cookie, 'sec-fetch-site': 'same-origin' });
      expect(own.headers['cache-control'], `${method} ${path}`).toMatch(/^private, no-store/);
      if (own.status < 300) good.push(path);
    }
  }
  // Answers that hold mail are among them: rows, a message, its header, source, files and pictures.
  for (const part of ['/api/messages', '/api/messages/1', '/api/messages/1/headers', '/api/messages/1/source', '/api/messages/1/attachments.zip', '/api/messages/1/cid/x']) expect(good).toContain(part);
  const file = await send(app, 'GET', `/api/messages/1/parts/2?${query}`, { cookie });
  expect([file.status, file.text, file.headers['cache-control']]).toEqual([200, 'octets', 'private, no-store']);
  for (const { method, path } of changing().filter((entry) => !open.includes(entry.path))) {
    const answer = await send(app, method, path, { cookie, origin: app.address, 'content-type': 'application/json' }, '{}');
    expect(answer.headers['cache-control'], `${method} ${path}`).toContain('no-store');
  }
  for (const path of ['/mail/INBOX', '/settings/reading', '/compose', '/login', '/nothing-here']) {
    for (const headers of [{}, { rsc: '1' }] as Record<string, string>[]) {
      const page = await send(app, 'GET', path, { cookie, ...headers });
      expect(page.headers['cache-control'], path).toMatch(/^private,.* no-store/);
    }
  }
});

test('check 82: an action or a body that is huge or deep is refused soon, and the server goes on', async ({ app, person }) => {
  const cookie = await signInByHttp(app, person.user, password);
  const [action] = actions();
  const huge = `["${'x'.repeat(6_000_000)}"]`;
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  const references = JSON.stringify(Array.from({ length: 20_000 }, (_, index) => `$${index + 1}`));
  for (const body of [huge, deep, references]) {
    const started = Date.now();
    const answer = await send(app, 'POST', '/mail/INBOX', { cookie, origin: app.address, 'next-action': action?.id ?? '', 'content-type': 'text/plain;charset=UTF-8' }, body);
    expect(/"ok":true/.test(answer.text)).toBe(false);
    const route = await send(app, 'POST', '/api/drafts', { cookie, origin: app.address, 'content-type': 'application/json' }, body.repeat(body === huge ? 4 : 1));
    expect(route.status).toBe(400);
    expect(Date.now() - started).toBeLessThan(5_000);
  }
  expect((await send(app, 'GET', '/api/session', { cookie })).status).toBe(200);
});

test('checks 61 and 62: the cookie has every flag, is made at the sign-in, and one planted before is not taken', async ({ app, person }) => {
  const planted = `pipit-s=${'B'.repeat(86)}`;
  const csrf = await send(app, 'GET', '/api/auth/csrf', { cookie: planted });
  const jar = [csrf.headers['set-cookie'] ?? []].flat().map((line) => line.split(';')[0]);
  const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
  const form = (publicComputer: boolean) => new URLSearchParams({ csrfToken, address: person.user, password, publicComputer: `${publicComputer}` }).toString();
  const signIn = (publicComputer: boolean) => send(app, 'POST', '/api/auth/callback/credentials', { cookie: [planted, ...jar].join('; '), origin: app.address, 'content-type': 'application/x-www-form-urlencoded' }, form(publicComputer));
  const lineOf = (answer: Answer) => [answer.headers['set-cookie'] ?? []].flat().find((line) => line.startsWith('pipit-s=')) ?? '';
  const line = lineOf(await signIn(false));
  expect(line).toMatch(/^pipit-s=[\w-]{86}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
  expect(line).not.toContain(planted);
  expect((await send(app, 'GET', '/api/session', { cookie: planted })).status).toBe(401);
  const onPublic = lineOf(await signIn(true));
  expect(onPublic).toMatch(/^pipit-s=[\w-]{86}; Path=\/; HttpOnly; SameSite=Strict$/);
  expect(onPublic.slice(0, 90)).not.toBe(line.slice(0, 90));
});

test('check 92: an error page and a wrong address show no stack, no version, no host and no echo', async ({ app }) => {
  for (const path of ['/nothing-%3Cscript%3Eecho', '/api/nothing-echo', '/api/messages/echo', '/mail-frame/echo', '/_next/image?url=echo&w=64&q=75']) {
    const answer = await send(app, 'GET', path, {});
    expect(answer.status).toBeGreaterThanOrEqual(300);
    expect(answer.text).not.toMatch(/at .+:\d+:\d+|node_modules|node:internal|127\.0\.0\.1|imapflow|<script>echo/);
    expect(answer.headers['x-powered-by']).toBeUndefined();
    expect(answer.headers.server).toBeUndefined();
  }
  // Check 90: Next's picture optimiser does not answer.
  expect((await send(app, 'GET', '/_next/image?url=%2Ficon.svg&w=64&q=75', {})).status).toBe(404);
});

test('check 93: security.txt is there, and a report of the policy is taken, counted and not echoed', async ({ app }) => {
  expect((await send(app, 'GET', '/.well-known/security.txt', {})).text).toContain('Contact: mailto:');
  const { headers } = await send(app, 'GET', '/login', {});
  expect(headers['content-security-policy']).toContain('report-to csp');
  expect(headers['reporting-endpoints']).toBe('csp="/api/reports"');
  const report = JSON.stringify([{ type: 'csp-violation', body: { effectiveDirective: 'img-src', blockedURL: 'https://secret.test/?q=subject' } }]);
  for (let count = 0; count < 40; count += 1) {
    expect((await send(app, 'POST', '/api/reports', { 'content-type': 'application/reports+json' }, report)).status).toBe(204);
  }
  expect((await send(app, 'POST', '/api/reports', { 'content-type': 'application/reports+json' }, 'x'.repeat(1_000_000))).status).toBe(204);
  const told = app.log().split('\n').filter((line) => line.includes('csp-report'));
  expect(told).toHaveLength(20);
  expect(told.join('')).not.toContain('secret.test');
});

test('check 21: the password is in no answer of any route, page or action, in no address, and nothing of the person in the log', async ({ app, person }) => {
  const cookie = await signInByHttp(app, person.user, password);
  const query = await queryOf(person);
  const pages = ['/mail/INBOX', '/mail/INBOX/1', '/settings/sessions', '/compose', '/login', '/api/auth/session', '/api/auth/providers'];
  const answers: Answer[] = [];
  for (const path of [...reading().map((entry) => `${entry.path}?${query}`), ...pages]) {
    for (const headers of [{}, { rsc: '1' }] as Record<string, string>[]) answers.push(await send(app, 'GET', path, { cookie, ...headers }));
  }
  for (const { method, path } of changing().filter((entry) => !open.includes(entry.path))) {
    answers.push(await send(app, method, path, { cookie, origin: app.address, 'content-type': 'application/json' }, '{}'));
  }
  for (const { id } of actions()) {
    answers.push(await send(app, 'POST', '/mail/INBOX', { cookie, origin: app.address, 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' }, '[{"which":"others"}]'));
  }
  expect(answers.some(({ text }) => text.includes('Quicksilver'))).toBe(true);
  for (const { text, headers } of answers) expect(text + JSON.stringify(headers)).not.toContain(password);
  // A refused sign-in is told of with the address it came from, and with nothing of who was meant.
  await signInByHttp(app, person.user, `${password}-wrong`).catch(() => {});
  const log = app.log();
  expect(log).toContain('sign-in-refused');
  for (const secret of [password, person.user, 'Quicksilver']) expect(log).not.toContain(secret);
});

test('check 58: who does not exist is refused in the words and the time of a wrong password', async () => {
  // Dovecot makes every refusal from one address slower than the one before; here only who is refused shall matter.
  const app = await startApp({ people: 1, extraConfig: 'service anvil {\n  unix_listener anvil-auth-penalty {\n    mode = 0\n  }\n}\n' });
  const attempt = async (address: string): Promise<{ words: string; took: number }> => {
    const started = performance.now();
    const words = await signInByHttp(app, address, 'not-the-password').then(() => 'signed in', (error: unknown) => String(error));
    return { words, took: performance.now() - started };
  };
  const known = await attempt('person1@example.test');
  const unknown = await attempt('nobody-of-this-name@example.test');
  const elsewhere = await attempt('person@another.test');
  expect(known.words).toContain('wrong-credentials');
  expect(new Set([known.words, unknown.words, elsewhere.words]).size).toBe(1);
  const times = [known.took, unknown.took, elsewhere.took];
  expect(Math.max(...times) - Math.min(...times)).toBeLessThan(2_500);
  await app.stop();
});

test('searches and announced files of a session are counted, and another session’s are its own', async ({ app, person }) => {
  const cookie = await signInByHttp(app, person.user, password);
  const other = await signInByHttp(app, app.nextUser(), password);
  const json = { origin: app.address, 'content-type': 'application/json' };
  const search = (who: string) => send(app, 'POST', '/api/search', { cookie: who, ...json }, JSON.stringify({ mailbox: 'INBOX', q: '(', scope: 'mailbox' }));
  const upload = (who: string) => send(app, 'POST', '/api/uploads', { cookie: who, ...json }, JSON.stringify({ id: crypto.randomUUID(), size: 0 }));
  for (const ask of [search, upload]) {
    const answers: Answer[] = [];
    for (let count = 0; count < 130; count += 1) answers.push(await ask(cookie));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(10);
    expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask(other)).status).toBe(200);
  }
});

test('check 80: numbers, ranges and sections that make no sense are refused or ignored, and a partial download keeps its headers', async ({ app, person }) => {
  const cookie = await signInByHttp(app, person.user, password);
  const attachments = [{ name: 'a.bin', mediaType: 'application/octet-stream', content: Buffer.from('0123456789') }];
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'File', attachments }) }]);
  const uidValidity = /UIDVALIDITY (\d+)/.exec(await person.device.command('STATUS INBOX (UIDVALIDITY)'))?.[1] ?? '';
  const where = `mailbox=INBOX&uidValidity=${uidValidity}`;
  const bad = ['0', '-1', '1.5', '4294967296', '99999999999999999999', 'NaN', '1%0D%0AA9%20LOGOUT', '*', '1:*', ''];
  for (const value of bad) {
    for (const path of [`/api/messages/${value || '%20'}?${where}`, `/api/messages/1?mailbox=INBOX&uidValidity=${value}`, `/api/messages?mailbox=INBOX&newest=${value}`, `/api/messages?mailbox=INBOX&from=${value}&to=${value}`, `/api/messages/rows?${where}&uids=${value}`, `/api/messages/1/source?${where}&show=${value}`]) {
      const { status } = await send(app, 'GET', path, { cookie });
      expect([path, status >= 400 && status < 500]).toEqual([path, true]);
    }
  }
  for (const part of ['0x1', '-1', '1.a', '1..2', '99999', '1%2F..%2F2', 'TEXT', 'HEADER', '1.MIME']) {
    const { status } = await send(app, 'GET', `/api/messages/1/parts/${part}?${where}`, { cookie });
    expect([part, status >= 400 && status < 500]).toEqual([part, true]);
  }
  for (const [range, status, text] of [['bytes=2-4', 206, '234'], ['bytes=-3', 206, '789'], ['bytes=5-2', 200, '0123456789'], ['bytes=99-', 416, ''], ['bytes=0-1,3-4', 200, '0123456789'], ['items=1-2', 200, '0123456789'], ['bytes=99999999999999999999-', 200, '0123456789']] as const) {
    const answer = await send(app, 'GET', `/api/messages/1/parts/2?${where}`, { cookie, range });
    expect([range, answer.status, answer.text]).toEqual([range, status, text]);
    expect(answer.headers).toMatchObject({ 'content-disposition': expect.stringMatching(/^attachment; /), 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' });
    expect(answer.headers['content-security-policy']).toBe("default-src 'none'; sandbox");
  }
});

test.describe('behind a proxy, by https', () => {
  const own = 'https://mail.example.test';
  let app: App;
  test.beforeAll(async () => {
    // Refusals come at once, so that a hundred of them are soon through.
    const quick = 'auth_failure_delay = 0\nservice anvil {\n  unix_listener anvil-auth-penalty {\n    mode = 0\n  }\n}\n';
    app = await startApp({ people: 3, extraConfig: quick, environment: { APP_URL: own, TRUSTED_PROXIES: '1' } });
  });
  test.afterAll(() => app.stop());

  const linesOf = ({ headers }: Answer) => [headers['set-cookie'] ?? []].flat();
  /** Signs in from an address that the proxy tells of; whatever the client itself sent stands before it. */
  async function attempt(from: string, { address = 'person1@example.test', secret = password, cookies = '' } = {}): Promise<{ code: string; lines: string[] }> {
    const csrf = await send(app, 'GET', '/api/auth/csrf', {});
    const jar = linesOf(csrf).map((line) => line.split(';')[0]);
    const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
    const form = new URLSearchParams({ csrfToken, address, password: secret, publicComputer: 'false' }).toString();
    const headers = { cookie: [...jar, cookies].filter(Boolean).join('; '), origin: own, 'x-forwarded-for': `203.0.113.${Math.trunc(Math.random() * 200)}, ${from}`, 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await send(app, 'POST', '/api/auth/callback/credentials', headers, form);
    const { ok, error } = JSON.parse(answer.text) as { ok: boolean; error?: { code: string } };
    return { code: ok ? 'in' : (error?.code ?? 'none'), lines: linesOf(answer) };
  }

  test('check 62: every cookie is tied to this host and to https, and pages ask for https from now on', async () => {
    const csrf = await send(app, 'GET', '/api/auth/csrf', {});
    const { code, lines } = await attempt('198.51.100.1');
    expect(code).toBe('in');
    const set = [...linesOf(csrf), ...lines];
    expect(set.map((line) => line.split('=')[0])).toEqual(expect.arrayContaining(['__Host-d', '__Host-s', '__Host-next-auth.csrf-token']));
    for (const line of set) {
      expect(line).toMatch(/^__(?:Host|Secure)-/);
      expect(line).toMatch(/; Path=\/(?:;|$)/);
      expect(line).toMatch(/; HttpOnly/i);
      expect(line).toMatch(/; Secure/i);
      expect(line).toMatch(/; SameSite=(?:Lax|Strict)/i);
      expect(line).not.toMatch(/Domain=/i);
    }
    expect(set.find((line) => line.startsWith('__Host-s='))).toMatch(/^__Host-s=[\w-]{86}; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=\d+$/);
    const page = await send(app, 'GET', '/login', {});
    expect(page.headers['strict-transport-security']).toBe('max-age=63072000');
    expect(page.headers).toMatchObject({ 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' });
  });

  test('checks 56 and 59: wrong passwords from one address are throttled, whatever it says of itself; another address signs in', async () => {
    const codes: string[] = [];
    for (let count = 0; count < 30; count += 1) codes.push((await attempt('198.51.100.2', { address: `nobody${count}@example.test`, secret: 'wrong' })).code);
    expect(codes.slice(0, 10)).toEqual(Array(10).fill('wrong-credentials'));
    expect(codes.slice(10)).toEqual(Array(20).fill('too-many-attempts'));
    expect((await attempt('198.51.100.2', { address: 'person2@example.test' })).code).toBe('too-many-attempts');
    expect((await attempt('198.51.100.3', { address: 'person2@example.test' })).code).toBe('in');
    expect((await attempt('<img src=x onerror=alert(1)>', { address: 'person2@example.test' })).code).toBe('in');
    const told = app.log().split('\n').filter((line) => line.includes('sign-in-refused')).join('');
    expect(told).toContain('"client":"198.51.100.2"');
    expect(told).not.toContain('203.0.113.');
  });

  test('check 57: of an account guessed at from everywhere the mail server sees few tries; a browser that signed in before is let in at once, another for a proof of work', async () => {
    const target = 'person3@example.test';
    const before = await attempt('198.51.100.4', { address: target });
    const device = before.lines.find((line) => line.startsWith('__Host-d='))?.split(';')[0] ?? '';
    expect(device).not.toBe('');
    const codes: string[] = [];
    for (let count = 0; count < 100; count += 1) codes.push((await attempt(`192.0.2.${count}`, { address: target, secret: 'wrong' })).code);
    expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(20);
    expect(new Set(codes.slice(20))).toEqual(new Set(['proof-needed']));
    const started = performance.now();
    expect((await attempt('198.51.100.5', { address: target, cookies: device })).code).toBe('in');
    expect(performance.now() - started).toBeLessThan(2_000);
    // Of another account it is worth nothing, nor changed.
    expect((await attempt('198.51.100.6', { address: target })).code).toBe('proof-needed');
    expect((await attempt('198.51.100.6', { address: target, cookies: `${device.slice(0, -2)}AA` })).code).toBe('proof-needed');
  });
});

test('check 81: of fifty change feeds that a session opens four stay, the newest', async ({ app, person }) => {
  const cookie = await signInByHttp(app, person.user, password);
  const { port } = new URL(app.address);
  const open = new Set<number>();
  const ends: (() => void)[] = [];
  for (let index = 0; index < 50; index += 1) {
    await new Promise<void>((resolve, reject) => {
      const request = ask({ host: 'localhost', port, path: '/api/events', headers: { cookie, accept: 'text/event-stream' }, agent: false }, (response) => {
        expect(response.statusCode).toBe(200);
        open.add(index);
        response.resume().on('close', () => open.delete(index));
        resolve();
      });
      request.on('error', reject).end();
      ends.push(() => request.destroy());
    });
  }
  await expect.poll(() => [...open]).toEqual([46, 47, 48, 49]);
  expect((await send(app, 'GET', '/api/session', { cookie })).status).toBe(200);
  for (const end of ends) end();
});
