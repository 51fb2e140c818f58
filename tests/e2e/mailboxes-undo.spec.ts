import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { expect, signIn, test } from './fixture.ts';

const item = (page: Page, name: string | RegExp) =>
  page.getByRole('navigation', { name: 'Mailboxes' }).getByRole('treeitem', { name, exact: true });

async function makeFolder(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New folder' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.keyboard.press('Enter');
  await expect(item(page, name)).toBeFocused();
}

async function moveTo(page: Page, row: RegExp, name: string): Promise<void> {
  await page.getByRole('row', { name: row }).focus();
  await page.keyboard.press('v');
  await expect(page.getByRole('textbox', { name: 'Folder name' })).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
}

test('offline a folder is made and mail moved into it; both survive the page and arrive in order', async ({ page, app, person, context, complaints }) => {
  complaints.expected.push(/failed:|ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
  await person.device.append('INBOX', [1, 2].map((number) => ({ raw: aMessage({ subject: `Number ${number}` }) })));
  await signIn(page, app, person.user);
  await page.getByRole('button', { name: 'New folder' }).click(); // What draws the dialogs is there when the line is gone.
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.getByRole('row', { name: /Number 2/ }).focus();
  await page.keyboard.press('v');
  await expect(page.getByRole('textbox', { name: 'Folder name' })).toBeFocused();
  await page.keyboard.press('Escape');
  await context.setOffline(true);
  await makeFolder(page, 'Plans');
  await expect(item(page, 'Plans')).toHaveAttribute('aria-busy', 'true');
  await moveTo(page, /Number 2/, 'Plans');
  await expect(page.getByRole('row', { name: /Number 2/ })).toHaveCount(0);
  await page.goto('about:blank');
  await context.setOffline(false);
  await page.goto(`${app.address}/mail/INBOX`);
  await expect(item(page, 'Plans, 1 unread')).toBeVisible();
  await expect.poll(() => person.device.command('STATUS Plans (MESSAGES)').catch(String)).toContain('MESSAGES 1');
  await expect(page.getByRole('row', { name: /Number 1/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Number 2/ })).toHaveCount(0);
});

test('z takes back what was done to messages and folders in one order, Shift+z does it again', async ({ page, app, person }) => {
  await person.device.append('INBOX', [1, 2].map((number) => ({ raw: aMessage({ subject: `Number ${number}` }) })));
  await signIn(page, app, person.user);
  await makeFolder(page, 'Plans');
  await moveTo(page, /Number 2/, 'Plans');
  await expect(item(page, 'Plans, 1 unread')).toBeVisible();
  await item(page, 'Plans, 1 unread').focus();
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'Name' }).fill('Schemes');
  await page.keyboard.press('Enter');
  await expect.poll(() => person.device.command('STATUS Schemes (MESSAGES)').catch(String)).toContain('MESSAGES 1');
  await page.getByRole('row', { name: /Number 1/ }).focus();
  await page.keyboard.press('z');
  await expect(item(page, /^Plans/)).toBeVisible();
  await expect.poll(() => person.device.command('STATUS Plans (MESSAGES)').catch(String)).toContain('MESSAGES 1');
  await page.keyboard.press('z');
  await expect(page.getByRole('row', { name: /Number 2/ })).toBeVisible();
  await page.keyboard.press('z');
  await expect(item(page, /^Plans/)).toHaveCount(0);
  await expect.poll(() => person.device.command('LIST "" "*"')).not.toContain('Plans');
  await page.keyboard.press('Shift+z');
  await expect(item(page, /^Plans/)).toBeVisible();
  await expect.poll(() => person.device.command('LIST "" "*"')).toContain('Plans');
});

test('in the tree z takes back what was just done to a folder, g i goes, and other letters find a folder', async ({ page, app, person }) => {
  await person.device.create('Zebra');
  await person.device.create('Ideas');
  await person.device.create('Bazaar');
  await signIn(page, app, person.user);
  await item(page, 'Ideas').focus();
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'Name' }).fill('Plans');
  await page.keyboard.press('Enter');
  await expect(item(page, 'Plans')).toBeFocused();
  await expect.poll(() => person.device.command('LIST "" "*"')).toContain('Plans');
  await page.keyboard.press('z');
  await expect(item(page, 'Ideas')).toBeVisible();
  await expect.poll(() => person.device.command('LIST "" "*"')).toContain('Ideas');
  await item(page, 'Ideas').focus();
  // Within a name every letter belongs to it.
  await page.keyboard.type('baz');
  await expect(item(page, 'Bazaar')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${app.address}/mail/Bazaar`);
  await item(page, 'Bazaar').focus();
  await item(page, 'Bazaar').evaluate(() => new Promise((resolve) => setTimeout(resolve, 750))); // Until the word is over.
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(page).toHaveURL(`${app.address}/mail/INBOX`);
});
