import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { expect, signIn, test } from './fixture.ts';

const item = (page: Page, name: string | RegExp) =>
  page.getByRole('navigation', { name: 'Mailboxes' }).getByRole('treeitem', { name, exact: true });
const letters = (count: number, flags: string[] = []) =>
  Array.from({ length: count }, (_, index) => ({ raw: aMessage({ subject: `Number ${index + 1}` }), flags }));

test('a folder is marked as read from its menu, by keyboard, and z makes unread what was', async ({ page, app, person }) => {
  await person.device.create('News');
  await person.device.append('News', [...letters(2, ['\\Seen']), ...letters(3)]);
  await signIn(page, app, person.user);
  await item(page, 'News, 3 unread').focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Mark all as read' }).press('Enter');
  await expect(item(page, 'News')).toBeVisible();
  await expect(page.getByText('3 messages marked as read.')).toBeVisible();
  await person.device.command('SELECT News');
  expect(await person.device.command('SEARCH UNSEEN')).not.toMatch(/SEARCH \d/);
  await item(page, 'News').blur(); // In the tree letters find folders.
  await page.keyboard.press('z');
  await expect(item(page, 'News, 3 unread')).toBeVisible();
  await expect.poll(() => person.device.command('SEARCH UNSEEN')).toContain('SEARCH 3 4 5');
  await item(page, 'Inbox').focus();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Mark all as read' })).toHaveAttribute('aria-disabled', 'true');
});

test('the trash is emptied after saying what is in it, its folders too, and another device has it so', async ({ page, app, person }) => {
  await person.device.append('Trash', letters(3));
  await person.device.create('Trash/Old plans');
  await person.device.append('Trash/Old plans', letters(2));
  await signIn(page, app, person.user);
  await item(page, /^Trash/).first().click();
  await expect(page.getByRole('row', { name: /Number 3,/ })).toBeVisible();
  await item(page, /^Trash/).first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Empty' }).click();
  const dialog = page.getByRole('dialog', { name: 'Empty Trash?' });
  await expect(dialog).toContainText('It holds 5 messages and 1 folder.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await item(page, /^Trash/).first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Empty' }).click();
  await dialog.getByRole('button', { name: 'Empty' }).click();
  await expect(page.getByRole('row', { name: /Number/ })).toHaveCount(0);
  await expect(item(page, /Old plans/)).toHaveCount(0);
  await expect(page.getByText('3 messages deleted for good.')).toBeVisible();
  await expect.poll(() => person.device.command('STATUS Trash (MESSAGES)')).toContain('MESSAGES 0');
  await expect.poll(() => person.device.command('LIST "" "Trash/*"')).not.toContain('Old plans');
  await item(page, 'Inbox').click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Empty' })).toHaveCount(0);
});
