import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { expect, signIn, test } from './fixture.ts';

const grid = (page: Page) => page.getByRole('grid', { name: 'Messages' });
const rows = (page: Page) => grid(page).getByRole('row');
const row = (page: Page, subject: string) => rows(page).filter({ hasText: subject });
const toast = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text });
const herons = (count: number, from = 1) => Array.from({ length: count }, (_, index) => ({ raw: aMessage({ subject: `Heron ${from + index}` }) }));
const others = (count: number) => Array.from({ length: count }, () => ({ raw: aMessage({ subject: 'No bird' }) }));

async function search(page: Page, query: string, where?: string): Promise<void> {
  const field = page.getByRole('searchbox', { name: 'Search mail' });
  await field.fill(query);
  await field.press('Enter');
  await expect(page).toHaveURL(/[?&]q=/);
  if (where) await page.getByRole('combobox', { name: 'Where to search' }).selectOption(where);
}

/** How many messages match in a mailbox, by plain IMAP; 0 while there is no such mailbox. */
async function countOf(device: RawImap, mailbox: string, keys = 'ALL'): Promise<number> {
  const listed = await device.command(`LIST "" "${mailbox}"`);
  if (!/^\* LIST/m.test(listed)) return 0;
  await device.command(`SELECT "${mailbox}"`);
  return Number(/COUNT (\d+)/.exec(await device.command(`SEARCH RETURN (COUNT) ${keys}`))?.[1]);
}

test('a result is moved, labelled, reported, snoozed, deleted and brought back where it lies, and the list goes on', async ({ page, app, person: { user, device }, complaints }) => {
  complaints.expected.push(/404/); // What the pointer rests on is read ahead, and may have been moved a moment ago.
  await device.create('Work');
  await device.append('INBOX', [...herons(3), ...others(1)]);
  await device.append('Work', herons(3, 4));
  await signIn(page, app, user);
  await search(page, 'subject:heron', 'All folders');
  await expect(rows(page)).toHaveCount(6);

  await row(page, 'Heron 4').click();
  await page.keyboard.press('#');
  await expect(rows(page)).toHaveCount(5);
  await expect(page.getByRole('region', { name: 'Message' }).getByRole('heading', { name: /Heron/ })).toBeVisible();
  await expect.poll(() => countOf(device, 'Trash')).toBe(1);
  await page.keyboard.press('z');
  await expect(rows(page)).toHaveCount(6);
  await expect(row(page, 'Heron 4')).toHaveAccessibleName(/in Work/);
  expect(await countOf(device, 'Work')).toBe(3);

  // What is archived is in a folder that was searched too: it stays, and says where it is.
  await row(page, 'Heron 5').hover();
  await row(page, 'Heron 5').getByRole('button', { name: 'Archive' }).click();
  await expect(row(page, 'Heron 5')).toHaveAccessibleName(/in Archive/);
  await expect(rows(page)).toHaveCount(6);

  await row(page, 'Heron 2').focus();
  await page.keyboard.press('v');
  await page.getByRole('dialog').getByRole('option', { name: 'Work', exact: true }).click();
  await expect(row(page, 'Heron 2')).toHaveAccessibleName(/in Work/);

  await row(page, 'Heron 6').focus();
  await page.keyboard.press('l');
  await page.getByRole('dialog', { name: 'Labels' }).getByRole('textbox').fill('Birds');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(row(page, 'Heron 6')).toHaveAccessibleName(/Birds/);
  await expect.poll(() => countOf(device, 'Work', 'KEYWORD Birds')).toBe(1);

  await row(page, 'Heron 3').focus();
  await page.keyboard.press('!');
  await expect(row(page, 'Heron 3')).toHaveCount(0);
  await expect.poll(() => countOf(device, 'Junk', 'KEYWORD $Junk')).toBe(1);

  await row(page, 'Heron 6').focus();
  await page.keyboard.press('b');
  await page.getByRole('dialog', { name: /Snooze/ }).getByRole('button', { name: /Tomorrow/ }).click();
  await expect.poll(() => countOf(device, 'Snoozed', 'KEYWORD $SnoozedFrom-Work')).toBe(1);
  // Also in a folder that was made for it just now.
  await expect(row(page, 'Heron 6')).toHaveAccessibleName(/in Snoozed/);
  await expect(row(page, 'Heron 1')).toHaveAccessibleName(/in Inbox/);
});

