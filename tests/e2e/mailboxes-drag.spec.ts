import type { Locator, Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { expect, signIn, test } from './fixture.ts';

const item = (page: Page, name: string | RegExp) => page.getByRole('treeitem', { name, exact: true });
const row = (page: Page, subject: string) => page.getByRole('row', { name: new RegExp(`${subject},`) });
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ raw: aMessage({ subject: `Number ${index + 1}` }) }));

async function middleOf(target: Locator): Promise<{ x: number; y: number }> {
  const box = await target.boundingBox();
  if (!box) throw new Error('not in sight');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Presses on one thing and moves onto another, without letting go. */
async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const start = await middleOf(from);
  const end = await middleOf(to);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 10, start.y + 10);
  await page.mouse.move(end.x, end.y, { steps: 4 });
}

test('a row is dragged onto a folder, and the whole selection with it', async ({ page, app, person }) => {
  await person.device.create('Work');
  await person.device.append('INBOX', many(5));
  await signIn(page, app, person.user);
  await drag(page, row(page, 'Number 5'), item(page, 'Work'));
  await expect(page.getByText('1 message', { exact: true })).toBeVisible();
  await expect(item(page, 'Work')).toHaveAttribute('data-drop', 'true');
  await page.mouse.up();
  await expect(row(page, 'Number 5')).toHaveCount(0);
  await expect(item(page, 'Work, 1 unread')).toBeVisible();
  // What began as a drag opens nothing.
  await expect(page).toHaveURL(`${app.address}/mail/INBOX`);
  for (const subject of ['Number 4', 'Number 2']) await row(page, subject).getByRole('checkbox', { name: 'Select' }).click();
  await drag(page, row(page, 'Number 2'), item(page, 'Work, 1 unread'));
  await expect(page.getByText('2 messages', { exact: true })).toBeVisible();
  await page.mouse.up();
  await expect(page.getByRole('grid', { name: 'Messages' })).toHaveAttribute('aria-rowcount', '2');
  await expect.poll(() => person.device.command('STATUS Work (MESSAGES)')).toContain('MESSAGES 3');
  expect(await person.device.command('STATUS INBOX (MESSAGES)')).toContain('MESSAGES 2');
});

test('with Ctrl it is copied, with Esc nothing happens, and onto its own folder neither', async ({ page, app, person }) => {
  await person.device.create('Work');
  await person.device.append('INBOX', many(2));
  await signIn(page, app, person.user);
  await drag(page, row(page, 'Number 2'), item(page, 'Work'));
  await page.keyboard.press('Escape');
  await expect(page.getByText('1 message', { exact: true })).toHaveCount(0);
  await page.mouse.up();
  await drag(page, row(page, 'Number 2'), item(page, 'Inbox, 2 unread'));
  await expect(item(page, 'Inbox, 2 unread')).not.toHaveAttribute('data-drop');
  await page.mouse.up();
  await drag(page, row(page, 'Number 1'), item(page, 'Work'));
  await page.keyboard.down('Control');
  await expect(page.getByText('Copy 1 message')).toBeVisible();
  await page.mouse.up();
  await page.keyboard.up('Control');
  await expect.poll(() => person.device.command('STATUS Work (MESSAGES)')).toContain('MESSAGES 1');
  await expect(page.getByRole('grid', { name: 'Messages' })).toHaveAttribute('aria-rowcount', '2');
});

test('a folder is dragged into another, which opens under the pointer, and back to the top', async ({ page, app, person }) => {
  await person.device.create('Alpha/Inside/Deep');
  await person.device.create('Beta');
  await signIn(page, app, person.user);
  await item(page, 'Inside').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(item(page, 'Deep')).toHaveCount(0);
  await drag(page, item(page, 'Beta'), item(page, 'Inside'));
  await expect(item(page, 'Deep')).toBeVisible();
  const deep = await middleOf(item(page, 'Deep'));
  await page.mouse.move(deep.x, deep.y, { steps: 3 });
  await expect(item(page, 'Deep')).toHaveAttribute('data-drop', 'true');
  await page.mouse.up();
  await expect(item(page, 'Beta')).toHaveAttribute('data-mailbox', 'Alpha/Inside/Deep/Beta');
  await expect.poll(() => person.device.command('LIST "" "*"')).toContain('Alpha/Inside/Deep/Beta');
  // Never into what is below itself.
  await drag(page, item(page, 'Alpha'), item(page, 'Deep'));
  await expect(item(page, 'Deep')).not.toHaveAttribute('data-drop');
  await page.mouse.up();
  const start = await middleOf(item(page, 'Beta'));
  const button = await middleOf(page.getByRole('button', { name: 'New folder' }));
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(button.x, button.y + 80, { steps: 4 });
  await page.mouse.up();
  await expect(item(page, 'Beta')).toHaveAttribute('data-mailbox', 'Beta');
});
