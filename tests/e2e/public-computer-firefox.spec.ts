import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFirefox } from '#tests/support/firefox.ts';
import type { Firefox, FirefoxTab } from '#tests/support/firefox.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { startRecordingProxy } from '#tests/support/recording-proxy.ts';
import type { RecordingProxy } from '#tests/support/recording-proxy.ts';
import { expect } from './fixture.ts';
import { replay, test } from './public-fixture.ts';
import { password } from './start-app.ts';
import type { App } from './start-app.ts';

/** They stand in the mail and nowhere else. */
const words = ['Greywacke', 'Quicksilver'];

function isThere(tab: FirefoxTab, what: string): Promise<void> {
  return expect.poll(() => tab.evaluate<boolean>(what).catch(() => false), { message: what, timeout: 20_000 }).toBe(true);
}

/** Empty while a page is on its way. */
const pathOf = (tab: FirefoxTab) => tab.evaluate<string>(`document.readyState === 'complete' ? location.pathname : ''`).catch(() => '');
const textOf = (tab: FirefoxTab) => tab.evaluate<string>('document.title + document.documentElement.innerText + [...document.querySelectorAll("input, textarea")].map(({ value }) => value).join(" ")');

/** Signs in on a public computer and opens the newest message. */
async function readSecret(tab: FirefoxTab, app: App, user: string): Promise<void> {
  await tab.open(`${app.address}/login`);
  await isThere(tab, `document.querySelector('button[type=submit]:enabled') !== null`);
  await tab.evaluate(`(() => {
    const type = (field, value) => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, value);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };
    type(document.querySelector('input[name=address]'), ${JSON.stringify(user)});
    type(document.querySelector('input[type=password]'), ${JSON.stringify(password)});
    document.querySelector('input[type=checkbox]').click();
    setTimeout(() => document.querySelector('button[type=submit]').click());
  })()`);
  await isThere(tab, `document.documentElement.hasAttribute('data-public') && document.querySelector('[role=status][data-state=live]') !== null && document.querySelector('[role=grid] [role=row]') !== null`);
  await tab.evaluate(`document.querySelector('[role=grid] [role=row]').click()`);
  await isThere(tab, `document.querySelector('iframe[title="Message body"]')?.contentDocument?.body?.textContent.includes('Quicksilver') ?? false`);
}

/** The files of a profile that hold one of some words as they are. */
function filesWith(dir: string, words: readonly string[]): string[] {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => join(parentPath, name)).filter((file) => words.some((word) => readFileSync(file).includes(word)));
}

test.describe('check 48 in Firefox', () => {
  let proxy: RecordingProxy;
  let profile: string;
  let firefox: Firefox;

  test.beforeAll(async () => {
    proxy = await startRecordingProxy();
    profile = mkdtempSync(join(tmpdir(), 'pipit-firefox-kept-'));
    firefox = await startFirefox({ proxyPort: proxy.port, profile });
  });
  test.afterAll(async () => {
    await firefox.kill();
    await proxy.close();
    rmSync(profile, { recursive: true, force: true });
  });

  /** So many tabs or more show Pipit, and each of them its sign-in page. */
  async function expectSignedOut(app: App, least: number): Promise<FirefoxTab[]> {
    let shown: FirefoxTab[] = [];
    await expect
      .poll(async () => {
        const tabs = await firefox.tabs();
        const own = await Promise.all(tabs.map(async (tab) => ((await tab.evaluate<string>('location.origin').catch(() => '')) === app.address ? tab : null)));
        shown = own.filter((tab) => tab !== null);
        return shown.length;
      }, { timeout: 20_000 })
      .toBeGreaterThanOrEqual(least);
    for (const tab of shown) {
      await expect.poll(() => pathOf(tab)).toBe('/login');
      expect(await textOf(tab)).not.toMatch(/Greywacke|Quicksilver/);
    }
    return shown;
  }

  test('after the way out neither Back, Forward, a tab opened again nor windows restored show mail', async ({ app, person }) => {
    test.setTimeout(120_000);
    await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Greywacke', html: '<p>Quicksilver</p>' }) }]);
    const tab = await firefox.newTab();
    await readSecret(tab, app, person.user);
    const closed = await firefox.newTab();
    await closed.open(await tab.evaluate('location.href'));
    await isThere(closed, `document.querySelector('iframe[title="Message body"]')?.contentDocument?.body?.textContent.includes('Quicksilver') ?? false`);
    await closed.close();
    const other = await firefox.newTab();
    await other.open(`${app.address}/mail/INBOX`);
    await isThere(other, `document.body.innerText.includes('Greywacke')`);
    await tab.open(`${app.address}/settings/reading`);
    await tab.evaluate(`[...document.querySelectorAll('button')].find((button) => button.textContent === 'Finished? Sign out').click()`);
    for (const one of [tab, other]) await expect.poll(() => pathOf(one)).toBe('/login');
    for (const one of [tab, other]) {
      for (const delta of [-1, -1, -1, 1, 1]) {
        await one.step(delta).catch(() => null); // There may be no more.
        await expect.poll(() => pathOf(one)).toMatch(/^\/login$|^blank$/);
        expect(await textOf(one)).not.toMatch(/Greywacke|Quicksilver/);
      }
    }
    const before = (await firefox.tabs()).length;
    await firefox.reopenTab();
    await expect.poll(async () => (await firefox.tabs()).length).toBe(before + 1);
    await expectSignedOut(app, 3);

    await firefox.close();
    expect(filesWith(profile, words)).toEqual([]);
    firefox = await startFirefox({ proxyPort: proxy.port, profile });
    const [again] = await expectSignedOut(app, 1);
    if (!again) throw new Error('No tab came back');

    // Once more, and this time nobody says goodbye and the browser is ended in the middle.
    await readSecret(again, app, person.user);
    const cookie = await firefox.cookies();
    const [, id = ''] = /pipit-s=([^;]+)/.exec(cookie) ?? [];
    const windows = join(profile, 'sessionstore-backups', 'recovery.jsonlz4');
    await expect.poll(() => existsSync(windows) && readFileSync(windows).includes(id.slice(0, 20))).toBe(true);
    await firefox.kill();
    expect(filesWith(profile, words)).toEqual([]);
    await expect.poll(() => replay(app, cookie), { timeout: 60_000, intervals: [500] }).toBe(401);
    firefox = await startFirefox({ proxyPort: proxy.port, profile });
    expect(await firefox.cookies()).toContain(id);
    await expectSignedOut(app, 1);
    expect(proxy.asked).toEqual([]);
  });
});
