import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { aLetter } from '#tests/support/mail-server/a-letter.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { rules } from './accessible.ts';
import { expect, signIn, test } from './fixture.ts';

const letters = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    raw: aMessage({ subject: `Number ${index + 1}` }),
    flags: ['\\Seen'],
  }));

const row = (page: Page, subject: string) => page.getByRole('row', { name: new RegExp(`${subject},`) });

async function audit(page: Page): Promise<unknown[]> {
  const axe = new AxeBuilder({ page }).withTags(rules).exclude('[data-base-ui-focus-guard]');
  return (await axe.disableRules('label-content-name-mismatch').analyze()).violations;
}

test('b puts a message off until a time that every device sees; undo brings it back; when its time comes it is unread on top', async ({
  page,
  app,
  person,
  context,
}) => {
  await person.device.append('INBOX', letters(3));
  await signIn(page, app, person.user);
  await row(page, 'Number 2').focus();
  await page.keyboard.press('b');
  const dialog = page.getByRole('dialog', { name: 'Snooze until…' });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await audit(page)).toEqual([]);
  }
  await dialog.getByRole('button', { name: /^Tomorrow/ }).click();
  await expect(row(page, 'Number 2')).toBeHidden();
  await expect(row(page, 'Number 1')).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'Snoozed until' })).toBeVisible();
  const snoozed = page.getByRole('treeitem', { name: 'Snoozed' });
  await expect(snoozed).toHaveAttribute('data-mailbox', 'Snoozed');
  await person.device.command('SELECT Snoozed');
  await expect.poll(() => person.device.command('FETCH 1 FLAGS')).toMatch(/\$SnoozedUntil-Y20\d\d .*\$SnoozedUntil-H/);
  // Taken back.
  await page.keyboard.press('z');
  await expect(row(page, 'Number 2')).toBeVisible();
  await person.device.command('SELECT INBOX');
  await expect.poll(() => person.device.command('FETCH 1:* FLAGS')).not.toMatch(/Snoozed/);
  // Until a time of one's own, from the open message's bar.
  await row(page, 'Number 2').focus(); // Above what is in sight: what comes back moves nothing.
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Message' }).getByRole('button', { name: 'Snooze…' }).click();
  await dialog.getByLabel(/^Date and time/).fill('2020-01-01T08:00');
  await dialog.getByRole('button', { name: 'Snooze', exact: true }).click();
  await expect(dialog.locator('input:invalid')).toBeFocused(); // The browser says that this is over.
  const soon = new Date(Date.now() + 3 * 24 * 3600_000);
  await dialog.getByLabel(/^Date and time/).fill(`${soon.toISOString().slice(0, 10)}T09:30`);
  await dialog.getByRole('button', { name: 'Snooze', exact: true }).click();
  await expect(row(page, 'Number 2')).toBeHidden();
  // Another browser of theirs.
  const other = await (await context.browser()?.newContext())?.newPage();
  if (!other) throw new Error('No second browser');
  await signIn(other, app, person.user);
  await other.keyboard.press('g');
  await other.keyboard.press('b');
  await expect(row(other, 'Number 2')).toHaveAccessibleName(/snoozed until \w+ \d/);
  await snoozed.click();
  await expect(row(page, 'Number 2')).toHaveAccessibleName(/snoozed until/);
  expect(await audit(page)).toEqual([]);
  await row(page, 'Number 2').click();
  await expect(page.getByRole('region', { name: 'Message' }).getByText(/^Snoozed until \w+/)).toBeVisible();
  // Another program says it is over; the next page that opens brings it back.
  await person.device.command('SELECT Snoozed');
  const flags = await person.device.command('FETCH 1 FLAGS');
  const year = /\$SnoozedUntil-Y\d+/.exec(flags)?.[0] ?? '';
  await person.device.command(`STORE 1 -FLAGS (${year})`);
  await person.device.command('STORE 1 +FLAGS ($SnoozedUntil-Y2020)');
  await other.goto(`${app.address}/mail/INBOX`);
  await expect(row(other, 'Number 2')).toHaveAttribute('data-unread', 'true', { timeout: 15_000 });
  await expect(row(other, 'Number 2')).toHaveAttribute('aria-rowindex', '1');
  await expect(row(other, 'Number 2')).toHaveAccessibleName(/was snoozed/);
  await expect(row(page, 'Number 2')).toBeHidden();
  await other.context().close();
});

