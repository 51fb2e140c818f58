import AxeBuilder from '@axe-core/playwright';
import { aclConfig } from '#tests/support/mail-server/acl-config.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { rules } from './accessible.ts';
import { expect, signIn, test as base } from './fixture.ts';
import { password, startApp } from './start-app.ts';

const many = (count: number) => Array.from({ length: count }, (_, index) => ({ raw: aMessage({ subject: `Number ${index + 1}` }) }));

/** An app whose mail server lets nobody change "Frozen", and where six messages are a full account. */
const test = base.extend({
  app: [
    async ({}, use) => {
      const acl = aclConfig('Frozen owner lr', 6);
      const app = await startApp({ people: 10, extraConfig: acl.config });
      await use(app);
      await app.stop();
      acl.remove();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

test('what a mailbox does not allow is taken back on the screen, and said', async ({ page, app, person }) => {
  await person.device.create('Ice');
  await person.device.append('Ice', many(3));
  await person.device.command('RENAME Ice Frozen');
  await signIn(page, app, person.user);
  await page.getByRole('treeitem', { name: /^Frozen/ }).click();
  const row = page.getByRole('row', { name: /Number 3,/ });
  await row.focus();
  await page.keyboard.press('e');
  const refusal = page.getByRole('status').filter({ hasText: 'The mail server does not allow this in this folder.' });
  await expect(refusal).toBeVisible();
  await expect(row).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Messages' })).toHaveAttribute('aria-rowcount', '3');
  await row.getByRole('button', { name: 'Star' }).click();
  await expect(row).toHaveAttribute('data-flagged', 'false');
  await person.device.command('SELECT Archive');
  expect(await person.device.command('SEARCH ALL')).toContain('* SEARCH\r\n');
});

test('where no new labels are taken the dialog says so, and offers none', async ({ page, app, person }) => {
  await person.device.create('Ice');
  await person.device.append('Ice', [{ raw: aMessage({ subject: 'Number 1' }), flags: ['Work'] }]);
  await person.device.command('RENAME Ice Frozen');
  // PERMANENTFLAGS without \*, and without the keyword that is there (RFC 9051 section 7.1).
  expect(await person.device.command('SELECT Frozen')).toMatch(/PERMANENTFLAGS \((?![^)]*(Work|\\\*))/);
  await signIn(page, app, person.user);
  await page.getByRole('treeitem', { name: /^Frozen/ }).click();
  await page.getByRole('row', { name: /Number 1,/ }).focus();
  await page.keyboard.press('l');
  const dialog = page.getByRole('dialog', { name: 'Labels' });
  await expect(dialog.getByText('The mail server takes no new labels in this folder.')).toBeVisible();
  await expect(dialog.getByRole('checkbox', { name: 'Work' })).toBeDisabled();
  await page.keyboard.type('Fresh');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('checkbox', { name: 'Fresh' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('row', { name: /Number 1,.*Fresh/ })).toHaveCount(0);
  // Nor could a message say until when it is snoozed.
  await page.getByRole('row', { name: /Number 1,/ }).focus();
  await page.keyboard.press('b');
  await expect(page.getByRole('dialog').getByRole('alert')).toHaveText(/keeps no marks on messages in this folder, so nothing here can be snoozed/);
  await expect(page.getByRole('dialog').getByRole('button', { name: /^Tomorrow/ })).toHaveCount(0);
});

test('a full account says so, and nothing is lost', async ({ page, app, person }) => {
  await person.device.append('INBOX', many(4));
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /Number 4,/ }).focus();
  await page.keyboard.press('*');
  await page.keyboard.press('a');
  await page.keyboard.press('Shift+v');
  const dialog = page.getByRole('dialog', { name: 'Copy to…' });
  await dialog.getByRole('option', { name: 'Archive', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Your mailbox is full.' })).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Messages' })).toHaveAttribute('aria-rowcount', '4');
});

test('a mailbox deleted under the hand is named as the reason, and the message stays', async ({ page, app, person }) => {
  await person.device.create('Plans');
  await person.device.append('INBOX', many(2));
  await signIn(page, app, person.user);
  const row = page.getByRole('row', { name: /Number 2,/ });
  await row.focus();
  await page.keyboard.press('v');
  const dialog = page.getByRole('dialog', { name: 'Move to…' });
  await expect(dialog.getByRole('option', { name: 'Plans' })).toBeVisible();
  expect((await new AxeBuilder({ page }).include('[role=dialog]').withTags(rules).analyze()).violations).toEqual([]);
  await person.device.command('DELETE Plans');
  await dialog.getByRole('option', { name: 'Plans' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The folder you chose no longer exists.' })).toBeVisible();
  await expect(row).toBeVisible();
});

test('nothing of what is done stays on a shared computer, and nothing anywhere after signing out', async ({ page, app, person, context, complaints }) => {
  complaints.expected.push(/failed:|ERR_INTERNET_DISCONNECTED|ERR_FAILED|401/);
  await person.device.append('INBOX', many(3));
  const stored = () => page.evaluate(() => [localStorage, sessionStorage].flatMap((storage) => Object.keys(storage)));
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /Number 3,/ }).focus();
  await page.keyboard.press('e');
  await expect.poll(stored).not.toEqual([]);
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/login/);
  expect(await stored()).toEqual([]);
  await page.getByRole('textbox', { name: 'Email address' }).fill(person.user);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('checkbox', { name: 'This is a shared or public computer' }).check();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live');
  await context.setOffline(true);
  await page.getByRole('row', { name: /Number 2,/ }).focus();
  await page.keyboard.press('e');
  await expect(page.getByRole('status').filter({ hasText: '1 change waits to be sent.' })).toBeVisible();
  expect(await stored()).toEqual([]);
  await context.setOffline(false);
  await person.device.command('SELECT Archive');
  await expect.poll(() => person.device.command('NOOP').then(() => person.device.command('SEARCH ALL'))).toContain('* SEARCH 1 2\r\n');
});
