import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { rules } from './accessible.ts';
import { expect, signIn, test } from './fixture.ts';

test('what is chosen on one device holds on the other at once, and in the first HTML of the next visit', async ({ page, app, person, browser }) => {
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'One' }) }]);
  await signIn(page, app, person.user);
  const elsewhere = await (await browser.newContext()).newPage();
  await signIn(elsewhere, app, person.user);
  await elsewhere.goto(`${app.address}/settings/appearance`);
  await elsewhere.getByRole('radio', { name: 'Compact, one line each' }).check();
  await expect(page.getByRole('grid', { name: 'Messages' })).toHaveAttribute('data-density', 'compact');
  // Each device sends only what was chosen there: neither takes back the other's choice.
  await elsewhere.getByRole('radio', { name: 'Dark' }).check();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.goto(`${app.address}/settings/reading`);
  await page.getByRole('group', { name: 'Mark a message as read' }).getByRole('radio', { name: 'Only by hand' }).check();
  await expect.poll(() => html(page, `${app.address}/mail/INBOX`)).toMatch(/data-theme="dark"[\s\S]*data-density="compact"/);
  await elsewhere.goto(`${app.address}/settings/reading`);
  await expect(elsewhere.getByRole('group', { name: 'Mark a message as read' }).getByRole('radio', { name: 'Only by hand' })).toBeChecked();
  await elsewhere.context().close();
});

test('the search finds single settings of all sections, by any of their words', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await page.goto(`${app.address}/settings/reading`);
  const search = page.getByRole('searchbox', { name: 'Search settings' });
  await search.fill('letters');
  await expect(page.getByRole('status').filter({ hasText: '1 setting' })).toBeVisible();
  await page.getByRole('radio', { name: 'Off', exact: true }).check();
  await search.fill('nothing like it');
  await expect(page.getByText('No setting has these words')).toBeVisible();
  await page.getByRole('link', { name: 'Keyboard' }).click();
  await expect(page).toHaveURL(`${app.address}/settings/keyboard`);
  await expect(page.getByRole('radio', { name: 'Off', exact: true })).toBeChecked();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Reading' })).toBeVisible();
});

test('a language chosen in the settings is spoken at once', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await page.goto(`${app.address}/settings/appearance`);
  await page.getByRole('radio', { name: 'Deutsch' }).check();
  await expect(page.getByRole('heading', { name: 'Aussehen' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
});

test('the settings hold to WCAG and fit a phone', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(`${app.address}/settings/reading`);
    expect((await new AxeBuilder({ page }).withTags(rules).analyze()).violations).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
});

async function html(page: Page, address: string): Promise<string> {
  return (await page.request.get(address)).text();
}