test('what is snoozed can be brought back at once, and goes where it came from', async ({ page, app, person }) => {
  await person.device.command('CREATE Work');
  await person.device.append('Work', letters(2));
  await signIn(page, app, person.user);
  await page.getByRole('treeitem', { name: 'Work' }).click();
  await row(page, 'Number 1').hover();
  await row(page, 'Number 1').getByRole('button', { name: 'Snooze…' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Tomorrow/ })
    .click();
  await page.getByRole('treeitem', { name: 'Snoozed' }).click();
  await row(page, 'Number 1').focus();
  await page.keyboard.press('x');
  await page.getByRole('toolbar', { name: 'Actions' }).getByRole('button', { name: 'Bring back now' }).click();
  await expect(row(page, 'Number 1')).toBeHidden();
  await page.getByRole('treeitem', { name: 'Work' }).click();
  await expect(row(page, 'Number 1')).toBeVisible();
  await person.device.command('SELECT Work');
  await expect.poll(() => person.device.command('FETCH 1:* FLAGS')).not.toMatch(/\$Snoozed/);
});

test('a conversation is snoozed with all its messages in this folder, and all come back together, each once, whoever wakes them', async ({
  page,
  app,
  person: { device, user },
  browser,
}) => {
  const hour = (count: number) => new Date(Date.UTC(2026, 8, 1, count));
  const letter = (name: string, answers: string[], at: number) => ({
    raw: aLetter(name, answers, { from: 'Ann <ann@example.test>' }),
    flags: ['\\Seen'],
    internalDate: hour(at),
  });
  await device.append('INBOX', [
    letter('trip-1', [], 1),
    { raw: aMessage({ subject: 'Budget' }), flags: ['\\Seen'], internalDate: hour(2) },
    letter('trip-2', ['trip-1'], 3),
    letter('trip-4', ['trip-1', 'trip-3'], 5),
  ]);
  await device.append('Sent', [letter('trip-3', ['trip-1', 'trip-2'], 4)]);
  const idsIn = async (mailbox: string) => {
    // Where it is missing, or empty, the server refuses.
    const fetched = await device
      .command(`EXAMINE ${mailbox}`)
      .then(() => device.command('FETCH 1:* (ENVELOPE)'))
      .catch(() => '');
    return [...fetched.matchAll(/<(trip-\d)@example\.test>"\)\)/g)].map(([, name]) => name).sort();
  };
  const trip = (one: Page) => row(one, 'Trip to the lake');
  const all = ['trip-1', 'trip-2', 'trip-4'];
  await signIn(page, app, user);
  await page.getByRole('button', { name: 'Show as conversations' }).click();
  await expect(trip(page)).toHaveCount(1);
  await expect(trip(page)).toHaveAccessibleName(/3 messages/);
  await trip(page).click();
  await page.getByRole('region', { name: 'Message' }).getByRole('button', { name: 'Snooze…' }).first().click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Tomorrow/ })
    .click();
  await expect(page.getByText(/^3 messages snoozed until .* 1 message of the conversation stays in another folder\.$/)).toBeVisible();
  await expect(trip(page)).toBeHidden();
  await expect.poll(() => idsIn('Snoozed')).toEqual(all);
  expect(await idsIn('INBOX')).toEqual([]);
  expect(await idsIn('Sent')).toEqual(['trip-3']);
  // Their time comes; two browsers look at once.
  await device.command('SELECT Snoozed');
  const year = /\$SnoozedUntil-Y\d+/.exec(await device.command('FETCH 1 FLAGS'))?.[0] ?? '';
  await device.command(`STORE 1:3 -FLAGS (${year})`);
  await device.command('STORE 1:3 +FLAGS ($SnoozedUntil-Y2020)');
  const other = await (await browser.newContext()).newPage();
  await Promise.all([signIn(other, app, user), page.goto(`${app.address}/mail/INBOX`)]);
  for (const one of [page, other]) {
    await expect(trip(one)).toHaveCount(1, { timeout: 15_000 });
    await expect(trip(one)).toHaveAccessibleName(/^Unread, .*3 messages/, { timeout: 15_000 });
    await expect(trip(one)).toHaveAttribute('aria-rowindex', '1');
    await expect(trip(one)).toHaveAccessibleName(/was snoozed/);
  }
  expect(await idsIn('INBOX')).toEqual(all);
  expect(await idsIn('Snoozed')).toEqual([]);
  expect(await idsIn('Sent')).toEqual(['trip-3']);
  await other.context().close();
});
