import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { OutgoingMessage } from '#lib/mail/outgoing.ts';
import { signInByHttp } from '#tests/bench/sign-in.ts';
import { actions } from './entries.ts';
import { expect, signIn, test } from './fixture.ts';
import { password, startApp } from './start-app.ts';
import type { App } from './start-app.ts';

const aContent = (to: string, attachments: unknown[] = []) => ({
  identity: 'default', to: [{ name: null, address: to }], cc: [], bcc: [], replyTo: [], subject: 'By the routes', html: '<p>Hello</p>',
  text: '', inReplyTo: null, references: [], related: [], attachments, priority: 'normal', wantsReceipt: false, wantsDeliveryNotice: false,
});

test('a file is uploaded in two stretches, kept in a draft, sent, and arrives; the tab hears of it', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/409/);
  await signIn(page, app, person.user);
  const [id, writer, key, file] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const answers = await page.evaluate(
    async ({ upload, draft, content }) => {
      const post = async (address: string, body: unknown) => {
        const response = await fetch(address, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
        return { status: response.status, body: (await response.json()) as unknown };
      };
      const octets = new Uint8Array(3_000_000).map((_, at) => at % 251);
      const announced = await post('/api/uploads', { id: upload, size: octets.length });
      const patch = (from: number, to: number) =>
        fetch(`/api/uploads/${upload}`, { method: 'PATCH', body: octets.slice(from, to), headers: { 'upload-offset': `${from}` } });
      const first = await patch(0, 1_000_000);
      const offset = Number((await fetch(`/api/uploads/${upload}`, { method: 'HEAD' })).headers.get('upload-offset'));
      const wrong = await patch(7, 1_000_000);
      const second = await patch(offset, octets.length);
      const saved = await post('/api/drafts', { ...draft, content });
      const opened = await (await fetch(`/api/drafts/${draft.id}`)).json() as { content: { html: string } };
      const limits = await (await fetch('/api/send')).json() as unknown;
      return { announced, first: first.status, offset, wrong: wrong.status, second: second.status, end: second.headers.get('upload-offset'), saved, html: opened.content.html, limits };
    },
    {
      upload: file,
      draft: { id, writer, base: null },
      content: aContent(person.user, [{ id: file, name: 'f.bin', mediaType: 'application/octet-stream', size: 3_000_000, contentId: null, source: { kind: 'upload', upload: file } }]),
    },
  );
  expect(answers).toMatchObject({ announced: { status: 200 }, first: 204, wrong: 409, second: 204, end: '3000000', html: '<p>Hello</p>' });
  expect(answers.offset).toBeGreaterThan(900_000);
  expect(answers.saved).toMatchObject({ status: 200, body: { saved: true, version: { mailbox: 'Drafts' }, attachments: [{ source: { kind: 'part' } }] } });
  expect(answers.limits).toMatchObject({ maxRecipients: 100, maxAttachments: 20, canSchedule: true });

  const { version, attachments } = (answers.saved.body as { version: object; attachments: unknown[] });
  const sent = await page.evaluate(
    async (request) => {
      const response = await fetch('/api/send', { method: 'POST', body: JSON.stringify(request), headers: { 'content-type': 'application/json' } });
      const answer = (await response.json()) as { message: { id: string } };
      for (;;) {
        const { messages } = (await (await fetch('/api/outbox')).json()) as { messages: { id: string }[] };
        if (!messages.some((message) => message.id === answer.message.id)) return answer;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    { id, writer, base: version, key, when: { kind: 'undoable', seconds: 0 }, content: aContent(person.user, attachments) },
  );
  expect(sent).toMatchObject({ queued: true, message: { id: key, subject: 'By the routes' } satisfies Partial<OutgoingMessage> });
  await expect(page.getByRole('row', { name: /By the routes/ })).toBeVisible();
  expect(await person.device.command('STATUS Drafts (MESSAGES)')).toContain('MESSAGES 0');
  expect(await person.device.command('STATUS Sent (MESSAGES)')).toContain('MESSAGES 1');
});

test('nothing is saved, uploaded or sent for a page that is not ours', async ({ page, app, person, request }) => {
  await signIn(page, app, person.user);
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const answers = await Promise.all(
    ['https://evil.test', 'null', undefined].flatMap((origin) =>
      [['POST', '/api/drafts'], ['POST', `/api/drafts/${randomUUID()}/discard`], ['POST', '/api/uploads'], ['PATCH', `/api/uploads/${randomUUID()}`], ['DELETE', `/api/uploads/${randomUUID()}`], ['POST', '/api/send'], ['POST', `/api/outbox/${randomUUID()}`]].map(
        async ([method = '', path = '']) => (await request.fetch(app.address + path, { method, headers: { cookie, ...(origin ? { origin } : {}) }, data: '{}' })).status(),
      ),
    ),
  );
  expect(new Set(answers)).toEqual(new Set([403]));
});

test('check 26: a text, HTML or attachment that is an object with a path, an address or raw is refused, and no file is read', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/400|404/);
  await signIn(page, app, person.user);
  const asked: string[] = [];
  const listener = createServer((socket) => {
    asked.push('asked');
    socket.destroy();
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo; // It listens on a port, not a pipe.
  const objects = [{ path: '/etc/passwd' }, { href: `http://127.0.0.1:${port}/` }, { raw: 'Bcc: evil@z.test\r\n\r\nx' }, ['a']];
  const file = { id: randomUUID(), name: 'a.txt', mediaType: 'text/plain', size: 1, contentId: null, source: { kind: 'upload', upload: randomUUID() } };
  const contents = [
    ...objects.flatMap((value) => ['html', 'text', 'subject'].map((field) => ({ ...aContent(person.user), [field]: value }))),
    ...objects.map((source) => aContent(person.user, [{ ...file, source }])),
    ...objects.map((value) => aContent(person.user, [value])),
    ...['path', 'href', 'raw', 'content', 'encoding'].map((field) => aContent(person.user, [{ ...file, source: { kind: field, [field]: '/etc/passwd' } }])),
  ];
  const answers = await page.evaluate(async (bodies) => {
    const found: string[] = [];
    for (const content of bodies) {
      for (const address of ['/api/drafts', '/api/send', '/api/templates']) {
        const request = { id: crypto.randomUUID(), writer: crypto.randomUUID(), base: null, key: crypto.randomUUID(), when: { kind: 'undoable', seconds: 0 }, content };
        const response = await fetch(address, { method: 'POST', body: JSON.stringify(request), headers: { 'content-type': 'application/json' } });
        const { error } = (await response.json()) as { error?: { code: string; field: string } };
        found.push(`${error?.code}`);
      }
    }
    return found;
  }, contents);
  expect(new Set(answers)).toEqual(new Set(['invalid-input']));
  expect(answers).toHaveLength(contents.length * 3);
  // What is more than asked for is left out.
  const extra = { ...aContent(person.user, [{ ...file, path: '/etc/passwd', href: `http://127.0.0.1:${port}/` }]), html: '<p>x</p>', raw: 'y' };
  const status = await page.evaluate(async (content) => {
    const request = { id: crypto.randomUUID(), writer: crypto.randomUUID(), base: null, content };
    return (await (await fetch('/api/drafts', { method: 'POST', body: JSON.stringify(request), headers: { 'content-type': 'application/json' } })).json()) as { error?: { code: string } };
  }, extra);
  expect(status.error?.code).toBe('upload-missing');
  expect(asked).toEqual([]);
  expect(await person.device.command('STATUS Drafts (MESSAGES)')).toContain('MESSAGES 0');
  listener.close();
});

/** Queues messages, in turn on each of the servers and all at the same time; answers how many were taken, and how those that were not. */
async function queueAt(servers: App[], cookie: string, count: number, to: string[]) {
  const answers = await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const { address } = servers[n % servers.length] as App;
      const content = { ...aContent('x'), to: to.map((one) => ({ name: null, address: one })) };
      const request = { id: randomUUID(), writer: randomUUID(), base: null, key: randomUUID(), when: { kind: 'undoable', seconds: 30 }, content };
      const response = await fetch(`${address}/api/send`, { method: 'POST', body: JSON.stringify(request), headers: { cookie, origin: address, 'content-type': 'application/json' } });
      const { error } = (await response.json()) as { error?: { code: string; retryAfter: number } };
      return { status: response.status, code: error?.code, wait: Number(response.headers.get('retry-after') ?? 0) };
    }),
  );
  return { taken: answers.filter(({ status }) => status === 200).length, refused: answers.filter(({ status }) => status !== 200) };
}

