import { execFileSync } from 'node:child_process';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { expect, signIn, test } from './fixture.ts';

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
