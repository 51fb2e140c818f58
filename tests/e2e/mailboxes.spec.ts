import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { rules } from './accessible.ts';
import { expect, signIn, test } from './fixture.ts';

const item = (page: Page, name: string | RegExp) =>
  page.getByRole('navigation', { name: 'Mailboxes' }).getByRole('treeitem', { name, exact: true });

test('a folder is made by the button, one inside by the menu, and another device has both', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await page.getByRole('navigation', { name: 'Mailboxes' }).getByRole('button', { name: 'New folder' }).click();
  await page.getByRole('dialog', { name: 'New folder' }).getByRole('textbox', { name: 'Name' }).fill('Projekte & Pläne');
  await page.keyboard.press('Enter');
  await expect(item(page, 'Projekte & Pläne')).toBeVisible();
  await item(page, 'Projekte & Pläne').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'New folder inside' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('日本語');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(item(page, '日本語')).toHaveAttribute('data-mailbox', 'Projekte & Pläne/日本語');
  await expect(item(page, '日本語')).toHaveAttribute('aria-level', '2');
  await expect.poll(() => person.device.command('LIST "" "*"')).toContain('&ZeVnLIqe-');
  await expect(item(page, '日本語')).not.toHaveAttribute('aria-busy', 'true'); // The page knows it too: before, nothing is to be opened.
  await item(page, '日本語').click();
  await expect(page).toHaveURL(`${app.address}/mail/${encodeURIComponent('Projekte & Pläne/日本語')}`);
  await expect(page.getByText('No messages in 日本語')).toBeVisible();
});

test('by keyboard alone: rename, move, delete and undo', async ({ page, app, person }) => {
  await person.device.create('Alpha');
  await person.device.create('Beta');
  await person.device.append('Beta', [{ raw: aMessage({ subject: 'Kept' }) }]);
  await signIn(page, app, person.user);
  await item(page, 'Beta, 1 unread').focus();
  await page.keyboard.press('F2');
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type('Gamma');
  await page.keyboard.press('Enter');
  await expect(item(page, 'Gamma, 1 unread')).toBeFocused();
  await expect.poll(() => person.device.command('LIST "" "*"')).toContain('Gamma');
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu', { name: 'Actions of Gamma' })).toBeVisible();
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Move folder…' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Inside' }).selectOption({ label: 'Alpha' });
  await page.getByRole('button', { name: 'Move', exact: true }).press('Enter');
  await expect(item(page, 'Gamma, 1 unread')).toHaveAttribute('data-mailbox', 'Alpha/Gamma');
  await expect(item(page, 'Gamma, 1 unread')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(item(page, 'Alpha')).toBeFocused();
  await page.keyboard.press('Delete');
  const dialog = page.getByRole('dialog', { name: 'Delete Alpha?' });
  await expect(dialog.getByText('It holds 1 message and 1 folder.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Move to trash' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(item(page, 'Alpha')).toHaveAttribute('data-mailbox', 'Trash/Alpha');
  const trashed = page.getByRole('status').filter({ hasText: 'Alpha was moved to the trash.' });
  await trashed.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(item(page, 'Gamma, 1 unread')).toHaveAttribute('data-mailbox', 'Alpha/Gamma');
});

test('names that can not be are refused in words before anything is sent', async ({ page, app, person }) => {
  await person.device.create('Work');
  await signIn(page, app, person.user);
  await page.getByRole('button', { name: 'New folder' }).click();
  const name = page.getByRole('textbox', { name: 'Name' });
  for (const [text, words] of [
    ['', 'Give the folder a name'],
    ['a/b', '“/” separates folders'],
    ['Work', 'A folder of this name exists there already'],
    ['INBOX', 'A folder of this name exists there already'],
    ['50%', '“%” and “*”'],
    ['ü'.repeat(200), 'The name is too long'],
  ] as const) {
    await name.fill(text);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible();
    await expect(name).toHaveAttribute('aria-invalid', 'true');
  }
  await name.fill('dbox-Mails');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The mail server does not take this name')).toBeVisible();
  await expect(item(page, 'dbox-Mails')).toHaveCount(0);
});

test('the inbox and special folders say why they stay', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await item(page, 'Inbox').focus();
  await page.keyboard.press('F2');
  await expect(page.getByText('The inbox always stays what it is')).toBeVisible();
  await item(page, 'Sent').focus();
  await page.keyboard.press('Delete');
  await expect(page.getByText('Sent has a special use')).toBeVisible();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toHaveAttribute('aria-disabled', 'true');
});

