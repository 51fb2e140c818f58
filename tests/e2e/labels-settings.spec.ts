import AxeBuilder from '@axe-core/playwright';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { rules } from './accessible.ts';
import { expect, signIn, test } from './fixture.ts';

test('labels are made, coloured, renamed on every message and removed', async ({ page, app, person }) => {
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Offer' }), flags: ['Work', '$label1', 'NonJunk'] }]);
  await person.device.create('Old');
  await person.device.append('Old', [{ raw: aMessage({ subject: 'Older' }), flags: ['Work'] }]);
  await signIn(page, app, person.user);
  const row = page.getByRole('row', { name: /Offer/ });
  // Another program's marks have their names; what programs say to each other is not shown.
  await expect(row).toHaveAccessibleName(/Offer, Important, Work,/);
  const settings = await page.context().newPage();
  await settings.goto(`${app.address}/settings/labels`);
  const all = settings.getByRole('list', { name: 'All labels' });
  await expect(all.getByRole('listitem')).toHaveCount(2);
  await settings.getByRole('textbox', { name: 'New label' }).fill('日本 & mehr');
  await settings.keyboard.press('Enter');
  await expect(all.getByText('日本 & mehr')).toBeVisible();
  const before = await row.getByText('Work', { exact: true }).evaluate((chip) => getComputedStyle(chip).backgroundColor);
  await settings.getByRole('radiogroup', { name: 'Colour of Work' }).getByRole('radio', { name: 'Colour 9' }).check();
  await expect
    .poll(() => row.getByText('Work', { exact: true }).evaluate((chip) => getComputedStyle(chip).backgroundColor))
    .not.toBe(before);
  await settings.getByRole('button', { name: 'Rename Work' }).click();
  await settings.getByRole('textbox', { name: 'Name', exact: true }).fill('Büro');
  await settings.keyboard.press('Enter');
  await expect(settings.getByText('Work is called Büro now, and so it is on 2 messages.')).toBeVisible();
  await expect(row).toHaveAccessibleName(/Büro/);
  await person.device.command('SELECT Old');
  await expect.poll(() => person.device.command('FETCH 1 FLAGS')).toContain('B&APw-ro');
  expect(await person.device.command('FETCH 1 FLAGS')).not.toContain('Work');
  for (const colorScheme of ['light', 'dark'] as const) {
    await settings.emulateMedia({ colorScheme });
    expect((await new AxeBuilder({ page: settings }).withTags(rules).analyze()).violations).toEqual([]);
  }
  await settings.getByRole('button', { name: 'Remove Büro' }).click();
  await settings.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(row).not.toHaveAccessibleName(/Büro/);
  await expect.poll(() => person.device.command('FETCH 1 FLAGS')).not.toContain('B&APw-ro');
});

