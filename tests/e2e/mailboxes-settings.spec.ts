import AxeBuilder from '@axe-core/playwright';
import { rules } from './accessible.ts';
import { expect, signIn, test } from './fixture.ts';

test('folders are managed in the settings: used for what, subscribed, made, renamed', async ({ page, app, person }) => {
  await person.device.create('Gesendet');
  await person.device.create('News');
  await signIn(page, app, person.user);
  const other = await page.context().newPage();
  await other.goto(`${app.address}/settings/folders`);
  await other.getByRole('combobox', { name: 'Sent' }).selectOption({ label: 'Gesendet' });
  await expect(other.getByText('Gesendet is used as Sent now.')).toBeVisible();
  await expect(page.getByRole('treeitem', { name: 'Sent' }).first()).toHaveAttribute('data-mailbox', 'Gesendet');
  const subscribed = other.getByRole('checkbox', { name: 'Subscribed to News' });
  await subscribed.uncheck();
  await expect(subscribed).not.toBeChecked();
  await expect.poll(() => person.device.command('LSUB "" "*"')).not.toContain('News');
  await expect(page.getByRole('treeitem', { name: 'News' })).toBeVisible();
  await other.getByRole('checkbox', { name: 'Show folders that are not subscribed' }).uncheck();
  await expect(page.getByRole('treeitem', { name: 'News' })).toHaveCount(0);
  await other.getByRole('button', { name: 'Actions of News' }).click();
  await other.getByRole('menuitem', { name: 'Rename' }).click();
  await other.getByRole('textbox', { name: 'Name' }).fill('Letters');
  await other.keyboard.press('Enter');
  await expect.poll(() => person.device.command('LIST "" "*"')).toContain('Letters');
  expect((await new AxeBuilder({ page: other }).withTags(rules).analyze()).violations).toEqual([]);
});
