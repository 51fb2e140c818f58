import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { body, composer, startLetter } from './compose-fixture.ts';
import { expect, signIn, test } from './fixture.ts';

interface Started {
  child: ChildProcess;
  browser: Browser;
  page: Page;
}

/** A browser that is nobody's child but ours, so that it can be killed as a machine that fails would do it. */
async function startBrowser(profile: string): Promise<Started> {
  const switches = ['--headless', '--no-sandbox', '--disable-gpu', '--lang=en-GB', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
  const child = spawn('/usr/bin/chromium', [...switches, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const lines = createInterface({ input: child.stderr });
  for await (const line of lines) {
    const [, address] = /listening on (ws:\S+)/.exec(line) ?? [];
    if (!address) continue;
    const browser = await chromium.connectOverCDP(address);
    const [context] = browser.contexts();
    if (!context) break;
    return { child, browser, page: context.pages()[0] ?? (await context.newPage()) };
  }
  throw new Error('The browser did not start');
}

/** SIGKILL to it and to every process of its own. */
async function kill({ child }: Started): Promise<void> {
  if (!child.pid || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}

test('a browser killed while writing, with no line to the server, has every word older than three seconds', async ({ app, person }) => {
  test.setTimeout(90_000);
  const profile = await mkdtemp(join(tmpdir(), 'pipit-killed-'));
  let started = await startBrowser(profile);
  try {
    const { page } = started;
    await signIn(page, app, person.user);
    await startLetter(page, { to: person.user, subject: 'Cut off' });
    await page.route('**/api/drafts', (route) => route.abort('internetdisconnected'));
    await body(page).click();
    await composer(page).locator('input[type=file]').setInputFiles([{ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('A') }]);
    await expect(composer(page).getByRole('list', { name: 'Attachments' })).toContainText('a.txt');
    const written: { word: string; at: number }[] = [];
    const end = Date.now() + 6_000;
    for (let count = 1; Date.now() < end; count += 1) {
      await body(page).pressSequentially(`word${count} `, { delay: 20 }); // Without a pause: keeping must not wait for one for ever.
      written.push({ word: `word${count}`, at: Date.now() });
    }
    const killedAt = Date.now();
    await kill(started);
    started = await startBrowser(profile);
    await started.page.context().clearCookies(); // A killed browser has lost its newest ones, or not.
    await signIn(started.page, app, person.user);
    await expect(body(started.page)).toContainText('word1 ');
    const text = await body(started.page).textContent();
    const due = written.filter(({ at }) => at < killedAt - 3_000);
    expect(due.length).toBeGreaterThan(5);
    expect(due.filter(({ word }) => !text?.includes(`${word} `))).toEqual([]);
    await expect(composer(started.page).getByRole('button', { name: 'Remove a.txt' })).toBeVisible();
  } finally {
    await kill(started);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