test('results in Trash are deleted for good only when all that is chosen is there', async ({ page, app, person: { user, device } }) => {
  await device.append('INBOX', herons(1));
  await device.append('Trash', herons(2, 2));
  await signIn(page, app, user);
  await search(page, 'subject:heron in:anywhere');
  await expect(rows(page)).toHaveCount(3);
  await row(page, 'Heron 2').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('#');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect.poll(() => countOf(device, 'Trash')).toBe(3);
  await expect(rows(page)).toHaveCount(3);
  await row(page, 'Heron 2').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('#');
  await page.getByRole('dialog', { name: /3 messages/ }).getByRole('button', { name: 'Delete' }).click();
  await expect(rows(page)).toHaveCount(0);
  await expect.poll(() => countOf(device, 'Trash')).toBe(0);
});

test('all results of several folders, more than one call may name, are marked, moved and brought back', async ({ page, app, person: { user, device } }) => {
  await device.create('Work');
  await device.append('INBOX', [...herons(900), ...others(50)]);
  await device.append('Work', [...herons(600), ...others(50)]);
  await signIn(page, app, user);
  await search(page, 'subject:heron', 'All folders');
  await expect(page.getByText('1,500 messages found')).toBeVisible();
  await rows(page).first().focus();
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'Select all 1,500 messages' }).click();
  await expect(page.getByText('1,500 selected')).toBeVisible();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.keyboard.press('Shift+i');
  await expect(rows(page).first()).toHaveAttribute('data-unread', 'false');
  await expect(toast(page, '1,500 messages marked as read.')).toBeVisible();
  await expect(rows(page).first()).toHaveAttribute('data-unread', 'false');
  expect([await countOf(device, 'INBOX', 'UNSEEN'), await countOf(device, 'Work', 'UNSEEN')]).toEqual([50, 50]);
  await expect(page.getByText('1,500 selected')).toBeVisible();
  expect(asked).not.toContain('/api/search');

  await page.keyboard.press('#');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '0');
  await expect(toast(page, '1,500 messages moved to Trash.')).toBeVisible();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '0');
  expect(await countOf(device, 'Trash')).toBe(1_500);
  await page.keyboard.press('z');
  await expect(toast(page, 'Taken back for 1,500 messages.')).toBeVisible();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '1500');
  expect([await countOf(device, 'INBOX', 'SUBJECT heron'), await countOf(device, 'Work', 'SUBJECT heron')]).toEqual([900, 600]);
});

test('what no longer matches stays until the search is left; what arrives and matches comes by itself', async ({ page, app, person: { user, device } }) => {
  await device.append('INBOX', herons(3));
  await signIn(page, app, user);
  await search(page, 'is:unread');
  await expect(rows(page)).toHaveCount(3);
  await row(page, 'Heron 2').click();
  await expect(row(page, 'Heron 2')).toHaveAttribute('data-unread', 'false');
  await expect(page.getByRole('treeitem', { name: 'Inbox, 2 unread' })).toBeVisible();
  await expect(rows(page)).toHaveCount(3);
  await device.append('INBOX', herons(1, 4));
  await expect(rows(page)).toHaveCount(4);
  await expect(rows(page).first()).toContainText('Heron 4');
  await expect(page.getByText('4 messages found')).toBeVisible();
  await page.reload();
  await expect(rows(page)).toHaveCount(3);
  await expect(row(page, 'Heron 2')).toHaveCount(0);
});

test('results of twenty folders show what another device does in each, and what is gone is no longer selected', async ({ page, app, person: { user, device } }) => {
  const names = Array.from({ length: 20 }, (_, index) => `Box ${index + 1}`);
  for (const name of names) {
    await device.create(name);
    await device.append(name, [{ raw: aMessage({ subject: `Heron in ${name}.` }) }]);
  }
  await page.setViewportSize({ width: 1280, height: 1600 });
  await signIn(page, app, user);
  await search(page, 'subject:heron', 'All folders');
  await expect(rows(page)).toHaveCount(20);
  for (const name of names) {
    await device.command(`SELECT "${name}"`);
    await device.command('STORE 1 +FLAGS (\\Flagged)');
  }
  for (const name of names) await expect(row(page, `Heron in ${name}.`)).toHaveAttribute('data-flagged', 'true');
  await rows(page).first().focus();
  await page.keyboard.press('Control+a');
  await expect(page.getByText('20 selected')).toBeVisible();
  await device.command('STORE 1 +FLAGS (\\Deleted)');
  await device.command('EXPUNGE');
  await expect(rows(page)).toHaveCount(19);
  await expect(page.getByText('19 selected')).toBeVisible();
  for (const name of names.slice(0, 3)) await device.append(name, [{ raw: aMessage({ subject: `Heron again in ${name}.` }) }]);
  await expect(rows(page)).toHaveCount(22);
});
