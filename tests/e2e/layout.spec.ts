import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { expect, signIn, test } from './fixture.ts';
import { watchShifts } from './layout-shifts.ts';

const letters = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ raw: aMessage({ subject: `Number ${index + 1}`, text: `Text ${index + 1}\n` }) }));

async function choose(page: Page, address: string, section: string, option: string): Promise<void> {
  await page.goto(`${address}/settings/${section}`);
  const saved = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('radio', { name: option }).check();
  await saved;
}

/** Rows that can be seen whole. */
function rowsInSight(page: Page): Promise<number> {
  return page.evaluate(() => {
    const grid = document.querySelector('#messages');
    const box = grid?.getBoundingClientRect();
    if (!grid || !box) return 0;
    return [...grid.querySelectorAll('[role=row]')].filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return top >= box.top - 0.5 && bottom <= Math.min(box.bottom, window.innerHeight) + 0.5;
    }).length;
  });
}

test('at 1280×800 three panes show 14 rows with a preview, compact ones 20, and nothing moves while the page loads', async ({ page, app, person }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await person.device.append('INBOX', letters(60));
  await signIn(page, app, person.user);
  const shifts = await watchShifts(page);
  await page.goto(`${app.address}/mail/INBOX/60`);
  await expect(page.getByRole('region', { name: 'Message' }).getByText('Text 60')).toBeVisible();
  await expect(page.getByRole('row', { name: /Number 55/ })).toContainText('Text 55');
  expect(await rowsInSight(page)).toBeGreaterThanOrEqual(14);
  expect(await shifts()).toEqual([]);
  await choose(page, app.address, 'appearance', 'Compact, one line each');
  await page.goto(`${app.address}/mail/INBOX`);
  await expect(page.getByRole('row', { name: /Number 40,/ })).toBeVisible();
  expect(await rowsInSight(page)).toBeGreaterThanOrEqual(20);
  expect(await shifts()).toEqual([]);
});

test('the message stands beside the list, in its place, or below it, in the first HTML too', async ({ page, app, person }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await person.device.append('INBOX', letters(30));
  await signIn(page, app, person.user);
  const shifts = await watchShifts(page);
  const grid = page.getByRole('grid', { name: 'Messages' });
  const message = page.getByRole('region', { name: 'Message' });
  await choose(page, app.address, 'appearance', 'Message in place of the list');
  await page.goto(`${app.address}/mail/INBOX`);
  await expect(grid).toBeVisible();
  await page.getByRole('row', { name: /Number 30,/ }).click();
  await expect(message.getByText('Text 30')).toBeVisible();
  await expect(grid).toBeHidden();
  await page.goBack();
  await expect(page.getByRole('row', { name: /Number 30,/ })).toBeFocused();
  await choose(page, app.address, 'appearance', 'Message below the list');
  await page.goto(`${app.address}/mail/INBOX/30`);
  await expect(message.getByText('Text 30')).toBeVisible();
  const above = await grid.boundingBox();
  const below = await message.boundingBox();
  expect(below?.y).toBeGreaterThan((above?.y ?? 0) + (above?.height ?? 0) - 1);
  expect(await shifts()).toEqual([]);
});

test('panes are resized by hand and key, kept in the account, and are so on the next device', async ({ page, app, person, browser }) => {
  await page.setViewportSize({ width: 1440, height: 800 });
  await person.device.append('INBOX', letters(3));
  await signIn(page, app, person.user);
  const edge = page.getByRole('separator', { name: 'Width of the list' });
  const box = await edge.boundingBox();
  if (!box) throw new Error('The edge has no box.');
  await page.mouse.move(box.x, 300);
  await page.mouse.down();
  await page.mouse.move(box.x + 90, 300, { steps: 4 });
  const saved = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.mouse.up();
  await saved;
  await expect(edge).toHaveAttribute('aria-valuenow', '490');
  await page.getByRole('separator', { name: 'Width of the folders' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('separator', { name: 'Width of the folders' })).toHaveAttribute('aria-valuenow', '248');
  await page.getByRole('button', { name: 'Show folders as icons' }).click();
  await expect(page.getByRole('button', { name: 'Show folders with names' })).toBeVisible();
  await expect(page.getByRole('treeitem', { name: 'Inbox, 3 unread' })).toBeVisible();
  const context = await browser.newContext({ viewport: { width: 1440, height: 800 } });
  const elsewhere = await context.newPage();
  await signIn(elsewhere, app, person.user);
  await expect(elsewhere.getByRole('separator', { name: 'Width of the list' })).toHaveAttribute('aria-valuenow', '490');
  expect((await elsewhere.getByRole('navigation', { name: 'Mailboxes' }).boundingBox())?.width).toBe(56);
  await context.close();
});
