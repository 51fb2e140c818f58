import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { rules } from './accessible.ts';
import { expect, signIn, test } from './fixture.ts';

const everybody = 'All <all@lists.test>';
const letters = [
  { subject: 'Plan', messageId: '<plan@a.test>', to: everybody },
  { subject: 'Re: Plan', messageId: '<re1@a.test>', inReplyTo: '<plan@a.test>', references: ['<plan@a.test>'], to: everybody },
  { subject: 'Other', to: everybody },
].map((parts) => ({ raw: aMessage(parts), flags: ['\\Seen'] }));

const row = (page: Page, subject: string) => page.getByRole('row', { name: new RegExp(`, ${subject},`) });
const message = (page: Page) => page.getByRole('region', { name: 'Message' });

async function audit(page: Page): Promise<unknown[]> {
  const axe = new AxeBuilder({ page }).withTags(rules).exclude('[data-base-ui-focus-guard]').exclude('iframe');
  return (await axe.disableRules('label-content-name-mismatch').analyze()).violations;
}

test('m mutes a conversation: it leaves the inbox, says so where it lies, what answers it goes after it, and undo and Unmute end that', async ({ page, app, person }) => {
  await person.device.append('INBOX', letters);
  await signIn(page, app, person.user);
  await row(page, 'Re: Plan').focus();
  await page.keyboard.press('m');
  await expect(row(page, 'Re: Plan')).toBeHidden();
  await expect(row(page, 'Plan')).toBeHidden();
  await expect(row(page, 'Other')).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'Muted. Answers go to Archive.' })).toBeVisible();
  await page.keyboard.press('z');
  await expect(row(page, 'Re: Plan')).toBeVisible();
  await expect(row(page, 'Plan')).toBeVisible();
  await person.device.command('SELECT INBOX');
  await expect.poll(() => person.device.command('FETCH 1:* FLAGS')).not.toContain('$muted');

  // From a row's menu, as a conversation.
  const isSaved = page.waitForResponse((response) => /"conversations"/.test(response.request().postData() ?? ''));
  await page.getByRole('button', { name: 'Show as conversations' }).click();
  await isSaved;
  await page.goto(`${app.address}/mail/INBOX`); // From its top: what comes back moves nothing into sight.
  await page.getByRole('row', { name: /2 messages/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Mute conversation' }).click();
  await expect(page.getByRole('status').filter({ hasText: '2 messages muted.' })).toBeVisible();
  await person.device.command('SELECT Archive');
  const flags = async () => {
    await person.device.command('NOOP'); // A mailbox that was empty has no 1:* before it is told of more.
    return person.device.command('FETCH 1:* FLAGS').catch(() => 'Nothing there yet');
  };
  await expect.poll(flags).toMatch(/\$muted[\s\S]*\$muted/);

  // Another device delivers an answer, and a letter that shows that it was looked at.
  await person.device.append('INBOX', [
    { raw: aMessage({ subject: 'Re: Plan again', inReplyTo: '<re1@a.test>', references: ['<plan@a.test>', '<re1@a.test>'], to: everybody }) },
    { raw: aMessage({ subject: 'A sign' }) },
  ]);
  await expect(row(page, 'A sign')).toBeVisible({ timeout: 40_000 });
  await expect(row(page, 'Re: Plan again')).toHaveCount(0);

  await page.getByRole('treeitem', { name: /^Archive/ }).click();
  const muted = row(page, 'Re: Plan again');
  await expect(muted).toHaveAccessibleName(/Muted/);
  await expect(muted).toHaveAttribute('data-unread', 'true');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await audit(page)).toEqual([]);
  }
  await muted.click();
  await expect(message(page).getByText('Muted', { exact: true })).toBeVisible();
  await message(page).getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Unmute conversation' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'No longer muted.' })).toBeVisible();
  await expect(message(page).getByText('Muted', { exact: true })).toHaveCount(0);
  await person.device.command('SELECT Archive');
  await expect.poll(() => person.device.command('FETCH 1:* FLAGS')).not.toContain('$muted');
});
