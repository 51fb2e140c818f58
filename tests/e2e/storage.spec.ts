import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import type { RawMessage } from '#tests/support/mail-server/raw-imap.ts';
import { subjectsIn } from '#tests/imap/subjects-in.ts';
import { rules } from './accessible.ts';
import { expect, signIn, test as base } from './fixture.ts';
import { startApp } from './start-app.ts';

/** An app whose accounts hold two megabytes. */
const test = base.extend({
  app: [
    async ({}, use) => {
      const app = await startApp({ people: 80, extraConfig: 'plugin {\n  quota_rule = *:bytes=2000000\n}', environment: { TRASH_KEPT_DAYS: '30' } });
      await use(app);
      await app.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

const senders = ['Ann Lee <ann@example.test>', 'Björn Åkesson <bjorn@nord.test>', 'The Weekly Heron <news@heron.test>'];

function letters(count: number, bytes = 2_000): RawMessage[] {
  return Array.from({ length: count }, (_, index) => ({
    raw: aMessage({
      from: senders[index % 3], subject: `Number ${index + 1}`, text: `${'word '.repeat(bytes / 5)}\n`,
      ...(index % 10 === 0 ? { attachments: [{ name: `Plan ${index + 1}.pdf`, mediaType: 'application/pdf', content: Buffer.alloc(3_000 + index * 100, 7) }] } : {}),
    }),
    internalDate: new Date(Date.UTC(2019 + (index % 6), index % 12, 1 + (index % 28), 12)),
  }));
}

const meter = (page: Page) => page.getByRole('main').getByRole('meter', { name: 'Storage' });
const main = (page: Page) => page.getByRole('main');
const isRead = (page: Page) => expect(main(page).getByRole('button', { name: 'Read again' })).toBeVisible();

test('the meter leads to what takes the space, as pictures with tables behind', async ({ page, app, person }) => {
  await person.device.append('INBOX', letters(60));
  await person.device.append('Archive', letters(20));
  await signIn(page, app, person.user);
  await page.getByRole('link', { name: /^Storage: .* of 2 MB used/ }).click();
  await expect(page).toHaveURL(`${app.address}/settings/storage`);
  await isRead(page);
  await expect(meter(page)).toHaveAttribute('aria-valuetext', /of 2 MB used/);
  const folders = page.getByRole('table', { name: 'By folder' });
  await expect(folders.getByRole('row', { name: /^Inbox 60 messages/ })).toBeVisible();
  await expect(folders.getByRole('row', { name: /^Archive 20 messages/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Columns from 2019 to 2024\./ })).toBeVisible();
  await page.getByText('As a table').click();
  await expect(page.getByRole('table', { name: 'By year' }).getByRole('row', { name: /^2021 13 messages/ })).toBeVisible();
  await expect(page.getByRole('table', { name: 'By sender' }).getByRole('row', { name: /^Björn Åkesson bjorn@nord\.test/ })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Largest messages' }).getByRole('listitem').first()).toContainText('Number 51');
  await expect(page.getByRole('list', { name: 'Largest attachments' }).getByRole('listitem').first()).toContainText('Plan 51.pdf');
  await page.getByRole('list', { name: 'Largest messages' }).getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'Number 51' })).toBeVisible();
});

test('a clean-up says exactly what it concerns, is carried out, and taken back', async ({ page, app, person }) => {
  await person.device.append('INBOX', letters(60));
  await signIn(page, app, person.user);
  await page.goto(`${app.address}/settings/storage`);
  await isRead(page);
  await page.getByRole('table', { name: 'By sender' }).getByRole('button', { name: 'Clean up Ann Lee' }).click();
  const dialog = page.getByRole('dialog', { name: 'Clean up' });
  await expect(dialog.getByRole('status')).toHaveText(/^20 messages, [\d.]+ kB\./);
  await dialog.getByRole('combobox', { name: 'Age' }).selectOption({ label: 'Older than 5 years' });
  await expect(dialog.getByRole('status')).not.toHaveText(/^20 messages/);
  await dialog.getByRole('combobox', { name: 'Age' }).selectOption({ label: 'Any age' });
  await dialog.getByRole('radio', { name: 'Move to Trash' }).check();
  await dialog.getByRole('button', { name: 'Move 20 messages to Trash' }).click();
  const toast = page.getByRole('status').filter({ hasText: '20 messages moved to Trash.' });
  await expect(toast).toBeVisible();
  expect(await person.device.command('STATUS Trash (MESSAGES)')).toContain('MESSAGES 20');
  await expect(page.getByRole('table', { name: 'By folder' }).getByRole('row', { name: /^Trash 20 messages/ })).toBeVisible();
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('table', { name: 'By folder' }).getByRole('row', { name: /^Inbox 60 messages/ })).toBeVisible();
  expect(await person.device.command('STATUS Trash (MESSAGES)')).toContain('MESSAGES 0');
});

test('the storage page holds to WCAG, fits a phone, and speaks German', async ({ page, app, person }) => {
  await person.device.append('INBOX', letters(60));
  await signIn(page, app, person.user);
  await page.goto(`${app.address}/settings/storage`);
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(`${app.address}/settings/storage`);
    await isRead(page);
    expect((await new AxeBuilder({ page }).withTags(rules).analyze()).violations).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.getByRole('button', { name: 'Clean up…' }).click();
    await expect(page.getByRole('dialog', { name: 'Clean up' }).getByRole('status')).toHaveText(/^60 messages/);
    expect((await new AxeBuilder({ page }).withTags(rules).analyze()).violations).toEqual([]);
    await page.keyboard.press('Escape');
  }
  await page.goto(`${app.address}/settings/appearance`);
  await page.getByRole('radio', { name: 'Deutsch' }).check();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await page.goto(`${app.address}/settings/storage`);
  await expect(page.getByRole('heading', { name: 'Speicherplatz' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Nach Ordner' }).getByRole('row', { name: /^Posteingang 60 Nachrichten/ })).toBeVisible();
});

test('attachments are taken out of a message after two questions, its text stays, the original lies in Trash, and z undoes it', async ({ page, app, person }) => {
  const attachments = [{ name: 'Plan.pdf', mediaType: 'application/pdf', content: Buffer.alloc(40_000, 7) }];
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'With a plan', text: 'Words that stay.\n', attachments }), flags: ['\\Flagged'] }]);
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /With a plan/ }).click();
  const message = page.getByRole('region', { name: 'Message' });
  await message.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Remove attachments…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('listitem')).toContainText('Plan.pdf');
  expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations).toEqual([]);
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await dialog.getByRole('button', { name: /Remove/ }).click();
  await expect.poll(() => person.device.command('STATUS Trash (MESSAGES)')).toContain('MESSAGES 1');
  await person.device.command('SELECT INBOX');
  const kept = await person.device.command('FETCH * (FLAGS RFC822.SIZE BODY.PEEK[])');
  expect(kept).toContain('Words that stay.');
  expect(kept).toContain('\\Flagged');
  expect(Number(/RFC822\.SIZE (\d+)/.exec(kept)?.[1])).toBeLessThan(10_000);
  await expect(page.getByRole('row', { name: /With a plan/ })).toBeVisible();
  await page.keyboard.press('z');
  // The original is back; what it was made into lies in Trash, so that nothing is lost either way.
  const sizeNow = async () => {
    await person.device.command('NOOP');
    return Number(/RFC822\.SIZE (\d+)/.exec(await person.device.command('FETCH 1:* (RFC822.SIZE)'))?.[1]);
  };
  await expect.poll(sizeNow).toBeGreaterThan(40_000);
  await expect(page.getByRole('row', { name: /With a plan/ })).toHaveCount(1);
});

