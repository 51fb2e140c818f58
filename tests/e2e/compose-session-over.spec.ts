import type { Locator, Page } from '@playwright/test';
import { arrived, body, composer, startLetter } from './compose-fixture.ts';
import { expect, signIn, test } from './fixture.ts';
import { password, startApp } from './start-app.ts';

const asked = (page: Page): Locator => page.getByRole('dialog', { name: 'Sign in again' });

const saved = (page: Page): Locator => composer(page).getByRole('status').filter({ hasText: /Saved \d/ });

const aFile = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

async function signInInPlace(page: Page, secret = password): Promise<void> {
  await asked(page).getByLabel(/Password of/).fill(secret);
  await asked(page).getByRole('button', { name: 'Sign in' }).click();
}

test('a session that ended while writing is asked for in place: every word and file is there, and saved', async ({ page, app, person, context, complaints }) => {
  complaints.expected.push(/401/, /ERR_INTERNET_DISCONNECTED|Failed to load|failed:/, /400|404|409|422/);
  await signIn(page, app, person.user);
  await startLetter(page, { to: person.user, subject: 'Late' });
  await body(page).fill('Saved words');
  await expect(saved(page)).toBeVisible();
  // On the server, but in no draft yet: it goes with the session.
  await page.route('**/api/drafts', (route) => route.abort('internetdisconnected'));
  await composer(page).locator('input[type=file]').setInputFiles([aFile('before.txt', 'sent before the end')]);
  await expect(composer(page).getByRole('button', { name: 'Remove before.txt' })).toBeVisible();
  await expect(composer(page).getByRole('progressbar')).toHaveCount(0);
  await context.clearCookies({ name: 'pipit-s' });
  // Nothing learns of it before all is written.
  const { promise: isWritten, resolve: written } = Promise.withResolvers<void>();
  await page.route('**/api/uploads', async (route) => {
    await isWritten;
    await route.continue();
  });
  await composer(page).locator('input[type=file]').setInputFiles([aFile('after.txt', 'sent after the end')]);
  await body(page).fill('Words after the end');
  await page.unroute('**/api/drafts');
  written();
  await expect(asked(page)).toBeVisible();
  await expect(page.locator('[data-base-ui-portal] .bg-canvas').first()).toHaveCSS('opacity', '1');
  await page.keyboard.press('Escape');
  await expect(asked(page)).toBeVisible();
  await signInInPlace(page, 'not it');
  await expect(asked(page).getByRole('alert')).toContainText('password');
  await signInInPlace(page);
  await expect(asked(page)).toHaveCount(0);
  await expect(body(page)).toHaveText('Words after the end');
  await expect(body(page)).toBeFocused();
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live');
  await expect(async () => {
    const { email } = await arrived(person.device, 'Drafts', 1);
    expect(email.text).toContain('Words after the end');
    const files = email.attachments.map(({ filename, content }) => [filename, Buffer.from(content as ArrayBuffer).toString()]);
    expect(Object.fromEntries(files)).toEqual({ 'before.txt': 'sent before the end', 'after.txt': 'sent after the end' });
  }).toPass({ timeout: 15_000 });
  await expect(saved(page)).toBeVisible();
});

test('a session that the server lets run out is asked for in place, on the mail page and on a page of its own', async ({ browser, complaints }) => {
  complaints.expected.push(/401/);
  const app = await startApp({ environment: { SESSION_IDLE: '14', SESSION_ABSOLUTE: '14' }, people: 2 });
  try {
    const user = app.nextUser();
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    await signIn(page, app, user);
    const own = await page.context().newPage();
    await own.goto(`${app.address}/compose?subject=Own`);
    await body(own).fill('A page of its own');
    await startLetter(page, { to: user, subject: 'Docked' });
    await body(page).fill('Beside the mail');
    await expect(saved(page)).toBeVisible();
    await expect(asked(page)).toBeVisible({ timeout: 20_000 });
    await body(own).evaluate((root) => root.dispatchEvent(new KeyboardEvent('keydown', { key: 'End' })));
    await signInInPlace(page);
    await expect(asked(page)).toHaveCount(0);
    await expect(asked(own)).toHaveCount(0);
    await body(page).fill('Beside the mail, later');
    await body(own).fill('A page of its own, later');
    await expect(saved(page)).toBeVisible();
    await expect(own.getByRole('status').filter({ hasText: /Saved \d/ })).toBeVisible();
    await page.context().close();
  } finally {
    await app.stop();
  }
});

test('another account that signs in with the same browser does not get the draft', async ({ page, app, person, context, complaints }) => {
  complaints.expected.push(/401/);
  await signIn(page, app, person.user);
  await startLetter(page, { to: person.user, subject: 'Mine' });
  await body(page).fill('For my drafts only');
  await expect(saved(page)).toBeVisible();
  const other = app.nextUser();
  await context.clearCookies({ name: 'pipit-s' });
  const theirs = await context.newPage();
  await signIn(theirs, app, other);
  await expect(composer(theirs)).toHaveCount(0);
  const refused: string[] = [];
  page.on('response', (response) => response.status() === 401 && refused.push(new URL(response.url()).pathname));
  await body(page).fill('For my drafts only, still');
  await expect(asked(page)).toContainText(person.user);
  await expect(asked(page)).toContainText('Somebody else has signed in with this browser meanwhile.');
  expect(refused).toContain('/api/drafts');
  await expect(theirs.getByRole('status', { name: 'Connection' })).toHaveText('Live');
  await expect(theirs.getByRole('treeitem', { name: 'Drafts' })).toBeVisible();
  await theirs.getByRole('treeitem', { name: 'Drafts' }).click();
  await expect(theirs.getByRole('grid', { name: 'Messages' })).toHaveAttribute('aria-rowcount', '0');
  await theirs.close();
  await signInInPlace(page);
  await expect(saved(page)).toBeVisible();
  await expect.poll(async () => (await arrived(person.device, 'Drafts', 1)).email.text).toContain('still');
});

test('who goes to the sign-in page instead has the words back there', async ({ page, app, person, context, complaints }) => {
  complaints.expected.push(/401/);
  await signIn(page, app, person.user);
  await startLetter(page, { to: person.user, subject: 'Late' });
  await body(page).fill('Saved words');
  await expect(saved(page)).toBeVisible();
  await context.clearCookies({ name: 'pipit-s' });
  await body(page).fill('Words after the end');
  await asked(page).getByRole('button', { name: 'To the sign-in page' }).click();
  await page.waitForURL(/login/);
  await signIn(page, app, person.user);
  await expect(body(page)).toHaveText('Words after the end');
  await expect(saved(page)).toBeVisible();
});
