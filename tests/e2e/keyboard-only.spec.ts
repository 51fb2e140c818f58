import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { expect, test } from './fixture.ts';
import { focused, isNoTrap, tabTo } from './keys.ts';
import { password } from './start-app.ts';

/** No test here touches the mouse: pages are opened, and all else is keys. */
const row = (page: Page, number: number) => page.getByRole('row', { name: new RegExp(`Number ${number},`) });

async function signInByKeys(page: Page, address: string, user: string): Promise<void> {
  await page.goto(`${address}/login`);
  await tabTo(page, /Email address/);
  await page.keyboard.type(user);
  await tabTo(page, /Password/);
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: 'Messages' })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live');
}

test('from signing in to signing out without a mouse: list, message, folders, labels, search, writing', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/401/); // What was under way when the session ended.
  await person.device.append('INBOX', [1, 2, 3, 4].map((number) => ({ raw: aMessage({ subject: `Number ${number}`, text: `Text ${number}\n` }) })));
  await person.device.create('Plans');
  await signInByKeys(page, app.address, person.user);
  await tabTo(page, /^row .*Number 4/);
  await isNoTrap(page);
  await page.keyboard.press('Enter');
  const message = page.getByRole('region', { name: 'Message' });
  await expect(message.getByText('Text 4')).toBeVisible();
  await tabTo(page, /^button Move to…/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Folder name' })).toBeFocused();
  await page.keyboard.type('Plans');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('treeitem', { name: /^Plans/ })).toBeVisible();
  await expect.poll(() => person.device.command('STATUS Plans (MESSAGES)')).toContain('MESSAGES 1');
  await page.keyboard.press('z');
  await expect.poll(() => person.device.command('STATUS Plans (MESSAGES)')).toContain('MESSAGES 0');
  await page.keyboard.press('Escape');
  await row(page, 3).focus();
  await page.keyboard.press('l');
  await expect(page.getByRole('textbox', { name: 'Find or make a label' })).toBeFocused();
  await page.keyboard.type('Work');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(row(page, 3)).toHaveAccessibleName(/Work/);
  await page.keyboard.press('/');
  await page.keyboard.type('subject:"Number 2"');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: 'Messages' })).toHaveAttribute('aria-rowcount', '1');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
  await page.keyboard.type('go to inbox');
  await page.keyboard.press('Enter');
  await expect(row(page, 4)).toBeVisible();
  await row(page, 4).focus();
  await page.keyboard.press('r');
  const composer = page.getByRole('dialog', { name: 'New message' });
  await expect(composer.getByRole('textbox', { name: 'Message body' })).toBeFocused();
  await page.keyboard.type('By keys alone');
  await tabTo(page, /^button Send/, 30);
  await page.keyboard.press('Control+Enter');
  await expect(composer).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Outbox, 1' })).toBeVisible();
  await tabTo(page, /^button Account|^button .*@example.test/);
  await page.keyboard.press('Enter');
  for (let press = 0; press < 12 && !/Sign out/.test(await focused(page)); press += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/login/);
});

test('every section of the settings is reached and left by Tab, and no control holds the focus', async ({ page, app, person }) => {
  test.setTimeout(90_000);
  await signInByKeys(page, app.address, person.user);
  await page.goto(`${app.address}/settings/reading`);
  const sections = await page.getByRole('navigation', { name: 'Sections' }).getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? '').filter((href) => href.startsWith('/settings/')));
  expect(sections.length).toBeGreaterThan(5);
  for (const href of sections) {
    await page.goto(app.address + href);
    await page.keyboard.press('Tab');
    await isNoTrap(page);
  }
});
