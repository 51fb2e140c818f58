import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { signInByHttp } from '#tests/bench/sign-in.ts';
import { canConfine } from '#tests/support/confine.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import { expect, signIn, test } from './fixture.ts';
import { password, startApp } from './start-app.ts';

const ask = (address: string, encoding: string) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    get(address, { headers: { 'accept-encoding': encoding } }, (response) => resolve(response.resume())).on('error', reject);
  });

test('scripts and styles come as small as they get, for a year, and nothing else of the build does', async ({ app, page }) => {
  await page.goto(`${app.address}/login`);
  const script = await page.locator('script[src*="/_next/static/"]').first().getAttribute('src');
  const address = app.address + (script ?? '');
  for (const [asked, encoding] of [
    ['gzip, br', 'br'],
    ['gzip', 'gzip'],
    ['', undefined],
  ] as const) {
    const { statusCode, headers } = await ask(address, asked);
    expect([statusCode, headers['content-encoding']]).toEqual([200, encoding]);
    expect(headers['cache-control']).toMatch(/max-age=31536000.*immutable/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers.vary).toMatch(/accept-encoding/i);
  }
  for (const path of ['/_next/static/..%2fBUILD_ID', '/_next/static/%2e%2e/BUILD_ID', '/_next/static/chunks/no.js']) {
    expect((await ask(app.address + path, 'br')).statusCode).toBe(404);
  }
});

test('check 96: the server writes nothing beside its DATA_DIR', async ({ app, page, person }) => {
  const start = `@${Date.now() / 1000}`;
  await signIn(page, app, person.user);
  for (const path of ['/settings/reading', '/compose', '/nothing-here', '/icon.svg']) await page.request.get(app.address + path);
  const places = ['.next', 'app', 'components', 'lib', 'public', 'server', 'node_modules', 'package.json'];
  const written = execFileSync('find', [...places, '-newermt', start], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  expect(written).toBe('');
  expect(execFileSync('find', [app.dataDir, '-newermt', start], { encoding: 'utf8' })).not.toBe('');
});

test('check 96: as nobody, where all but its DATA_DIR is read-only, the server starts, signs in, reads, takes a file and sends', async () => {
  test.skip(!canConfine(), 'only root may mount; that nothing else is written is what the test above shows');
  const app = await startApp({ people: 1, isConfined: true });
  try {
    const user = app.nextUser();
    const device = await connectRawImap(app.mail.imapPort, user, password);
    const id = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(readFileSync(`/proc/${app.pid}/status`, 'utf8'))?.[1];
    expect([id('Uid'), id('CapBnd'), id('NoNewPrivs')]).toEqual([execFileSync('id', ['-u', 'nobody'], { encoding: 'utf8' }).trim(), '0000000000000000', '1']);
    const inside = (...command: string[]) => execFileSync('nsenter', ['-t', `${app.pid}`, '-m', ...command], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    const root = readFileSync(`/proc/${app.pid}/cwd/package.json`, 'utf8');
    expect(root).toBe(readFileSync('package.json', 'utf8'));
    // Root itself is refused in there, so permissions have no part in it.
    for (const place of [process.cwd(), join(app.dataDir, '../program'), join(app.dataDir, '..'), '/tmp', '/var/tmp']) {
      expect(() => inside('touch', join(place, 'written'))).toThrow(/Read-only file system/);
    }
    inside('touch', join(app.dataDir, 'written'));

    await device.append('INBOX', [{ raw: aMessage({ subject: 'Readable', text: 'Seen by nobody' }) }]);
    const cookie = await signInByHttp(app, user, password);
    const ask = (path: string, method = 'GET', content?: string | Uint8Array<ArrayBuffer>, more = {}) =>
      fetch(app.address + path, { method, headers: { cookie, origin: app.address, 'content-type': 'application/json', ...more }, ...(content === undefined ? {} : { body: content }) });
    expect(await (await ask('/mail/INBOX')).text()).toContain('Readable');
    const uidValidity = /UIDVALIDITY (\d+)/.exec(await device.command('STATUS INBOX (UIDVALIDITY)'))?.[1] ?? '';
    expect(await (await ask(`/api/messages/1?mailbox=INBOX&uidValidity=${uidValidity}`)).text()).toContain('Seen by nobody');

    const [file, draft, key] = [randomUUID(), randomUUID(), randomUUID()];
    expect((await ask('/api/uploads', 'POST', JSON.stringify({ id: file, size: 5 }))).status).toBe(200);
    expect((await ask(`/api/uploads/${file}`, 'PATCH', new TextEncoder().encode('fives'), { 'upload-offset': '0' })).status).toBe(204);
    const attachment = { id: file, name: 'f.bin', mediaType: 'application/octet-stream', size: 5, contentId: null, source: { kind: 'upload', upload: file } };
    const content = {
      identity: 'default', to: [{ name: null, address: user }], cc: [], bcc: [], replyTo: [], subject: 'By nobody', html: '<p>Hello</p>', text: '',
      inReplyTo: null, references: [], related: [], attachments: [attachment], priority: 'normal', wantsReceipt: false, wantsDeliveryNotice: false,
    };
    const sent = await ask('/api/send', 'POST', JSON.stringify({ id: draft, writer: randomUUID(), base: null, key, when: { kind: 'undoable', seconds: 0 }, content }));
    expect(await sent.json()).toMatchObject({ queued: true });
    await expect.poll(() => device.command('STATUS INBOX (MESSAGES)')).toContain('MESSAGES 2');
    await expect.poll(() => device.command('STATUS Sent (MESSAGES)')).toContain('MESSAGES 1');
    device.close();
    expect(app.log()).not.toMatch(/EROFS|EACCES|read-only/i);
  } finally {
    await app.stop();
  }
});