test('an account that fills up says so at 80 and at 95 %, once each on every device', async ({ page, app, person, browser }) => {
  const fill = (bytes: number) => person.device.append('Archive', [{ raw: aMessage({ subject: 'Filler', text: `${'word '.repeat(bytes / 5)}\n` }) }]);
  const banner = page.getByRole('status').filter({ hasText: 'of 2 MB' });
  await fill(1_000_000);
  await signIn(page, app, person.user);
  await expect(banner).toBeHidden();
  await fill(650_000);
  await page.reload();
  await expect(banner).toContainText('filling up');
  await banner.getByRole('button', { name: 'Close' }).click();
  await expect(banner).toBeHidden();
  const other = await browser.newPage();
  await signIn(other, app, person.user);
  await expect(other.getByRole('status').filter({ hasText: 'of 2 MB' })).toBeHidden();
  await other.close();
  await fill(200_000);
  await page.reload();
  await expect(banner).not.toContainText('filling up');
  await banner.getByRole('link').click();
  await expect(page).toHaveURL(`${app.address}/settings/storage`);
});

test('what no longer fits is refused in words that lead to what takes the space, and nothing is lost', async ({ page, app, person }) => {
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Large', text: `${'word '.repeat(240_000)}\n` }) }]);
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /Large/ }).focus();
  await page.keyboard.press('Shift+V');
  await page.getByRole('dialog').getByRole('option', { name: 'Archive', exact: true }).click();
  const toast = page.getByRole('alert').or(page.getByRole('status')).filter({ hasText: 'Your mailbox is full.' });
  await expect(toast).toBeVisible();
  expect(await person.device.command('STATUS Archive (MESSAGES)')).toContain('MESSAGES 0');
  expect(await person.device.command('STATUS INBOX (MESSAGES)')).toContain('MESSAGES 1');
  await toast.getByRole('link', { name: 'Make room' }).click();
  await expect(page).toHaveURL(`${app.address}/settings/storage`);
  await expect(page.getByRole('table', { name: 'By folder' }).getByRole('row', { name: /^Inbox 1 message/ })).toBeVisible();
});