test('the open folder is followed when it is renamed, here and on another device, and left when it is deleted', async ({ page, app, person, complaints }) => {
  await person.device.create('Plans');
  await person.device.append('Plans', [{ raw: aMessage({ subject: 'One' }) }]);
  await signIn(page, app, person.user);
  await item(page, 'Plans, 1 unread').click();
  await page.getByRole('row', { name: /One/ }).click();
  await expect(page.getByRole('heading', { name: 'One' })).toBeVisible();
  await item(page, 'Plans').focus();
  await page.keyboard.press('F2');
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type('Schemes');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${app.address}/mail/Schemes/1`);
  await expect(page.getByRole('heading', { name: 'One' })).toBeVisible();
  await expect(page.getByRole('row', { name: /One/ })).toBeVisible();
  // Until the new name is known, the old one is asked for and is no more.
  complaints.expected.push(/404/);
  await person.device.command('RENAME Schemes Dreams');
  await expect(page).toHaveURL(`${app.address}/mail/Dreams/1`);
  await expect(page.getByRole('heading', { name: 'One' })).toBeVisible();
  await person.device.append('Dreams', [{ raw: aMessage({ subject: 'Two' }) }]);
  await expect(page.getByRole('row', { name: /Two/ })).toBeVisible();
  await person.device.command('DELETE Dreams');
  await expect(page).toHaveURL(`${app.address}/mail/INBOX`);
  await expect(page.getByText('Dreams was deleted, so here is the inbox.')).toBeVisible();
});

test('another tab and another session follow at once', async ({ page, app, person, browser }) => {
  await signIn(page, app, person.user);
  const other = await (await browser.newContext()).newPage();
  await signIn(other, app, person.user);
  const tab = await page.context().newPage();
  await tab.goto(`${app.address}/mail/INBOX`);
  await page.getByRole('button', { name: 'New folder' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Shared news');
  await page.keyboard.press('Enter');
  await expect(item(other, 'Shared news')).toBeVisible();
  await expect(item(tab, 'Shared news')).toBeVisible();
  await item(other, 'Shared news').focus();
  await other.keyboard.press('Delete');
  await other.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(item(page, 'Shared news')).toHaveCount(0);
  await other.context().close();
});

test('what was made is taken back while it is empty, and kept with a sentence when it is not', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  for (const name of ['First', 'Second']) {
    await page.getByRole('button', { name: 'New folder' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await page.keyboard.press('Enter');
    await expect(page.getByText(`${name} was created.`)).toBeVisible();
    await expect(item(page, name)).not.toHaveAttribute('aria-busy', 'true');
    if (name === 'Second') await person.device.append('Second', [{ raw: aMessage() }]);
    const toast = page.getByRole('status').filter({ hasText: `${name} was created.` });
    await toast.getByRole('button', { name: 'Undo' }).click();
  }
  await expect(item(page, 'First')).toHaveCount(0);
  await expect(page.getByText('Something is in this folder by now')).toBeVisible();
  await expect(item(page, 'Second, 1 unread')).toBeVisible();
});

test('dialogs and menu hold to WCAG where a machine can tell', async ({ page, app, person }) => {
  await person.device.create('Plans/Deep');
  await signIn(page, app, person.user);
  const audit = async () => {
    // The library's focus guards are meant to be focusable and unheard: they pass the focus on.
    const builder = new AxeBuilder({ page }).withTags(rules).exclude('[data-base-ui-focus-guard]');
    builder.disableRules('label-content-name-mismatch');
    expect((await builder.analyze()).violations).toEqual([]);
  };
  await item(page, 'Plans').click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  await audit();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByRole('dialog', { name: 'Delete Plans?' })).toBeVisible();
  await audit();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'New folder' }).click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toBeVisible();
  await audit();
});