test('check 76: the limits of an hour and of a day hold over two server processes, also for messages sent at the same moment', async () => {
  const app = await startApp({ environment: { SEND_MAX_PER_HOUR: '5', SEND_MAX_RECIPIENTS_PER_DAY: '9' }, people: 3 });
  try {
    const servers = [app, { ...app, address: await app.startAnother() }];
    const [hasty, popular, other] = [app.nextUser(), app.nextUser(), app.nextUser()];
    const hour = await queueAt(servers, await signInByHttp(app, hasty, password), 8, [other]);
    expect(hour.taken).toBe(5);
    const isOfAnHour = ({ status, code, wait }: (typeof hour.refused)[number]) => status === 429 && code === 'sending-limit' && wait > 3500 && wait <= 3600;
    expect(hour.refused.filter(isOfAnHour)).toHaveLength(3);
    const day = await queueAt(servers, await signInByHttp(app, popular, password), 4, [other, hasty, 'third@example.test', 'fourth@example.test']);
    expect(day.taken).toBe(2);
    const isOfADay = ({ status, code, wait }: (typeof day.refused)[number]) => status === 429 && code === 'sending-limit' && wait > 86_300;
    expect(day.refused.filter(isOfADay)).toHaveLength(2);
  } finally {
    await app.stop();
  }
});

