import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { startFaultProxy } from '#tests/support/mail-server/fault-proxy.ts';
import type { FaultProxy } from '#tests/support/mail-server/fault-proxy.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import { expect, test } from './fixture.ts';
import { password, startApp } from './start-app.ts';

const slow = { roundTripMs: 200, bitsPerSecond: 1_000_000 };

/** Milliseconds from the click on a row's star until it is drawn, by the page's own clock. */
async function starTakes(page: Page, name: RegExp): Promise<number> {
  const row = page.getByRole('row', { name });
  const handle = await row.elementHandle();
  const before = await row.getAttribute('data-flagged');
  return page.evaluate(
    ([element, flagged]) =>
      new Promise<number>((resolve) => {
        const began = performance.now();
        const look = () =>
          element?.getAttribute('data-flagged') === flagged ? requestAnimationFrame(look) : resolve(performance.now() - began);
        element?.querySelector<HTMLButtonElement>('button[aria-pressed]')?.click();
        look();
      }),
    [handle, before] as const,
  );
}

test('over 200 ms and 1 Mbit/s every wait says what it is for, and what needs no answer shows at once', async ({ page }) => {
  test.setTimeout(120_000);
  let proxy: FaultProxy | null = null;
  const app = await startApp({
    people: 1,
    async between(port) {
      proxy = await startFaultProxy(port);
      return proxy.port;
    },
  });
  const user = app.nextUser();
  const device = await connectRawImap(app.mail.imapPort, user, password);
  const many = Array.from({ length: 60 }, (_, index) => `"Reader ${index} of the long list" <reader${index}@example.test>`).join(', ');
  // Rows of 4 KB each, a message of 400 KB: a second and more on this line.
  await device.append('Archive', Array.from({ length: 60 }, (_, index) => ({ raw: aMessage({ subject: `Letter ${index}`, to: many }) })));
  const long = aMessage({ subject: 'The long one', text: 'A line of a long letter.\n'.repeat(16_000) });
  await device.append('INBOX', [{ raw: aMessage({ subject: 'First' }) }, { raw: long }, { raw: aMessage({ subject: 'Last' }) }]);
  (proxy as FaultProxy | null)?.slow(slow);

  await page.goto(`${app.address}/login`);
  await page.getByRole('textbox', { name: 'Email address' }).fill(user);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Asking your mail server…' })).toBeVisible();
  await page.waitForURL(`${app.address}/mail/INBOX`);
  await expect(page.getByRole('row', { name: /First,/ })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live', { timeout: 20_000 });
  await expect(page.getByRole('treeitem', { name: /^Archive/ })).toBeVisible({ timeout: 20_000 });

  expect(await starTakes(page, /First,/)).toBeLessThan(100);

  await page.getByRole('row', { name: /The long one,/ }).click();
  const message = page.getByRole('region', { name: 'Message' });
  await expect(message.getByRole('progressbar', { name: 'Loading the message…' })).toBeVisible();
  // Meanwhile the list is as quick as ever.
  expect(await starTakes(page, /Last,/)).toBeLessThan(100);
  await expect(message.getByRole('heading', { name: 'The long one' })).toBeVisible({ timeout: 20_000 });
  await expect(message.getByRole('progressbar')).toHaveCount(0);

  await page.getByRole('treeitem', { name: /^Archive/ }).click();
  await expect(page.getByRole('row', { name: 'Loading' }).first()).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Loading messages…' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Letter 59,/ })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('progressbar', { name: 'Loading messages…' })).toHaveCount(0);

  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live');
  await device.command('SELECT INBOX');
  await expect.poll(() => device.command('SEARCH FLAGGED')).toContain('* SEARCH 1 3\r\n');
  device.close();
  await page.goto('about:blank');
  await app.stop();
  await (proxy as FaultProxy | null)?.close();
});
