import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { startListServer } from '#tests/support/list-server.ts';
import type { ListServer } from '#tests/support/list-server.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import { makeTestCa } from '#tests/support/test-ca.ts';
import { expectAccessible } from './accessible.ts';
import { arrived } from './compose-fixture.ts';
import { expect, signIn, test } from './fixture.ts';
import { focused, isNoTrap, tabTo } from './keys.ts';
import { expectNothingKept, signInOnPublicComputer } from './public-fixture.ts';
import { password, startApp } from './start-app.ts';
import type { App } from './start-app.ts';

// The host that the test authority has a certificate for; the server process is told that it lies on the public internet.
const host = 'elsewhere.example.test';
const dir = mkdtempSync(join(tmpdir(), 'pipit-lists-'));
let list: ListServer;
let app: App;
test.beforeAll(async () => {
  const ca = makeTestCa(dir);
  list = await startListServer(ca.wrongHost);
  app = await startApp({
    people: 6,
    environment: {
      NODE_EXTRA_CA_CERTS: ca.ca.cert,
      NODE_OPTIONS: `--import=${pathToFileURL('tests/support/other-internet.ts').href}`,
      OTHER_INTERNET: JSON.stringify({ [host]: { addresses: ['93.184.216.34'], port: list.port }, 'inner.test': { addresses: ['10.0.0.1'], port: list.port } }),
    },
  });
});
test.afterAll(async () => {
  await app.stop();
  await list.stop();
  rmSync(dir, { recursive: true, force: true });
});
test.beforeEach(() => {
  list.asked.length = 0;
  list.answer = (response) => response.end('Bye');
});

const message = (page: Page) => page.getByRole('region', { name: 'Message' });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Unsubscribe?' });
const news = (subject: string, way: string, more: Record<string, string> = {}) => ({ raw: aMessage({ subject, from: 'News <news@else.test>', headers: { 'List-Id': '"All the news" <news.else.test>', 'List-Unsubscribe': way, ...more } }) });
const oneClick = { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };

