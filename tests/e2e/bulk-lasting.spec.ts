import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { rules } from './accessible.ts';
import { expect, signIn, test } from './fixture.ts';

const many = (count: number) => Array.from({ length: count }, (_, index) => ({ raw: aMessage({ subject: `Number ${index + 1}`, text: `Text ${index + 1}\n` }) }));
const row = (page: Page, number: number) => page.getByRole('row', { name: new RegExp(`Number ${number},`) });
const rows = (page: Page) => page.getByRole('grid', { name: 'Messages' });
const told = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text });

async function selectAll(page: Page, count: number): Promise<void> {
  await row(page, count).focus();
  await page.keyboard.press('Control+a');
  const all = count.toLocaleString('en');
  await page.getByRole('button', { name: `Select all ${all} messages` }).click();
  await expect(page.getByText(`${all} selected`)).toBeVisible();
}

/** The numbers in the subjects of all messages of a mailbox, ascending. */
async function numbersIn(device: RawImap, mailbox: string): Promise<number[]> {
  if (/\* 0 EXISTS/.test(await device.command(`SELECT ${mailbox}`))) return [];
  const fetched = await device.command('FETCH 1:* (BODY.PEEK[HEADER.FIELDS (SUBJECT)])');
  return [...fetched.matchAll(/Subject: Number (\d+)/g)].map(([, number]) => Number(number)).sort((a, b) => a - b);
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const countIn = async (device: RawImap, mailbox: string) => Number(/MESSAGES (\d+)/.exec(await device.command(`STATUS ${mailbox} (MESSAGES)`))?.[1]);

async function audit(page: Page): Promise<unknown[]> {
  const axe = new AxeBuilder({ page }).withTags(rules).exclude('[data-base-ui-focus-guard]');
  return (await axe.disableRules('label-content-name-mismatch').analyze()).violations;
}

test('the server process is killed in the middle of a task: it is drawn again, finished exactly, and z takes it back after a reload', async ({ page, app, person, complaints }) => {
  test.setTimeout(120_000);
  complaints.expected.push(/failed:|ERR_|Failed to|50[0-9]|net::/);
  const count = 6_000;
  await person.device.append('INBOX', many(count));
  await person.device.create('Archive');
  await signIn(page, app, person.user);
  await selectAll(page, count);
  await page.keyboard.press('e');
  await expect.poll(() => countIn(person.device, 'Archive'), { intervals: [2] }).toBeGreaterThan(0);
  await app.kill();
  await page.goto('about:blank');
  await app.revive();
  await page.goto(`${app.address}/mail/INBOX`);
  await expect(rows(page)).toHaveAttribute('aria-rowcount', '0');
  await expect(told(page, '6,000 messages moved to Archive.')).toBeVisible({ timeout: 40_000 });
  await expect(rows(page)).toHaveAttribute('aria-rowcount', '0');
  expect(await numbersIn(person.device, 'Archive')).toEqual(upTo(count));
  expect(await numbersIn(person.device, 'INBOX')).toEqual([]);
  await page.reload();
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live');
  await page.keyboard.press('z');
  await expect(told(page, 'Taken back for 6,000 messages.')).toBeVisible();
  expect(await numbersIn(person.device, 'INBOX')).toEqual(upTo(count));
  await expect(rows(page)).toHaveAttribute('aria-rowcount', `${count}`);
  await page.keyboard.press('Shift+z');
  await expect(rows(page)).toHaveAttribute('aria-rowcount', '0');
  await expect.poll(() => countIn(person.device, 'Archive')).toBe(count);
});

test('an act on thousands begun offline is drawn, survives a reload, and goes out after what was done before it', async ({ page, app, person, context, complaints }) => {
  complaints.expected.push(/failed:|ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
  await person.device.append('INBOX', many(1_500));
  await signIn(page, app, person.user);
  await selectAll(page, 1_500);
  await page.keyboard.press('Escape');
  await selectAll(page, 1_500); // Known by now: it works without the line.
  await context.setOffline(true);
  await row(page, 1_500).getByRole('button', { name: 'Star' }).click();
  await page.keyboard.press('e');
  await expect(rows(page)).toHaveAttribute('aria-rowcount', '0');
  await expect(page.getByText('Waiting for the mail server; it goes on by itself.')).toBeVisible();
  await page.goto('about:blank');
  await context.setOffline(false);
  await page.goto(`${app.address}/mail/INBOX`);
  await expect(told(page, '1,500 messages moved to Archive.')).toBeVisible();
  await expect(rows(page)).toHaveAttribute('aria-rowcount', '0');
  expect(await numbersIn(person.device, 'Archive')).toEqual(upTo(1_500));
  await person.device.command('SELECT Archive');
  expect(await person.device.command('SEARCH RETURN (COUNT) FLAGGED')).toContain('COUNT 1');
});

test('marked by thousands nothing flickers: rows are read again before the act is no longer drawn', async ({ page, app, person }) => {
  await person.device.append('INBOX', many(3_000));
  await signIn(page, app, person.user);
  await selectAll(page, 3_000);
  await page.keyboard.press('Shift+i');
  await expect(row(page, 3_000)).toHaveAttribute('data-unread', 'false');
  // From now on no row in sight is drawn as unread again.
  await page.evaluate(() => {
    const seen = { unread: 0 };
    Object.assign(window, { seen });
    new MutationObserver(() => {
      seen.unread += document.querySelectorAll('[role=row][data-unread=true]').length;
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  await expect(told(page, '3,000 messages marked as read.')).toBeVisible();
  await expect(page.getByRole('treeitem', { name: 'Inbox', exact: true })).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { seen: { unread: number } }).seen.unread)).toBe(0);
  await rows(page).press('End');
  await expect(row(page, 1)).toHaveAttribute('data-unread', 'false');
});

test('what stands on the screen meanwhile is accessible', async ({ page, app, person, context, complaints }) => {
  complaints.expected.push(/failed:|ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
  await person.device.append('Trash', many(1_200));
  await person.device.append('INBOX', many(1_200));
  await signIn(page, app, person.user);
  await row(page, 1_200).focus();
  await page.keyboard.press('Control+a');
  await expect(page.getByRole('button', { name: 'Select all 1,200 messages' })).toBeVisible();
  expect(await audit(page)).toEqual([]);
  await page.getByRole('button', { name: 'Select all 1,200 messages' }).click();
  await expect(page.getByText('1,200 selected')).toBeVisible();
  await context.setOffline(true);
  await page.keyboard.press('e');
  await expect(page.getByRole('progressbar', { name: 'Moving to Archive' })).toBeVisible();
  expect(await audit(page)).toEqual([]);
  await page.getByRole('region', { name: 'Work under way' }).getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await expect(rows(page)).toHaveAttribute('aria-rowcount', '1200');
  await context.setOffline(false);
  await page.goto(`${app.address}/mail/Trash`);
  await page.getByRole('button', { name: 'Empty Trash' }).click();
  await expect(page.getByRole('dialog', { name: 'Delete 1,200 messages for good?' })).toBeVisible();
  expect(await audit(page)).toEqual([]);
});