test('what is archived goes into the month it was written in, and z takes it back with the folders made for it', async ({ page, app, person }) => {
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Of spring', date: new Date(Date.UTC(2024, 3, 15, 12)), text: 'x' }) }, { raw: aMessage({ subject: 'Stays', text: 'x' }) }]);
  await signIn(page, app, person.user);
  await page.goto(`${app.address}/settings/folders`);
  await page.getByRole('group', { name: 'Archive into' }).getByRole('radio', { name: /each month/ }).check();
  await page.goto(`${app.address}/mail/INBOX`);
  await page.getByRole('row', { name: /Of spring/ }).click();
  await page.keyboard.press('e');
  await expect(page.getByRole('row', { name: /Of spring/ })).toBeHidden();
  await expect.poll(() => person.device.command('STATUS Archive/2024/04 (MESSAGES)').catch(() => 'not made yet')).toContain('MESSAGES 1');
  await expect(page.getByRole('row', { name: /Stays/ })).toBeVisible();
  await page.keyboard.press('z');
  await expect(page.getByRole('row', { name: /Of spring/ })).toBeVisible();
  await expect.poll(() => person.device.command('LIST "" "Archive/*"')).not.toContain('2024');
});

test('what is archived by month without a line waits, survives a reload, is filed by its date when the line is back, and is taken back with its folders', async ({ page, app, person, context, complaints }) => {
  complaints.expected.push(/failed:|ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
  const written = (subject: string, month: number) => ({ raw: aMessage({ subject, date: new Date(Date.UTC(2024, month, 15, 12)), text: 'x' }) });
  await person.device.append('INBOX', [written('Stays', 0), written('Of June', 5), written('Of spring', 3), written('Of March', 2)]);
  const row = (name: RegExp) => page.getByRole('row', { name });
  const filed = async () => [...(await person.device.command('LIST "" "Archive/*"')).matchAll(/Archive\/\d{4}\/\d\d/g)].map(([path]) => path).sort();
  await signIn(page, app, person.user);
  await page.goto(`${app.address}/settings/folders`);
  await page.getByRole('group', { name: 'Archive into' }).getByRole('radio', { name: /each month/ }).check();
  await page.goto(`${app.address}/mail/INBOX`);
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live');
  await row(/Of March/).focus();
  await context.setOffline(true);
  await page.keyboard.press('e');
  await expect(row(/Of March/)).toBeHidden();
  await page.keyboard.press('e');
  await page.keyboard.press('e');
  await expect(row(/Of June/)).toBeHidden();
  await page.keyboard.press('z'); // Never sent, so it just leaves the queue.
  await expect(row(/Of June/)).toBeVisible();
  await expect(page.getByText('2 changes wait to be sent.')).toBeVisible();
  expect(await filed()).toEqual([]);
  await page.goto('about:blank');
  await context.setOffline(false);
  await page.goto(`${app.address}/mail/INBOX`);
  await expect.poll(filed).toEqual(['Archive/2024/03', 'Archive/2024/04']);
  for (const [path, subject] of [['Archive/2024/03', 'Of March'], ['Archive/2024/04', 'Of spring']] as const) {
    await expect.poll(() => subjectsIn(person.device, path)).toEqual([subject]);
  }
  await expect.poll(() => subjectsIn(person.device, 'INBOX')).toEqual(['Stays', 'Of June']);
  await expect(row(/Of March|Of spring/)).toHaveCount(0);
  await expect(row(/Of June/)).toBeVisible();
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live');
  await expect(page.getByText(/waits? to be sent/)).toHaveCount(0);
  await page.keyboard.press('z');
  await expect(row(/Of spring/)).toBeVisible();
  await expect.poll(filed).toEqual(['Archive/2024/03']);
  await page.keyboard.press('z');
  await expect(row(/Of March/)).toBeVisible();
  await expect.poll(() => person.device.command('LIST "" "Archive/*"')).not.toContain('2024');
  await expect.poll(() => subjectsIn(person.device, 'INBOX')).toHaveLength(4);
});

test('a message in Trash says since when it is there and when it goes, and a bar over the list after how long', async ({ page, app, person }) => {
  await person.device.append('Trash', [{ raw: aMessage({ subject: 'Thrown away', text: 'x' }), internalDate: new Date(Date.UTC(2020, 1, 1)) }]);
  await signIn(page, app, person.user);
  await page.goto(`${app.address}/mail/Trash`);
  await expect(page.getByText('What lies here for 30 days is removed for good.')).toBeVisible();
  await page.getByRole('row', { name: /Thrown away/ }).click();
  const day = (days: number) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(Date.now() + days * 864e5);
  const message = page.getByRole('region', { name: 'Message' });
  await expect(message.getByText(`In Trash since ${day(0)}. It will be removed on ${day(30)}.`)).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.goto(`${app.address}/settings/storage`);
  await isRead(page);
  await page.getByRole('button', { name: 'Clean up Trash' }).click();
  const dialog = page.getByRole('dialog', { name: 'Clean up' });
  await expect(dialog.getByRole('status')).toHaveText(/^1 message,/);
  // It arrived long ago, and lies there since today.
  await dialog.getByRole('combobox', { name: 'In Trash' }).selectOption({ label: 'Longer than a month' });
  await expect(dialog.getByRole('status')).toHaveText(/^No message is like that/);
});

test('the meter and the warning follow by themselves what another device brings and takes', async ({ page, app, person }) => {
  await person.device.append('Archive', [{ raw: aMessage({ subject: 'Filler', text: `${'word '.repeat(200_000)}\n` }) }]);
  await signIn(page, app, person.user);
  await expect(page.getByRole('link', { name: /^Storage: 1(\.\d)? MB of 2 MB used/ })).toBeVisible();
  const banner = page.getByRole('status').filter({ hasText: 'of 2 MB' });
  await expect(banner).toBeHidden();
  await page.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
  await person.device.append('Archive', [{ raw: aMessage({ subject: 'More', text: `${'word '.repeat(130_000)}\n` }) }]);
  await expect(banner).toContainText('filling up', { timeout: 15_000 });
});

test('more than a thousand are cleaned up as a task that shows how far it is, by keyboard alone, and taken back', async ({ page, app, person }) => {
  await person.device.append('INBOX', Array.from({ length: 1_200 }, (_, index) => ({ raw: aMessage({ from: 'Ann Lee <ann@example.test>', subject: `Small ${index}`, text: 'x' }) })));
  await signIn(page, app, person.user);
  await page.goto(`${app.address}/settings/storage`);
  await isRead(page);
  await page.getByRole('button', { name: 'Clean up Inbox' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Clean up' });
  await expect(dialog.getByRole('status')).toHaveText(/^1,200 messages, /);
  await dialog.getByRole('radio', { name: 'Move to Archive' }).focus();
  await page.keyboard.press('ArrowDown');
  const go = dialog.getByRole('button', { name: 'Move 1,200 messages to Trash' });
  await expect(go).toBeEnabled();
  await go.focus();
  await page.keyboard.press('Enter');
  const work = page.getByRole('region', { name: 'Work under way' });
  await expect(work.getByRole('progressbar')).toBeVisible();
  await expect(work.getByRole('button', { name: 'Cancel' })).toBeVisible();
  const toast = page.getByRole('status').filter({ hasText: '1,200 messages moved to Trash.' });
  await expect(toast).toBeVisible({ timeout: 15_000 });
  expect(await person.device.command('STATUS Trash (MESSAGES)')).toContain('MESSAGES 1200');
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => person.device.command('STATUS INBOX (MESSAGES)'), { timeout: 15_000 }).toContain('MESSAGES 1200');
});

test('an empty account, a reading that fails and the dark theme', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/failed:|ERR_FAILED/);
  await signIn(page, app, person.user);
  await page.emulateMedia({ colorScheme: 'dark' });
  let isCut = true;
  await page.route('**/api/storage', (route) => (isCut ? route.abort() : route.continue()));
  await page.goto(`${app.address}/settings/storage`);
  const alert = main(page).getByRole('alert');
  await expect(alert).toBeVisible();
  isCut = false;
  await alert.getByRole('button', { name: 'Try again' }).click();
  await isRead(page);
  await expect(main(page).getByText('Nothing is there.')).toHaveCount(5);
  expect((await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()).violations).toEqual([]);
  await page.getByRole('button', { name: 'Clean up…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Clean up' });
  await expect(dialog.getByRole('status')).toHaveText(/^No message is like that/);
  await expect(dialog.getByRole('button', { name: 'Archive' })).toBeDisabled();
});
