import type { Locator, Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { expect, signIn, test } from './fixture.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

const letters = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ raw: aMessage({ subject: `Number ${index + 1}`, text: `Text ${index + 1}\n` }) }));
const row = (page: Page, number: number) => page.getByRole('row', { name: new RegExp(`Number ${number},`) });
/** A phone's bar has room for some; the others stand in its menu. */
async function tapVerb(page: Page, name: string): Promise<void> {
  await page.getByRole('region', { name: 'Message' }).getByRole('button', { name: 'Other actions' }).tap();
  await page.getByRole('menuitem', { name }).tap();
}
const folders = (page: Page) => page.getByRole('navigation', { name: 'Pipit' }).getByRole('button', { name: 'Folders' });

test('Back closes the folders, and from a folder chosen there leads to where one was', async ({ page, app, person }) => {
  await person.device.append('INBOX', letters(2));
  await person.device.create('Plans');
  await signIn(page, app, person.user);
  const plans = page.getByRole('treeitem', { name: 'Plans' });
  await folders(page).tap();
  await expect(plans).toBeVisible();
  await page.goBack();
  await expect(plans).toBeHidden();
  await expect(page).toHaveURL(`${app.address}/mail/INBOX`);
  await expect(row(page, 2)).toBeVisible();
  await folders(page).tap();
  await plans.tap();
  await expect(page.getByText('No messages in Plans')).toBeVisible();
  await expect(page).toHaveURL(`${app.address}/mail/Plans`);
  await page.goBack();
  await expect(page).toHaveURL(`${app.address}/mail/INBOX`);
  await expect(row(page, 2)).toBeVisible();
  await expect(plans).toBeHidden();
  // Closed by its own button it leaves nothing behind that Back would have to pass.
  await row(page, 2).tap();
  const message = page.getByRole('region', { name: 'Message' });
  await expect(message.getByText('Text 2')).toBeVisible();
  await tapVerb(page, 'Labels');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).tap();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.goBack();
  await expect(page).toHaveURL(`${app.address}/mail/INBOX`);
  await expect(row(page, 2)).toBeFocused();
});

test('Back closes a menu and a dialog over a message, and after it was moved from there does not lead to it', async ({ page, app, person }) => {
  await person.device.append('INBOX', letters(3));
  await person.device.create('Plans');
  await signIn(page, app, person.user);
  await row(page, 1).tap();
  const message = page.getByRole('region', { name: 'Message' });
  await expect(message.getByText('Text 1')).toBeVisible();
  await message.getByRole('button', { name: 'More' }).tap();
  await expect(page.getByRole('menu')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(message.getByText('Text 1')).toBeVisible();
  await tapVerb(page, 'Move to…');
  const dialog = page.getByRole('dialog', { name: 'Move to…' });
  await expect(dialog).toBeVisible();
  await page.goBack();
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(`${app.address}/mail/INBOX/1`);
  await tapVerb(page, 'Move to…');
  await dialog.getByRole('option', { name: 'Plans' }).tap();
  await expect(page).not.toHaveURL(`${app.address}/mail/INBOX/1`);
  await expect.poll(() => person.device.command('STATUS Plans (MESSAGES)')).toContain('MESSAGES 1');
  await page.goBack();
  await expect(page).toHaveURL(`${app.address}/mail/INBOX`);
  await expect(page.getByRole('grid', { name: 'Messages' })).toHaveAttribute('aria-rowcount', '2');
  await expect(row(page, 1)).toHaveCount(0);
});

test('from a menu in the folders the settings are one step away, and so is the way back; there too Back closes a dialog', async ({ page, app, person }) => {
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Number 1' }), flags: ['Work'] }]);
  await signIn(page, app, person.user);
  await folders(page).tap();
  await page.getByRole('button', { name: 'Account' }).tap();
  await page.getByRole('menuitem', { name: 'Settings' }).tap();
  await expect(page).toHaveURL(`${app.address}/settings/reading`);
  await page.goBack();
  await expect(page).toHaveURL(`${app.address}/mail/INBOX`);
  await expect(row(page, 1)).toBeVisible();
  await page.getByRole('navigation', { name: 'Pipit' }).getByRole('button', { name: 'More' }).tap();
  await page.getByRole('menuitem', { name: 'All commands' }).tap();
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
  await page.goBack();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(row(page, 1)).toBeVisible();
  await page.goto(`${app.address}/settings/labels`);
  await page.getByRole('button', { name: 'Rename Work' }).tap();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(`${app.address}/settings/labels`);
});

test('after a reload with something open Back leads away at once', async ({ page, app, person }) => {
  await person.device.append('INBOX', letters(2));
  await signIn(page, app, person.user);
  await row(page, 2).tap();
  await expect(page.getByRole('region', { name: 'Message' }).getByText('Text 2')).toBeVisible();
  await tapVerb(page, 'Labels');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('region', { name: 'Message' }).getByText('Text 2')).toBeVisible();
  await expect(page).toHaveURL(`${app.address}/mail/INBOX/2`);
  await expect.poll(() => page.evaluate(() => (window.history.state as { layer?: number } | null)?.layer ?? 0)).toBe(0);
  await page.goBack();
  await expect(page).toHaveURL(`${app.address}/mail/INBOX`);
  await expect(row(page, 2)).toBeVisible();
});