test('nothing is saved, uploaded, sent or changed for a page of another account, with routes and actions alike', async ({ app, person }) => {
  const cookie = await signInByHttp(app, person.user, password);
  const keyOf = (user: string) => createHash('sha256').update(JSON.stringify(['localhost', app.mail.imapsPort, user])).digest('base64url');
  const [theirs, own] = [keyOf(app.nextUser()), keyOf(person.user)];
  const headersFor = (account: string) => ({ cookie, origin: app.address, 'content-type': 'application/json', 'pipit-account': account });
  const draft = { id: randomUUID(), writer: randomUUID(), base: null, content: aContent(person.user) };
  const bodies: [string, string, unknown][] = [
    ['POST', '/api/drafts', draft],
    ['POST', '/api/send', { ...draft, key: randomUUID(), when: { kind: 'undoable', seconds: 0 } }],
    ['POST', '/api/uploads', { id: randomUUID(), size: 1 }],
    ['PATCH', `/api/uploads/${randomUUID()}`, 'x'],
    ['DELETE', `/api/uploads/${randomUUID()}`, null],
    ['POST', `/api/drafts/${draft.id}/discard`, { version: null }],
    ['POST', `/api/outbox/${randomUUID()}`, { action: 'send-now' }],
  ];
  for (const [method, path, body] of bodies) {
    const response = await fetch(app.address + path, { method, headers: headersFor(theirs), ...(body === null ? {} : { body: JSON.stringify(body) }) });
    expect([path, response.status, ((await response.json()) as { error?: { code: string } }).error?.code]).toEqual([path, 401, 'other-account']);
  }
  expect((await fetch(`${app.address}/api/events?account=${theirs}`, { headers: { cookie } })).status).toBe(401);
  for (const { id, name } of actions()) {
    const ask = (account: string) => fetch(`${app.address}/mail/INBOX`, { method: 'POST', headers: { cookie, origin: app.address, 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' }, body: JSON.stringify([{}, account]) });
    expect([name, /"code":"([^"]+)"/.exec(await (await ask(theirs)).text())?.[1]]).toEqual([name, 'other-account']);
    expect([name, (await (await ask(own)).text()).includes('other-account')]).toEqual([name, false]);
  }
  expect(await person.device.command('STATUS Drafts (MESSAGES)')).toContain('MESSAGES 0');
  // It was the name of the account: the page's own is served.
  expect((await fetch(`${app.address}/api/drafts`, { method: 'POST', headers: headersFor(own), body: JSON.stringify(draft) })).status).toBe(200);
  expect(await person.device.command('STATUS Drafts (MESSAGES)')).toContain('MESSAGES 1');
});
