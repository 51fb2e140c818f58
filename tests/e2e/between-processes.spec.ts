import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import { expect, test } from './fixture.ts';
import { password, startApp } from './start-app.ts';

/** A mail server that pushes nothing: what shows within seconds came another way. */
const silent = 'protocol imap {\n imap_capability = IMAP4rev1 LITERAL+ SASL-IR ID ENABLE NAMESPACE UIDPLUS LIST-EXTENDED CONDSTORE QRESYNC ESEARCH LIST-STATUS MOVE SPECIAL-USE\n}';
const user = 'person1@example.test';
const star = (page: Page) => page.getByRole('row', { name: /Number 3,/ }).getByRole('button', { name: 'Star' });
const connection = (page: Page) => page.getByRole('status', { name: 'Connection' });
/** Half of the 15 s after which it is asked for, and far more than it takes. */
const soon = { timeout: 5_000 };

async function signIn(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/login`);
  await page.getByRole('textbox', { name: 'Email address' }).fill(user);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${address}/mail/INBOX`);
  await expect(connection(page)).toHaveText('Polling');
}

test('a star on one server process shows in a page of another though the mail server tells of nothing; killing one leaves the other alone', async ({ page, browser, complaints }) => {
  const app = await startApp({ people: 1, extraConfig: silent });
  const device = await connectRawImap(app.mail.imapPort, user, password);
  await device.append('INBOX', Array.from({ length: 5 }, (_, index) => ({ raw: aMessage({ subject: `Number ${index + 1}` }) })));
  device.close();
  const second = await app.startAnother();
  const context = await browser.newContext();
  const elsewhere = await context.newPage();
  await signIn(page, app.address);
  await signIn(elsewhere, second);
  for (const value of ['true', 'false']) {
    await star(page).click();
    await expect(star(elsewhere)).toHaveAttribute('aria-pressed', value, soon);
  }
  await star(elsewhere).click();
  await expect(star(page)).toHaveAttribute('aria-pressed', 'true', soon);

  complaints.expected.push(/failed:|ERR_|Failed to|50[0-9]|net::/);
  await app.kill();
  await expect(connection(page)).toHaveText('Reconnecting');
  await star(elsewhere).click();
  await expect(star(elsewhere)).toHaveAttribute('aria-pressed', 'false');
  await expect(connection(elsewhere)).toHaveText('Polling');
  await app.revive();
  await expect(connection(page)).toHaveText('Polling', { timeout: 40_000 });
  await expect(star(page)).toHaveAttribute('aria-pressed', 'false');
  // Linked anew.
  await star(elsewhere).click();
  await expect(star(page)).toHaveAttribute('aria-pressed', 'true', soon);
  await context.close();
  await page.goto('about:blank');
  await app.stop();
});
