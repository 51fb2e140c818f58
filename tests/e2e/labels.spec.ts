import AxeBuilder from '@axe-core/playwright';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { rules } from './accessible.ts';
import { expect, signIn, test } from './fixture.ts';

const many = (count: number, flags: string[] = []) =>
  Array.from({ length: count }, (_, index) => ({ raw: aMessage({ subject: `Number ${index + 1}` }), flags }));

test('l opens the labels, a new name and Enter makes one in any script, and another device has it', async ({ page, app, person }) => {
  await person.device.append('INBOX', many(3));
  await signIn(page, app, person.user);
  const row = page.getByRole('row', { name: /Number 3,/ });
  await row.focus();
  await page.keyboard.press('l');
  const dialog = page.getByRole('dialog', { name: 'Labels' });
  await expect(dialog.getByRole('textbox', { name: 'Find or make a label' })).toBeFocused();
  await page.keyboard.type('Überfällig');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('checkbox', { name: 'Überfällig' })).toBeChecked();
  // Drawn at once behind the dialog.
  await expect(page.locator('[role=row][data-uid="3"]')).toHaveAttribute('aria-label', /Number 3, Überfällig,/);
  await page.keyboard.type('Work');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('checkbox', { name: 'Überfällig' })).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await expect(row).toHaveAccessibleName(/Number 3, Work,/);
  await person.device.command('SELECT INBOX');
  await expect.poll(() => person.device.command('FETCH 3 FLAGS')).toContain('Work');
  await expect.poll(() => person.device.command('FETCH 3 FLAGS')).not.toContain('&ANw-berf&AOQ-llig');
  // Undo brings back what was taken off last.
  await page.keyboard.press('z');
  await expect(row).toHaveAccessibleName(/Überfällig/);
  await expect.poll(() => person.device.command('FETCH 3 FLAGS')).toContain('&ANw-berf&AOQ-llig');
});

test('a mixed selection says so, and checking gives the label to all', async ({ page, app, person }) => {
  await person.device.append('INBOX', [...many(1, ['Work']), { raw: aMessage({ subject: 'Other' }) }]);
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /Other,/ }).focus();
  await page.keyboard.press('*');
  await page.keyboard.press('a');
  await page.getByRole('toolbar', { name: 'Actions' }).getByRole('button', { name: 'Labels' }).click();
  const box = page.getByRole('dialog').getByRole('checkbox', { name: 'Work' });
  await expect(box).toHaveJSProperty('indeterminate', true);
  await box.click();
  await expect(box).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('row', { name: /Other, .*Work/ })).toBeVisible();
  await person.device.command('SELECT INBOX');
  await expect.poll(() => person.device.command('SEARCH KEYWORD Work')).toContain('SEARCH 1 2');
});

test('an opened message shows its labels, and its bar changes them', async ({ page, app, person }) => {
  await person.device.append('INBOX', many(1, ['Work', '$label4']));
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /Number 1,/ }).click();
  const message = page.getByRole('region', { name: 'Message' });
  await expect(message.getByRole('list', { name: 'Labels' }).getByRole('listitem')).toHaveText(['To do', 'Work']);
  await message.getByRole('button', { name: 'Labels' }).click();
  await page.getByRole('dialog').getByRole('checkbox', { name: 'To do' }).click();
  await page.keyboard.press('Escape');
  await expect(message.getByRole('list', { name: 'Labels' }).getByRole('listitem')).toHaveText(['Work']);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const audit = new AxeBuilder({ page }).include('#message').include('#messages').withTags(rules);
    expect((await audit.disableRules('label-content-name-mismatch').analyze()).violations).toEqual([]);
  }
});

test('a click on a label shows what has it, from a row, and from the opened message by keyboard', async ({ page, app, person }) => {
  await person.device.append('INBOX', [...many(3), { raw: aMessage({ subject: 'Labelled' }), flags: ['B&APw-ro', 'Work'] }]);
  await signIn(page, app, person.user);
  const grid = page.getByRole('grid', { name: 'Messages' });
  const filtered = async (query: string) => {
    await expect(page).toHaveURL(`${app.address}/mail/INBOX?${new URLSearchParams({ q: query })}`);
    await expect(grid).toHaveAttribute('aria-rowcount', '1');
  };
  await grid.getByRole('button', { name: 'Büro' }).click();
  await filtered('label:Büro');
  await expect(page.getByRole('searchbox', { name: 'Search mail' })).toHaveValue('label:Büro');
  await page.goBack();
  await expect(grid).toHaveAttribute('aria-rowcount', '4');
  await grid.getByRole('row', { name: /Labelled,/ }).click();
  const message = page.getByRole('region', { name: 'Message' });
  await message.getByRole('list', { name: 'Labels' }).getByRole('button', { name: 'Work' }).press('Enter');
  await filtered('label:Work');
});

test('the list is filtered by a label, whatever its script', async ({ page, app, person }) => {
  await person.device.append('INBOX', [...many(2), { raw: aMessage({ subject: 'Labelled' }), flags: ['B&APw-ro'] }]);
  await signIn(page, app, person.user);
  await page.goto(`${app.address}/mail/INBOX?q=${encodeURIComponent('label:Büro')}`);
  const grid = page.getByRole('grid', { name: 'Messages' });
  await expect(grid.getByRole('row', { name: /Labelled, Büro,/ })).toBeVisible();
  await expect(grid).toHaveAttribute('aria-rowcount', '1');
});
