import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { drag, hold, middleOf } from './fingers.ts';
import { rules } from './accessible.ts';
import { expect, signIn, test } from './fixture.ts';
import { watchShifts } from './layout-shifts.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

const letters = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ raw: aMessage({ subject: `Number ${index + 1}`, text: `Text ${index + 1}\n` }) }));

const row = (page: Page, number: number) => page.getByRole('row', { name: new RegExp(`Number ${number},`) });

async function audit(page: Page): Promise<unknown[]> {
  const axe = new AxeBuilder({ page }).withTags(rules).exclude('[data-base-ui-focus-guard]');
  return (await axe.disableRules('label-content-name-mismatch').analyze()).violations;
}

/** Buttons and links in sight that a finger would miss: smaller than 44 px either way. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, a[href], [role=treeitem], [role=menuitem], [role=row]')]
      .filter((element) => element.checkVisibility() && !element.closest('.skip-link') && element.tabIndex !== -2)
      .filter((element) => {
        const { width, height, right, bottom } = element.getBoundingClientRect();
        return right > 0 && bottom > 0 && width > 1 && (width < 44 || height < 44);
      })
      .map((element) => element.ariaLabel ?? element.textContent ?? element.outerHTML.slice(0, 80)),
  );
}

test('one pane at a time, with Back that leads to the list and its row', async ({ page, app, person }) => {
  await person.device.append('INBOX', letters(30));
  await signIn(page, app, person.user);
  const shifts = await watchShifts(page);
  await page.goto(`${app.address}/mail/INBOX`);
  await expect(row(page, 30)).toBeVisible();
  expect(await smallTargets(page)).toEqual([]);
  expect(await audit(page)).toEqual([]);
  await row(page, 29).tap();
  const message = page.getByRole('region', { name: 'Message' });
  await expect(message.getByText('Text 29')).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Messages' })).toBeHidden();
  await expect(message).toBeFocused();
  expect(await smallTargets(page)).toEqual([]);
  expect(await audit(page)).toEqual([]);
  await message.getByRole('button', { name: 'Next message' }).tap();
  await expect(message.getByText('Text 28')).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(`${app.address}/mail/INBOX`);
  await expect(row(page, 28)).toBeFocused();
  await row(page, 28).tap();
  await message.getByRole('button', { name: 'Mark as unread' }).tap();
  await expect(page).toHaveURL(`${app.address}/mail/INBOX`);
  await expect(row(page, 28)).toHaveAttribute('data-unread', 'true');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await shifts()).toEqual([]);
});

test('Back while an act is on its way leads to the list, and its answer changes nothing of that', async ({ page, app, person }) => {
  await person.device.append('INBOX', letters(3));
  await signIn(page, app, person.user);
  await row(page, 2).tap();
  await expect(page.getByRole('region', { name: 'Message' }).getByText('Text 2')).toBeVisible();
  await person.device.command('SELECT INBOX');
  await expect.poll(() => person.device.command('SEARCH SEEN')).toContain('* SEARCH 2\r\n');
  const held = Promise.withResolvers<undefined>();
  await page.route('**/api/acts', async (route) => {
    await held.promise;
    await route.continue();
  });
  const answered = page.waitForResponse(/\/api\/acts$/);
  await page.keyboard.press('s');
  await page.goBack();
  await expect(row(page, 2)).toBeVisible();
  held.resolve(undefined);
  await answered;
  await expect.poll(() => person.device.command('SEARCH FLAGGED')).toContain('* SEARCH 2\r\n');
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Later' }) }]);
  await expect(page.getByRole('row', { name: /Later,/ })).toBeVisible();
  await expect(page).toHaveURL(`${app.address}/mail/INBOX`);
});

