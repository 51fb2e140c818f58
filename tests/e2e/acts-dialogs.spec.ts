import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { rules } from './accessible.ts';
import { expect, signIn, test } from './fixture.ts';

/** What stands on the screen, in light and dark. */
async function audit(page: Page, shown: Locator): Promise<void> {
  await expect(shown).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // The library's focus guards are meant to be focusable and unheard: they pass the focus on.
    const builder = new AxeBuilder({ page }).withTags(rules).exclude('[data-base-ui-focus-guard]');
    expect((await builder.disableRules('label-content-name-mismatch').analyze()).violations, String(shown)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

const item = (page: Page, name: string | RegExp) => page.getByRole('treeitem', { name });

test('every menu and dialog that acts on folders holds to WCAG, and Esc leads back to the folder', async ({ page, app, person }) => {
  await person.device.create('Plans/Deep');
  await person.device.append('Trash', [{ raw: aMessage({ subject: 'Old' }) }]);
  await signIn(page, app, person.user);
  await page.getByRole('button', { name: 'New folder' }).click();
  await audit(page, page.getByRole('dialog', { name: 'New folder' }));
  await page.keyboard.press('Escape');
  const plans = item(page, 'Plans');
  await plans.focus();
  await page.keyboard.press('Shift+F10');
  await audit(page, page.getByRole('menu', { name: 'Actions of Plans' }));
  const dialogs = { Rename: 'Rename Plans', 'Move folder…': 'Move Plans', Delete: 'Delete Plans?', 'New folder inside': 'New folder' };
  for (const [choice, title] of Object.entries(dialogs)) {
    if (!(await page.getByRole('menu').isVisible())) await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: choice }).click();
    await audit(page, page.getByRole('dialog', { name: title }));
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(plans).toBeFocused();
  }
  await item(page, /^Trash/).focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Empty' }).click();
  await audit(page, page.getByRole('dialog', { name: 'Empty Trash?' }));
});

test('every menu and dialog that acts on messages holds to WCAG, and Esc leads back to the row', async ({ page, app, person }) => {
  await person.device.append('INBOX', [1, 2, 3].map((number) => ({ raw: aMessage({ subject: `Number ${number}` }), flags: number === 3 ? ['Work'] : [] })));
  await person.device.append('Trash', [{ raw: aMessage({ subject: 'Old' }) }]);
  await signIn(page, app, person.user);
  const row = page.getByRole('row', { name: /Number 3,/ });
  await row.focus();
  const asked: [key: string, role: 'dialog' | 'menu', name: RegExp][] = [
    ['v', 'dialog', /^Move to…/],
    ['Shift+v', 'dialog', /^Copy to…/],
    ['l', 'dialog', /^Labels/],
    ['?', 'dialog', /^Keyboard shortcuts/],
    ['Control+k', 'dialog', /./],
    ['Shift+F10', 'menu', /./],
  ];
  for (const [key, role, name] of asked) {
    await page.keyboard.press(key);
    await audit(page, page.getByRole(role, { name }));
    await page.keyboard.press('Escape');
    await expect(page.getByRole(role)).toHaveCount(0);
    await expect(row).toBeFocused();
  }
  await item(page, /^Trash/).click();
  await page.getByRole('row', { name: /Old,/ }).focus();
  await page.keyboard.press('#');
  await audit(page, page.getByRole('dialog'));
});

test('the dialogs of labels hold to WCAG, and Esc leads back to their buttons', async ({ page, app, person }) => {
  await person.device.append('INBOX', [{ raw: aMessage(), flags: ['Work'] }]);
  await signIn(page, app, person.user);
  await page.goto(`${app.address}/settings/labels`);
  for (const name of ['Rename Work', 'Remove Work']) {
    await page.getByRole('button', { name }).click();
    await audit(page, page.getByRole('dialog', { name }));
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name })).toBeFocused();
  }
});
