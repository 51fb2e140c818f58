import { test as base, expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { password, startApp } from './start-app.ts';
import type { App } from './start-app.ts';

export interface Person {
  user: string;
  /** Their other device. */
  device: RawImap;
}

interface Fixtures {
  person: Person;
  /** Whatever the browser complains about fails the test; a test that provokes something says what it expects. */
  complaints: { expected: RegExp[]; heard: string[] };
}

export const test = base.extend<Fixtures, { app: App }>({
  app: [
    async ({}, use) => {
      const app = await startApp();
      await use(app);
      await app.stop();
      // Whatever the tests of a file did, nothing of it says a password, a cookie or who did it (check 21).
      expect(app.log()).not.toMatch(new RegExp(`${password}|person\\d+@example|pipit-s=`));
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  person: async ({ app }, give) => {
    const user = app.nextUser();
    const device = await connectRawImap(app.mail.imapPort, user, password);
    await give({ user, device });
    device.close();
  },
  complaints: [
    async ({ page }, use) => {
      const complaints = { expected: [] as RegExp[], heard: [] as string[] };
      listen(page, complaints.heard);
      const addInitScript = page.addInitScript.bind(page);
      page.addInitScript = (...script) => {
        complaints.expected.push(/Blocked script execution in '\S+\/mail-frame'/); // It is tried there too.
        return addInitScript(...script);
      };
      await use(complaints);
      const unexpected = complaints.heard.filter((text) => !complaints.expected.some((pattern) => pattern.test(text)));
      expect(unexpected).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

export async function signIn(page: Page, app: App, user: string): Promise<void> {
  await page.goto(`${app.address}/login`);
  await page.getByRole('textbox', { name: 'Email address' }).fill(user);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${app.address}/mail/INBOX`);
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live');
}

function listen(page: Page, heard: string[]): void {
  page.on('console', (message) => {
    // Reports of Trusted Types are no errors to Chromium: they are of what is not ours (instrumentation-client.ts).
    if (message.type() === 'error' || /\bTrusted(?:HTML|Script|Type)/.test(message.text())) heard.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => heard.push(`page: ${error.message}`));
  page.on('requestfailed', (request) => {
    // Aborted by us: a stream at the end of the page, a block that scrolled out of sight.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') heard.push(`failed: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) heard.push(`${response.status()}: ${response.url()}`);
  });
}