test('check 85: a list is left by keys alone, with one POST after the person has said so; what goes wrong is said', async ({ page }) => {
  const user = 'person1@example.test';
  const device = await connectRawImap(app.mail.imapPort, user, password);
  await device.append('INBOX', [{ raw: aMessage({ subject: 'Personal' }) }, news('Weekly', `<https://${host}/out?u=1>`, oneClick)]);
  await signIn(page, app, user);
  const row = page.getByRole('row', { name: /Weekly,/ });
  await row.focus();
  await page.keyboard.press('Enter');
  const button = message(page).getByRole('button', { name: 'Unsubscribe', exact: true });
  await expect(button).toBeVisible();
  // It is marked as read, which is the last thing that opening does.
  await expect.poll(() => device.command('STATUS INBOX (UNSEEN)')).toContain('UNSEEN 1');
  await expectAccessible(page, '#message article');
  await row.focus();
  await tabTo(page, /^button Unsubscribe$/, 90);
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toContainText(`asks ${host} once to take you off “All the news”`);
  await expect(dialog(page)).toContainText(`Go on only if you know ${host}`);
  await expect.poll(() => focused(page)).toBe('button Unsubscribe');
  await isNoTrap(page);
  await expectAccessible(page, '[role=dialog]');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(button).toBeFocused();
  expect(list.asked).toEqual([]);

  // The list's server says no: the page is what is left, in a tab of its own, by way of the page that says where it leads.
  list.answer = (response) => response.writeHead(302, { Location: `https://${host}/really` }).end();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
  await page.keyboard.type('Unsubscribe');
  await page.getByRole('option', { name: 'Unsubscribe…' }).first().waitFor();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeVisible();
  await expect.poll(() => focused(page)).toBe('button Unsubscribe');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('alert')).toContainText(`${host} refused: you are still on the list.`);
  const link = dialog(page).getByRole('link', { name: 'Open the page' });
  await expect(link).toBeVisible();
  await expectAccessible(page, '[role=dialog]');
  const opening = page.context().waitForEvent('page');
  await link.focus();
  await page.keyboard.press('Enter');
  const opened = await opening;
  await expect(opened.getByRole('link', { name: `Continue to ${host}` })).toHaveAttribute('href', `https://${host}/out?u=1`);
  await opened.close();
  expect(list.asked).toHaveLength(1);

  list.answer = (response) => response.end('Bye');
  await button.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('button Unsubscribe');
  await expect(dialog(page)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Unsubscribed from “All the news”.')).toBeVisible();
  await expect(dialog(page)).toHaveCount(0);
  expect(list.asked.map(({ method, body }) => [method, body])).toEqual([['POST', 'List-Unsubscribe=One-Click'], ['POST', 'List-Unsubscribe=One-Click']]);

  // What names no way says so where it is looked for, and has no button.
  await page.getByRole('row', { name: /Personal,/ }).focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Unsubscribe…' }).click();
  await expect(dialog(page)).toContainText('This message names no way to unsubscribe.');
  await page.keyboard.press('Escape');
  await page.getByRole('row', { name: /Personal,/ }).focus();
  await page.keyboard.press('Enter');
  await expect(message(page).getByRole('heading', { name: 'Personal' })).toBeVisible();
  await expect(button).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Unsubscribe');
  await expect(page.getByRole('option', { name: /Unsubscribe…/ })).toContainText('names no way to unsubscribe');
  await page.keyboard.press('Escape');
  await message(page).getByRole('button', { name: 'More', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: 'Block sender' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Unsubscribe…' })).toHaveCount(0);
  device.close();
});

test('check 85: by mail, by a page, and to a private network: each as it is said, never more, on a shared computer too', async ({ page }) => {
  const user = 'person2@example.test';
  const device = await connectRawImap(app.mail.imapPort, user, password);
  const owner = await connectRawImap(app.mail.imapPort, 'person3@example.test', password);
  await device.append('INBOX', [
    news('By mail', '<mailto:person3@example.test?subject=leave%20news>'),
    news('By a page', `<https://${host}/page>`),
    news('Inside', '<https://inner.test/out>', oneClick),
  ]);
  await page.setViewportSize({ width: 390, height: 844 });
  await signInOnPublicComputer(page, app, user);
  const ask = async (subject: string) => {
    await page.getByRole('row', { name: new RegExp(`${subject},`) }).click();
    await message(page).getByRole('button', { name: 'Unsubscribe', exact: true }).click();
    await expect(dialog(page)).toBeVisible();
  };
  await ask('By mail');
  await expect(dialog(page)).toContainText(`goes from ${user} to person3@example.test, with the subject “leave news”`);
  expect(await owner.command('STATUS INBOX (MESSAGES)')).toContain('MESSAGES 0');
  await dialog(page).getByRole('button', { name: 'Unsubscribe' }).click();
  await expect(page.getByText('The message to person3@example.test is on its way.')).toBeVisible();
  const { email } = await arrived(owner, 'INBOX', 1);
  expect(email).toMatchObject({ subject: 'leave news', from: { address: user } });
  await page.goBack();

  await ask('By a page');
  await expect(dialog(page)).toContainText(`at ${host}. It opens in a new tab`);
  const opening = page.context().waitForEvent('page');
  await dialog(page).getByRole('link', { name: 'Open the page' }).click();
  const opened = await opening;
  await expect(opened.getByRole('link', { name: `Continue to ${host}` })).toBeVisible();
  await opened.close();
  await page.goBack();

  await ask('Inside');
  await dialog(page).getByRole('button', { name: 'Unsubscribe' }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('inner.test could not be reached: you are still on the list.');
  expect(list.asked).toEqual([]);
  await expectNothingKept(page, 'after leaving lists');
  device.close();
  owner.close();
});
