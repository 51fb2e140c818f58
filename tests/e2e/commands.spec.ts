import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { rules } from './accessible.ts';
import { expect, signIn, test } from './fixture.ts';
import type { Person } from './fixture.ts';

const letters = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ raw: aMessage({ subject: `Number ${index + 1}`, text: `Text ${index + 1}\n` }) }));

async function begin(page: Page, app: Parameters<typeof signIn>[1], person: Person, count = 4): Promise<void> {
  if (count > 0) await person.device.append('INBOX', letters(count));
  await signIn(page, app, person.user);
}

const row = (page: Page, subject: string) => page.getByRole('row', { name: new RegExp(`${subject},`) });

async function audit(page: Page): Promise<unknown[]> {
  // The contract's names ("Inbox, 7 unread") are not the drawn text word for word; the guards are where Tab leaves a menu.
  const axe = new AxeBuilder({ page }).withTags(rules).exclude('[data-base-ui-focus-guard]');
  return (await axe.disableRules('label-content-name-mismatch').analyze()).violations;
}

test('the palette finds commands, folders and settings by a few letters, and does them', async ({ page, app, person }) => {
  await person.device.command('CREATE "Projects"');
  await begin(page, app, person);
  await row(page, 'Number 3').focus();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('combobox', { name: 'Type a command, folder, person or setting' });
  await expect(palette).toBeFocused();
  expect(await audit(page)).toEqual([]);
  await palette.fill('mkrd');
  await expect(page.getByRole('option', { selected: true })).toHaveText(/Mark as read/);
  await page.keyboard.press('Enter');
  await expect(row(page, 'Number 3')).toHaveAttribute('data-unread', 'false');
  await page.keyboard.press('Control+k');
  await palette.fill('density compact');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: 'Messages' })).toHaveAttribute('data-density', 'compact');
  await page.keyboard.press('Control+k');
  await palette.fill('refr');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+k');
  // What was used stands first.
  await expect(page.getByRole('option').first()).toHaveText('Refresh');
  await palette.fill('proj');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${app.address}/mail/Projects`);
  await page.keyboard.press('Control+k');
  await palette.fill('zzzz');
  await expect(page.getByText('Nothing answers to this')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
});

test('what cannot be done says why: in the toolbar, in the palette, and to a key pressed in vain', async ({ page, app, person }) => {
  await begin(page, app, person);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('in place of the list');
  await page.keyboard.press('Enter');
  const button = page.getByRole('toolbar', { name: 'Actions' }).getByRole('button', { name: 'Mark as read' });
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(button).toHaveAccessibleDescription('Choose a message first.');
  await page.keyboard.press('s');
  await expect(page.getByRole('status').filter({ hasText: 'Star: Choose a message first.' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('go to starred');
  const option = page.getByRole('option', { name: /Go to Starred/ });
  await expect(option).toHaveAttribute('aria-disabled', 'true');
  await expect(option).toContainText('no such folder');
});

test('a row has a menu by right click and by Shift+F10, and what the mouse finds over it does the same', async ({ page, app, person }) => {
  await begin(page, app, person);
  await row(page, 'Number 4').click({ button: 'right' });
  const menu = page.getByRole('menu', { name: 'Actions for the message' });
  await expect(menu).toBeVisible();
  expect(await audit(page)).toEqual([]);
  await menu.getByRole('menuitem', { name: 'Mark as read' }).click();
  await expect(row(page, 'Number 4')).toHaveAttribute('data-unread', 'false');
  await expect(row(page, 'Number 4')).toBeFocused();
  await page.keyboard.press('Shift+F10');
  await expect(menu).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(row(page, 'Number 4')).toBeFocused();
  await page.keyboard.press('x');
  await row(page, 'Number 2').getByRole('checkbox').check();
  await row(page, 'Number 2').click({ button: 'right' });
  await page.getByRole('menu', { name: 'Actions for 2 messages' }).getByRole('menuitem', { name: 'Star' }).click();
  await expect(row(page, 'Number 4')).toHaveAttribute('data-flagged', 'true');
  await expect(row(page, 'Number 2')).toHaveAttribute('data-flagged', 'true');
  await row(page, 'Number 1').hover();
  await row(page, 'Number 1').getByRole('button', { name: 'Mark as read' }).click();
  await expect(row(page, 'Number 1')).toHaveAttribute('data-unread', 'false');
  await expect(page).toHaveURL(`${app.address}/mail/INBOX`);
});

test('the help sheet tells the keys of the set that was chosen, and can be searched', async ({ page, app, person }) => {
  await begin(page, app, person);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByText('Next message', { exact: true })).toBeVisible();
  expect(await audit(page)).toEqual([]);
  await sheet.getByRole('searchbox', { name: 'Search shortcuts' }).fill('star');
  await expect(sheet.getByText('Next message', { exact: true })).toBeHidden();
  await expect(sheet.getByText('Star / Remove star')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('fastmail');
  await page.keyboard.press('Enter');
  await row(page, 'Number 2').focus();
  await page.keyboard.press('s');
  await page.keyboard.press('.');
  await expect(row(page, 'Number 2')).toHaveAttribute('data-flagged', 'true');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('single-key off');
  await page.keyboard.press('Enter');
  await page.keyboard.press('.');
  await page.keyboard.press('?');
  await expect(sheet).toBeHidden();
  await expect(row(page, 'Number 2')).toHaveAttribute('data-flagged', 'true');
});

test('keys are letters where something is typed, and nobody types into the page while composing', async ({ page, app, person }) => {
  await begin(page, app, person);
  await row(page, 'Number 4').focus();
  await page.keyboard.press('?');
  const search = page.getByRole('searchbox', { name: 'Search shortcuts' });
  await search.focus();
  await page.keyboard.type('sx');
  await expect(search).toHaveValue('sx');
  await page.keyboard.press('Escape');
  await expect(row(page, 'Number 4')).toHaveAttribute('data-flagged', 'false');
  await expect(row(page, 'Number 4')).toHaveAttribute('aria-selected', 'false');
  await page.evaluate(() =>
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 's', bubbles: true, isComposing: true })),
  );
  await page.keyboard.press('x');
  await expect(row(page, 'Number 4')).toHaveAttribute('aria-selected', 'true');
  await expect(row(page, 'Number 4')).toHaveAttribute('data-flagged', 'false');
});

test('Esc takes back one thing at a time: the menu, the selection, the open message', async ({ page, app, person }) => {
  await begin(page, app, person);
  await row(page, 'Number 4').click();
  const message = page.getByRole('region', { name: 'Message' });
  await expect(message.getByText('Text 4')).toBeVisible();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await expect(row(page, 'Number 4')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(row(page, 'Number 4')).toHaveAttribute('aria-selected', 'false');
  await expect(message).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(message).toBeHidden();
  await expect(row(page, 'Number 4')).toBeFocused();
});

test('everything is reached by the keyboard alone', async ({ page, app, person }) => {
  await begin(page, app, person);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to messages' })).toBeFocused();
  const reached = new Set<string>();
  for (let step = 0; step < 25; step += 1) {
    await page.keyboard.press('Tab');
    reached.add(await page.evaluate(() => document.activeElement?.getAttribute('role') ?? document.activeElement?.ariaLabel ?? ''));
  }
  for (const stop of ['treeitem', 'separator', 'row', 'Account', 'Refresh']) expect([...reached]).toContain(stop);
  await row(page, 'Number 4').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const message = page.getByRole('region', { name: 'Message' });
  await expect(message.getByText('Text 3')).toBeVisible();
  await page.keyboard.press('j');
  await expect(message.getByText('Text 2')).toBeVisible();
  await page.keyboard.press('u');
  await expect(row(page, 'Number 2')).toBeFocused();
});

test('what is typed before the palette is there is for the palette, and no command', async ({ page, app, person }) => {
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Kept' }) }]);
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /Kept/ }).focus();
  // In one go, while its code is still on its way.
  await page.route('**/_next/static/chunks/**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await route.continue();
  });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('settings: reading');
  await expect(page.getByRole('combobox', { name: /^Type a command/ })).toHaveValue('settings: reading');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('row', { name: /Kept/ })).toBeVisible();
  expect(await person.device.command('STATUS INBOX (MESSAGES)')).toContain('MESSAGES 1');
});

test('what is typed at once, with Enter after it, is done by the palette also on a slow machine', async ({ page, app, person }) => {
  await begin(page, app, person);
  await row(page, 'Number 3').focus();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 8 });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('mark all as reas');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('d');
  await page.keyboard.press('Enter');
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await expect(page.getByRole('combobox', { name: /^Type a command/ })).toBeHidden();
  for (const number of [1, 2, 3, 4]) await expect(row(page, `Number ${number}`)).toHaveAttribute('data-unread', 'false');
  await expect.poll(() => person.device.command('STATUS INBOX (UNSEEN)')).toContain('UNSEEN 0');
});

test('what is typed at once after the key for a new message or an answer is in it, and acts on nothing', async ({ page, app, person }) => {
  await begin(page, app, person);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 8 });
  await row(page, 'Number 3').focus();
  await page.keyboard.press('c');
  await page.keyboard.type('earl#e!l');
  const to = page.getByRole('dialog').getByRole('combobox', { name: 'To' });
  await expect(to).toBeFocused();
  await page.keyboard.type('@x.test');
  await expect(to).toHaveValue('earl#e!l@x.test');
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  for (const number of [1, 2, 3, 4]) await expect(row(page, `Number ${number}`)).toBeVisible();
  expect(await person.device.command('STATUS INBOX (MESSAGES)')).toContain('MESSAGES 4');
});

test('a dialog that the palette or a menu opens has the focus, and Esc gives it back', async ({ page, app, person }) => {
  await person.device.append('Trash', letters(2));
  await begin(page, app, person);
  const hasFocus = () => page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null);
  const opensFrom = async (subject: string, names: readonly string[]) => {
    for (const name of names) {
      await row(page, subject).focus();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: /^Type a command/ }).fill(name);
      await expect(page.getByRole('option').first(), name).toContainText(name);
      await page.keyboard.press('Enter');
      const shown = page.getByRole('dialog').filter({ hasNot: page.getByRole('combobox', { name: /^Type a command/ }) });
      await expect(shown, name).toBeVisible();
      await expect.poll(hasFocus, name).toBe(true);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog'), name).toHaveCount(0);
      await expect(row(page, subject), name).toBeFocused();
    }
  };
  await opensFrom('Number 3', ['Move to…', 'Copy to…', 'Labels', 'Snooze…', 'Keyboard shortcuts', 'Remove what is marked as deleted…']);
  await page.goto(`${app.address}/mail/Trash`);
  await expect(row(page, 'Number 2')).toBeVisible();
  await opensFrom('Number 2', ['Empty this folder', 'Delete']);
  await row(page, 'Number 2').focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: /^Delete/ }).click();
  const question = page.getByRole('dialog', { name: /for good/ });
  await expect(question.getByRole('button', { name: 'Delete for good' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(row(page, 'Number 2')).toBeFocused();
});