test('the bar at the foot leads to the inbox, the folders and everything else', async ({ page, app, person }) => {
  await person.device.append('INBOX', letters(2));
  await person.device.command('CREATE "Plans"');
  await signIn(page, app, person.user);
  const bar = page.getByRole('navigation', { name: 'Pipit' });
  await bar.getByRole('button', { name: 'Folders' }).tap();
  await expect(page.getByRole('treeitem', { name: 'Plans' })).toBeVisible();
  expect(await audit(page)).toEqual([]);
  await page.getByRole('treeitem', { name: 'Plans' }).tap();
  await expect(page).toHaveURL(`${app.address}/mail/Plans`);
  await expect(page.getByRole('treeitem', { name: 'Plans' })).toBeHidden();
  await bar.getByRole('button', { name: 'Inbox' }).tap();
  await expect(row(page, 2)).toBeVisible();
  await bar.getByRole('button', { name: 'More' }).tap();
  await page.getByRole('menuitem', { name: 'All commands' }).tap();
  await page.getByRole('combobox').fill('settings touch');
  await page.getByRole('option').filter({ hasText: /^TouchSettings$/ }).tap();
  await expect(page.getByRole('heading', { name: 'Touch' })).toBeVisible();
  expect(await smallTargets(page)).toEqual([]);
  expect(await audit(page)).toEqual([]);
});

test('a swipe does what was chosen for it; drawn back it does nothing, and a scroll is no swipe', async ({ page, app, person }) => {
  await person.device.append('INBOX', letters(40));
  await signIn(page, app, person.user);
  await page.goto(`${app.address}/settings/touch`);
  const saved = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('group', { name: 'Swipe a message to the right' }).getByRole('radio', { name: 'Star or remove star' }).check();
  await saved;
  await page.goto(`${app.address}/mail/INBOX`);
  const at = await middleOf(row(page, 39));
  await drag(page, [at, { x: at.x + 160, y: at.y + 4 }]);
  await expect(row(page, 39)).toHaveAttribute('data-flagged', 'true');
  await expect(page).toHaveURL(`${app.address}/mail/INBOX`);
  await drag(page, [at, { x: at.x + 160, y: at.y }, { x: at.x + 30, y: at.y }]);
  await drag(page, [at, { x: at.x - 160, y: at.y }, { x: at.x - 30, y: at.y }]);
  await expect(row(page, 39)).toHaveAttribute('data-flagged', 'true');
  await drag(page, [{ x: at.x, y: 500 }, { x: at.x + 12, y: 200 }, { x: at.x + 150, y: 200 }]);
  await expect(page).toHaveURL(`${app.address}/mail/INBOX`);
  await person.device.command('SELECT INBOX');
  await expect.poll(() => person.device.command('SEARCH FLAGGED')).toContain('* SEARCH 39\r\n');
});

test('holding a message selects it, then taps select, and nothing opens', async ({ page, app, person }) => {
  await person.device.append('INBOX', letters(5));
  await signIn(page, app, person.user);
  await hold(page, row(page, 5), () => expect(row(page, 5)).toHaveAttribute('aria-selected', 'true'));
  await expect(row(page, 5)).toHaveAttribute('aria-selected', 'true');
  await row(page, 3).tap();
  await expect(row(page, 3)).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText('2 selected')).toBeVisible();
  expect(await smallTargets(page)).toEqual([]);
  await page.getByRole('toolbar', { name: 'Actions' }).getByRole('button', { name: 'Mark as read' }).tap();
  await expect(row(page, 5)).toHaveAttribute('data-unread', 'false');
  await expect(page).toHaveURL(`${app.address}/mail/INBOX`);
});

test('pulling the list down at its top asks the server again', async ({ page, app, person }) => {
  await person.device.append('INBOX', letters(3));
  await signIn(page, app, person.user);
  const at = await middleOf(row(page, 3));
  await drag(page, [at, { x: at.x, y: at.y + 240 }]);
  await expect(page.getByRole('status').filter({ hasText: 'Everything was up to date' })).toBeVisible();
});
