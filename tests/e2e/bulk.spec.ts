import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { expect, signIn, test } from './fixture.ts';

const many = (count: number) => Array.from({ length: count }, (_, index) => ({ raw: aMessage({ subject: `Number ${index + 1}`, text: `Text ${index + 1}\n` }) }));
const row = (page: Page, number: number) => page.getByRole('row', { name: new RegExp(`Number ${number},`) });

test('all of a mailbox is selected exactly, and a range over rows that were never loaded', async ({ page, app, person }) => {
  await person.device.append('INBOX', many(1_500));
  await signIn(page, app, person.user);
  await row(page, 1_500).focus();
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'Select all 1,500 messages' }).click();
  await expect(page.getByText('1,500 selected')).toBeVisible();
  await expect(page.getByRole('button', { name: /Select all/ })).toHaveCount(0);
  // Later mail is not in it, and what goes elsewhere leaves it.
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Later' }) }]);
  await expect(page.getByRole('row', { name: /Later/ })).toHaveAttribute('aria-selected', 'false');
  await person.device.command('SELECT INBOX');
  await person.device.command('STORE 1:100 +FLAGS.SILENT (\\Deleted)');
  await person.device.command('EXPUNGE');
  await expect(page.getByText('1,400 selected')).toBeVisible();
  await row(page, 1_499).getByRole('checkbox', { name: 'Select' }).click();
  await expect(page.getByText('1,399 selected')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText(/selected$/)).toHaveCount(0);
  await row(page, 1_499).focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+End');
  await expect(page.getByText('1,399 selected')).toBeVisible();
  await expect(row(page, 101)).toBeFocused();
  await expect(row(page, 101)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Home');
  await expect(row(page, 1_500)).toHaveAttribute('aria-selected', 'false');
  await expect(row(page, 1_495)).toHaveAttribute('aria-selected', 'true');
});

test('an act on thousands shows at once, tells how far it is, and is taken back by a key', async ({ page, app, person }) => {
  await person.device.append('INBOX', many(3_000));
  await person.device.create('Attic');
  await signIn(page, app, person.user);
  await row(page, 3_000).focus();
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'Select all 3,000 messages' }).click();
  await expect(page.getByText('3,000 selected')).toBeVisible();
  await page.keyboard.press('Shift+i');
  await expect(row(page, 3_000)).toHaveAttribute('data-unread', 'false');
  await expect(page.getByRole('status').filter({ hasText: '3,000 messages marked as read.' })).toBeVisible();
  await person.device.command('SELECT INBOX');
  expect(await person.device.command('SEARCH RETURN (COUNT) UNSEEN')).toContain('COUNT 0');
  await page.keyboard.press('e');
  const bar = page.getByRole('progressbar', { name: 'Moving to Archive' });
  await expect(bar).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Messages' })).toHaveAttribute('aria-rowcount', '0');
  await expect(page.getByRole('status').filter({ hasText: '3,000 messages moved to Archive.' })).toBeVisible();
  await expect(bar).toHaveCount(0);
  await page.keyboard.press('z');
  await expect(page.getByRole('grid', { name: 'Messages' })).toHaveAttribute('aria-rowcount', '3000');
  await expect(page.getByRole('status').filter({ hasText: 'Taken back for 3,000 messages.' })).toBeVisible();
  await expect(row(page, 3_000)).toHaveAttribute('data-unread', 'false');
  expect(await person.device.command('STATUS Archive (MESSAGES)')).toContain('MESSAGES 0');
});

test('it goes on when the tab closes, is told again, and Cancel leaves the rest as it was', async ({ page, app, person }) => {
  await person.device.append('INBOX', many(6_000));
  await signIn(page, app, person.user);
  await row(page, 6_000).focus();
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'Select all 6,000 messages' }).click();
  await expect(page.getByText('6,000 selected')).toBeVisible();
  await page.keyboard.press('#');
  await expect(page.getByRole('progressbar', { name: 'Moving to Trash' })).toBeVisible();
  await page.goto('about:blank');
  await expect.poll(() => person.device.command('STATUS Trash (MESSAGES)')).toContain('MESSAGES 6000');
  await page.goto(`${app.address}/mail/INBOX`);
  await expect(page.getByRole('status').filter({ hasText: '6,000 messages moved to Trash.' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('status').filter({ hasText: /Taken back for [\d,]+ messages?\. Cancelled/ })).toBeVisible();
});

test('Trash is emptied after one question, and all is marked as read from the palette', async ({ page, app, person }) => {
  await person.device.append('Trash', many(1_200));
  await person.device.append('INBOX', many(60));
  await signIn(page, app, person.user);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Mark all as read');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('treeitem', { name: 'Inbox', exact: true })).toBeVisible();
  await page.goto(`${app.address}/mail/Trash`);
  await page.getByRole('button', { name: 'Empty Trash' }).click();
  const question = page.getByRole('dialog', { name: 'Delete 1,200 messages for good?' });
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByRole('grid', { name: 'Messages' })).toHaveAttribute('aria-rowcount', '0');
  await expect(page.getByRole('status').filter({ hasText: '1,200 messages deleted for good.' })).toBeVisible();
  expect(await person.device.command('STATUS Trash (MESSAGES)')).toContain('MESSAGES 0');
});
