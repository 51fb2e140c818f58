import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import { expectAccessible } from './accessible.ts';
import { arrived, composer, startLetter } from './compose-fixture.ts';
import { expect, signIn, test } from './fixture.ts';
import { focused, isNoTrap, tabTo } from './keys.ts';
import { password } from './start-app.ts';

const message = (page: Page) => page.getByRole('region', { name: 'Message' });
const notice = (page: Page) => message(page).getByRole('note').filter({ hasText: 'asks to be told that you read this' });

async function open(page: Page, subject: string): Promise<void> {
  await page.getByRole('row', { name: new RegExp(`${subject},`) }).focus();
  await page.keyboard.press('Enter');
  await expect(message(page).getByRole('heading', { name: subject })).toBeVisible();
}

test('check 85: a receipt is sent by keys alone, after a question where it would go elsewhere; the other device asks no more', async ({ page, app, person, browser }) => {
  const sender = app.nextUser();
  const box = await connectRawImap(app.mail.imapPort, sender, password);
  const headers = { 'Disposition-Notification-To': `Boss <${sender}>` };
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Plan', from: `Boss <${sender}>`, to: person.user, headers }) }]);
  const other = await (await browser.newContext()).newPage();
  await Promise.all([signIn(page, app, person.user), signIn(other, app, person.user)]);
  await open(page, 'Plan');
  await open(other, 'Plan');
  await expect(notice(other)).toContainText(`Boss (${sender}) asks to be told`);
  await expect(notice(page)).toBeVisible();
  await expectAccessible(page, '#message article');
  await page.getByRole('row', { name: /Plan,/ }).focus();
  await tabTo(page, /^button Send receipt$/, 90);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Send the receipt there?' });
  await expect(dialog).toContainText(`would go to ${sender}`);
  await expect.poll(() => focused(page)).toBe('button Send receipt');
  await isNoTrap(page);
  await expectAccessible(page, '[role=dialog]');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => focused(page)).toBe('button Send receipt');
  expect(await box.command('STATUS INBOX (MESSAGES)')).toContain('MESSAGES 0');

  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Send receipt' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText(`The receipt is on its way to ${sender}.`)).toBeVisible();
  await expect(notice(page)).toHaveCount(0);
  await expect(message(page)).toBeFocused();
  await expect(notice(other)).toHaveCount(0);
  // This server lets nobody write in no name: the receipt came in the person's own.
  const { raw, email } = await arrived(box, 'INBOX', 1);
  expect(email).toMatchObject({ subject: 'Read: Plan', from: { address: person.user } });
  expect(raw).toContain('Disposition: manual-action/MDN-sent-manually; displayed');
  await person.device.command('SELECT INBOX');
  expect(await person.device.command('FETCH 1 (FLAGS)')).toContain('$MDNSent');
  await other.context().close();
  box.close();
});

test('check 85: who declines is asked no more, nor is who answered in another program; nothing is sent', async ({ page, app, person }) => {
  const headers = { 'Disposition-Notification-To': 'ann@else.test' };
  await person.device.append('INBOX', ['First', 'Second', 'Listed'].map((subject) => ({ raw: aMessage({ subject, from: 'Ann <ann@else.test>', headers: { ...headers, ...(subject === 'Listed' ? { Precedence: 'bulk' } : {}) } }) })));
  await person.device.append('Sent', [{ raw: aMessage({ subject: 'Mine', from: person.user, headers }) }]);
  await signIn(page, app, person.user);
  await open(page, 'First');
  await notice(page).getByRole('button', { name: 'Don’t send' }).click();
  await expect(page.getByText('No receipt is sent.')).toBeVisible();
  await expect(notice(page)).toHaveCount(0);
  await open(page, 'Second');
  await expect(notice(page)).toBeVisible();
  await person.device.command('SELECT INBOX');
  await person.device.command('STORE 2 +FLAGS ($MDNSent)');
  await expect(notice(page)).toHaveCount(0);
  await open(page, 'Listed');
  await expect(notice(page)).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live');
  await open(page, 'First');
  await expect(notice(page)).toHaveCount(0);
  expect(await person.device.command('FETCH 1 (FLAGS)')).toContain('$MDNSent');
  // A message of a conversation asks, and hears of it, just the same.
  await person.device.command('STORE 1 -FLAGS ($MDNSent)');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Show as conversations');
  await page.getByRole('option', { name: 'Show as conversations' }).waitFor();
  await page.keyboard.press('Enter');
  await open(page, 'First');
  await expect(message(page).getByRole('list', { name: 'Conversation' })).toBeVisible();
  await expect(notice(page)).toBeVisible();
  await person.device.command('STORE 1 +FLAGS ($MDNSent)');
  await expect(notice(page)).toHaveCount(0);
  await page.getByRole('treeitem', { name: /^Sent/ }).click();
  await open(page, 'Mine');
  await expect(notice(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Outbox,/ })).toHaveCount(0);
});

test('who writes may ask for a receipt; the draft keeps it', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await startLetter(page, { to: 'ann@example.test', subject: 'Tell me' });
  const more = composer(page).getByRole('button', { name: 'More options' });
  const wish = page.getByRole('menuitemcheckbox', { name: 'Ask for a read receipt' });
  await more.click();
  await expect(wish).not.toBeChecked();
  await wish.click();
  const asked = async () => {
    await person.device.command('EXAMINE Drafts');
    return person.device.command('FETCH 1:* (BODY.PEEK[HEADER.FIELDS (DISPOSITION-NOTIFICATION-TO)])').catch(() => '');
  };
  await expect.poll(asked).toContain(`<${person.user}>`);
});
