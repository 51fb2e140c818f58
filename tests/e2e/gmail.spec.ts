import { startGmail } from '#tests/support/mail-server/gmail.ts';
import { expect, signIn, test } from './fixture.ts';
import { pressAtOnce } from './keys.ts';
import { startApp } from './start-app.ts';

test("Gmail's labels are given, filtered by, removed and given back, each as the mailbox it is there", async ({ page }) => {
  const gmail = await startGmail();
  const app = await startApp({ environment: { IMAP_HOST: '127.0.0.1', IMAP_PORT: `${gmail.server.port}`, IMAP_SECURITY: 'none' }, people: 1 });
  const has = (uid: number, name: string) => [...(gmail.labels.get(uid) ?? [])].some((label) => label.replaceAll('"', '') === name);
  try {
    await signIn(page, app, 'person1@example.test');
    const row = page.getByRole('row', { name: /Number 3,/ });
    await row.focus();
    await page.keyboard.press('l');
    await page.getByRole('checkbox', { name: 'Muy Importante' }).check();
    await expect.poll(() => has(3, 'Muy Importante')).toBe(true);
    await page.keyboard.press('Escape');
    await expect(row).toHaveAccessibleName(/Muy Importante/);
    await page.keyboard.press('z');
    await expect.poll(() => has(3, 'Muy Importante')).toBe(false);
    await page.goto(`${app.address}/settings/labels`);
    await page.getByRole('button', { name: 'Remove Muy Importante' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect.poll(() => has(1, 'Muy Importante')).toBe(false);
    // Whether or not the removal was answered before the page is left, the next one takes it back from its first instant on.
    await pressAtOnce(page, 'z');
    await page.getByRole('link', { name: 'Back to mail' }).click();
    const first = page.getByRole('row', { name: /Number 1,/ });
    await expect.poll(() => has(1, 'Muy Importante')).toBe(true);
    await expect(first).toHaveAccessibleName(/Muy Importante/);
    await page.keyboard.press('Shift+z');
    await expect.poll(() => has(1, 'Muy Importante')).toBe(false);
    await page.keyboard.press('z');
    await expect.poll(() => has(1, 'Muy Importante')).toBe(true);
  } finally {
    await page.close();
    await app.stop();
    await gmail.server.close();
  }
});
