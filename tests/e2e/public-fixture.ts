import type { BrowserContext, Page } from '@playwright/test';
import { expect, test as base } from './fixture.ts';
import { password, startApp } from './start-app.ts';
import type { App } from './start-app.ts';

/** What takes minutes in life takes seconds here: once its last page is closed a session ends after 20. */
export const test = base.extend<object, { app: App }>({
  app: [
    async ({}, use) => {
      const app = await startApp({ environment: { PUBLIC_SESSION_CLOSED: '20' } });
      await use(app);
      await app.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

export async function signInOnPublicComputer(page: Page, app: App, user: string): Promise<void> {
  await page.goto(`${app.address}/login`);
  await page.getByRole('textbox', { name: 'Email address' }).fill(user);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('checkbox', { name: 'This is a shared or public computer' }).check();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${app.address}/mail/INBOX`);
}

export async function cookieOf(context: BrowserContext): Promise<string> {
  return (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** What the session says to whoever has this cookie: 200, or 401 once it is over. */
export async function replay(app: App, cookie: string): Promise<number> {
  return (await fetch(`${app.address}/api/session`, { headers: { cookie } })).status;
}

/** Everything a browser may keep for a site, and cookies that would outlive its window. */
export async function expectNothingKept(page: Page, where: string): Promise<void> {
  const held = await page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    files: await navigator.storage.getDirectory().then(async (root) => {
      const names: string[] = [];
      for await (const name of (root as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name);
      return names;
    }),
  }));
  expect(held, where).toEqual({ local: [], session: [], databases: [], caches: [], workers: 0, files: [] });
  expect((await page.context().cookies()).filter(({ expires }) => expires > 0), where).toEqual([]);
}

/** Fields whose words a browser would offer the next person. */
function askedToRemember(): string[] {
  const fields = document.querySelectorAll<HTMLInputElement>('input:not([type=checkbox], [type=radio], [type=file], [type=hidden])');
  return [...fields].filter((field) => field.autocomplete !== 'off').map((field) => field.outerHTML);
}

/** Listens to all that a browser's pages ask for. `look` at a page from time to time; nothing secret may stand in an address, a Referer or a title, and no answer be kept. */
export function watchTraces(context: BrowserContext, app: App, secrets: readonly string[]): { look(page: Page, where: string): Promise<void>; expectNoTrace(): void } {
  const asked: string[] = [];
  const kept: string[] = [];
  const titles: string[] = [];
  context.on('request', (request) => asked.push(request.url(), request.headers().referer ?? ''));
  context.on('response', (response) => {
    const isStatic = /\/_next\/static\/|\/icon|\/manifest|\/favicon|\/mail-frame$/.test(response.url());
    const rule = response.headers()['cache-control'] ?? '';
    if (!isStatic && response.url().startsWith(app.address) && !/no-store|no-cache, no-transform/.test(rule)) kept.push(`${response.url()} ${rule}`);
  });
  return {
    async look(page, where) {
      await expectNothingKept(page, where);
      expect(await page.evaluate(askedToRemember), where).toEqual([]);
      titles.push(await page.title());
      asked.push(page.url());
    },
    expectNoTrace() {
      expect(new Set(titles)).toEqual(new Set(['Pipit']));
      expect(asked.filter((url) => secrets.some((secret) => url.includes(secret)))).toEqual([]);
      expect(kept).toEqual([]);
    },
  };
}