test('Back closes what is being written, and keeps it as a draft', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await page.getByRole('navigation', { name: 'Pipit' }).getByRole('button', { name: 'Compose' }).tap();
  const composer = page.getByRole('dialog', { name: 'New message' });
  await composer.getByRole('textbox', { name: 'Subject' }).fill('Half a thought');
  await page.goBack();
  await expect(composer).toHaveCount(0);
  await expect(page).toHaveURL(`${app.address}/mail/INBOX`);
  await expect.poll(() => person.device.command('STATUS Drafts (MESSAGES)')).toContain('MESSAGES 1');
});

const withKeyboard = 844 - 336;

/** A phone's keyboard comes up: the page becomes smaller (Chrome), or only the part of it that is seen (Safari). */
async function raiseKeyboard(page: Page, browser: 'chrome' | 'safari'): Promise<void> {
  if (browser === 'chrome') return page.setViewportSize({ width: 390, height: withKeyboard });
  await page.evaluate((height) => {
    const view = window.visualViewport;
    if (!view) return;
    Object.defineProperty(view, 'height', { configurable: true, get: () => height });
    view.dispatchEvent(new Event('resize'));
  }, withKeyboard);
}

async function lowerKeyboard(page: Page, browser: 'chrome' | 'safari'): Promise<void> {
  if (browser === 'chrome') return page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(() => {
    Reflect.deleteProperty(window.visualViewport ?? {}, 'height');
    window.visualViewport?.dispatchEvent(new Event('resize'));
  });
}

async function staysInSight(page: Page, field: Locator, browser: 'chrome' | 'safari'): Promise<void> {
  await field.focus();
  await raiseKeyboard(page, browser);
  await expect
    .poll(async () => {
      const box = await field.boundingBox();
      return box !== null && box.y >= 0 && box.y + Math.min(box.height, 44) <= withKeyboard;
    }, String(field))
    .toBe(true);
  await lowerKeyboard(page, browser);
}

for (const browser of ['chrome', 'safari'] as const) {
  test(`the keyboard never covers the field that is typed into, as ${browser} raises it`, async ({ page, app, person }) => {
    await person.device.append('INBOX', letters(30));
    await page.goto(`${app.address}/login`);
    for (const name of ['Email address', 'Password']) await staysInSight(page, page.getByRole('textbox', { name }), browser);
    await signIn(page, app, person.user);
    await staysInSight(page, page.getByRole('searchbox', { name: 'Search mail' }).or(page.getByRole('combobox', { name: 'Search mail' })), browser);
    await page.goto(`${app.address}/mail/INBOX`);
    await row(page, 30).tap();
    const message = page.getByRole('region', { name: 'Message' });
    await tapVerb(page, 'Move to…');
    await staysInSight(page, page.getByRole('textbox', { name: 'Folder name' }), browser);
    await page.keyboard.press('Escape');
    await tapVerb(page, 'Labels');
    await staysInSight(page, page.getByRole('textbox', { name: 'Find or make a label' }), browser);
    await page.keyboard.press('Escape');
    await message.getByRole('button', { name: 'Reply', exact: true }).tap();
    const composer = page.getByRole('dialog', { name: 'New message' });
    await staysInSight(page, composer.getByRole('textbox', { name: 'Subject' }), browser);
    await staysInSight(page, composer.getByRole('textbox', { name: 'Message body' }), browser);
    await composer.getByRole('button', { name: 'Close and keep as draft' }).tap();
    await page.goto(`${app.address}/mail/INBOX`);
    await folders(page).tap();
    await page.getByRole('button', { name: 'New folder' }).tap();
    await staysInSight(page, page.getByRole('textbox', { name: 'Name' }), browser);
    await page.goto(`${app.address}/settings/labels`);
    await staysInSight(page, page.getByRole('textbox', { name: 'New label' }), browser);
  });
}