test('the toast takes the removal of a label back, and z, back in the mail, its renaming, each with its colour', async ({ page, app, person }) => {
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Offer' }), flags: ['Work'] }, { raw: aMessage({ subject: 'Other' }), flags: ['Work', 'Office'] }]);
  await signIn(page, app, person.user);
  await page.goto(`${app.address}/settings/labels`);
  const work = page.getByRole('radiogroup', { name: 'Colour of Work' });
  const kept = page.waitForResponse((response) => response.request().method() === 'POST');
  await work.getByRole('radio', { name: 'Colour 9' }).check();
  await kept;
  await page.getByRole('button', { name: 'Remove Work' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  const removed = page.getByRole('status').filter({ hasText: 'Work was removed from 2 messages.' });
  await removed.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Taken back for 2 messages.' })).toBeVisible();
  await expect(work.getByRole('radio', { name: 'Colour 9' })).toBeChecked();
  await person.device.command('SELECT INBOX');
  expect(await person.device.command('SEARCH KEYWORD Work')).toContain('SEARCH 1 2\r\n');
  await page.getByRole('button', { name: 'Rename Work' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Arbeit');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Work is called Arbeit now, and so it is on 2 messages.')).toBeVisible();
  await page.getByRole('link', { name: 'Back to mail' }).click();
  const row = page.getByRole('row', { name: /Offer,/ });
  await expect(row).toHaveAccessibleName(/Arbeit/);
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live');
  await page.keyboard.press('z');
  await expect(row).toHaveAccessibleName(/Work/);
  await expect(page.getByRole('row', { name: /Other,/ })).toHaveAccessibleName(/Office, Work/);
  // One name is given before the other is taken off.
  await expect.poll(() => person.device.command('SEARCH KEYWORD Work UNKEYWORD Arbeit')).toContain('SEARCH 1 2\r\n');
  await page.keyboard.press('Shift+z');
  await expect(row).toHaveAccessibleName(/Arbeit/);
  const taken = page.waitForResponse((response) => response.request().method() === 'POST' && (response.request().postData() ?? '').includes('labels'));
  await page.keyboard.press('z');
  await taken;
  await expect(row).toHaveAccessibleName(/Work/);
  await page.goto(`${app.address}/settings/labels`);
  await expect(work.getByRole('radio', { name: 'Colour 9' })).toBeChecked();
  await expect(page.getByText('Arbeit')).toHaveCount(0);
});

test('that a label was made, and its colour, is taken back by the toast and by z', async ({ page, app, person }) => {
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Offer' }), flags: ['Work'] }]);
  await signIn(page, app, person.user);
  // Also before the page is alive.
  const alive = Promise.withResolvers<void>();
  const scripts = /\/_next\/static\/.*\.js/;
  await page.route(scripts, (route) => alive.promise.then(() => route.continue()));
  await page.goto(`${app.address}/settings/labels`, { waitUntil: 'commit' });
  const all = page.getByRole('list', { name: 'All labels' });
  await page.getByRole('textbox', { name: 'New label' }).fill('Plans');
  await page.keyboard.press('Enter');
  alive.resolve();
  await expect(all.getByText('Plans')).toBeVisible();
  await page.unroute(scripts);
  await page.getByRole('status').filter({ hasText: 'There is a label Plans now.' }).getByRole('button', { name: 'Undo' }).click();
  await expect(all.getByText('Plans')).toHaveCount(0);
  const colours = page.getByRole('radiogroup', { name: 'Colour of Work' });
  const before = await colours.getByRole('radio', { checked: true }).getAttribute('aria-label');
  // Two colours after each other are one choice.
  for (const name of ['Colour 8', 'Colour 9']) await colours.getByRole('radio', { name }).check();
  await expect(page.getByRole('status').filter({ hasText: 'Work has another colour.' })).toBeVisible();
  await page.getByRole('link', { name: 'Back to mail' }).click();
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live');
  const taken = page.waitForResponse((response) => response.request().method() === 'POST' && (response.request().postData() ?? '').includes('labels'));
  await page.keyboard.press('z');
  await taken;
  await page.goto(`${app.address}/settings/labels`);
  await expect(colours.getByRole('radio', { name: before ?? '' })).toBeChecked();
});

test('what is answered after the page was left, or never reached the server, is carried out once and taken back by z on the next page', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/failed:|ERR_FAILED/);
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Offer' }), flags: ['Work'] }, { raw: aMessage({ subject: 'Other' }), flags: ['Work'] }]);
  await signIn(page, app, person.user);
  await person.device.command('SELECT INBOX');
  const row = page.getByRole('row', { name: /Offer,/ });
  const left = async (of: RegExp, wanted: () => Promise<void>, comes: boolean) => {
    const heard = Promise.withResolvers<void>();
    await page.route(of, async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      if (comes) await route.fetch();
      else await route.abort();
      heard.resolve();
    });
    await wanted();
    await heard.promise;
    await page.goto(`${app.address}/mail/INBOX`);
    await page.unroute(of);
  };
  await page.goto(`${app.address}/settings/labels`);
  await left(
    /\/api\/labels$/,
    async () => {
      await page.getByRole('button', { name: 'Remove Work' }).click();
      await page.getByRole('button', { name: 'Remove', exact: true }).click();
    },
    true,
  );
  await expect(page.getByRole('status').filter({ hasText: 'Work was removed from 2 messages.' })).toBeVisible();
  await expect(row).not.toHaveAccessibleName(/Work/);
  await page.keyboard.press('z');
  await expect(row).toHaveAccessibleName(/Work/);
  await expect.poll(() => person.device.command('SEARCH KEYWORD Work')).toContain('SEARCH 1 2\r\n');
  await page.goto(`${app.address}/settings/labels`);
  await left(
    /\/api\/labels$/,
    async () => {
      await page.getByRole('button', { name: 'Rename Work' }).click();
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Arbeit');
      await page.keyboard.press('Enter');
    },
    false,
  );
  await expect(page.getByRole('status').filter({ hasText: 'Work is called Arbeit now, and so it is on 2 messages.' })).toBeVisible();
  await expect.poll(() => person.device.command('SEARCH KEYWORD Arbeit UNKEYWORD Work')).toContain('SEARCH 1 2\r\n');
  await page.keyboard.press('z');
  await expect.poll(() => person.device.command('SEARCH KEYWORD Work UNKEYWORD Arbeit')).toContain('SEARCH 1 2\r\n');
  await person.device.create('Plans');
  const folder = (name: string) => page.getByRole('treeitem', { name, exact: true });
  await expect(folder('Plans')).toBeVisible();
  await left(
    /\/api\/acts$/,
    async () => {
      await folder('Plans').focus();
      await page.keyboard.press('F2');
      await page.getByRole('textbox', { name: 'Name' }).fill('Schemes');
      await page.keyboard.press('Enter');
    },
    true,
  );
  await expect(folder('Schemes')).toBeVisible();
  await page.getByRole('row', { name: /Offer,/ }).focus();
  await page.keyboard.press('z');
  await expect.poll(() => person.device.command('STATUS Plans (MESSAGES)').catch(String)).toContain('MESSAGES 0');
  await expect(folder('Plans')).toBeVisible();
});
