import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { rules } from './accessible.ts';
import { expect, signIn, test } from './fixture.ts';
import { focused, isNoTrap, tabTo } from './keys.ts';
import { password, startApp } from './start-app.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';

/*
 * Every page, dialog and menu there is, each come to by keys alone: none holds the focus, Esc leads back to where one was, and axe finds
 * nothing at 1280 and at 390 pixels, and in the dark. What has its own test of this besides is looked at more closely there.
 */

const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 844 } };

/** Nothing that a machine can find. Dark is another look at the same elements: only their colours are another matter, and those are the same on a small screen. */
async function look(page: Page, name: string, within?: string, at: readonly (keyof typeof sizes)[] = ['narrow', 'wide']): Promise<void> {
  for (const size of at) {
    await page.setViewportSize(sizes[size]);
    for (const colorScheme of size === 'wide' ? (['light', 'dark'] as const) : (['light'] as const)) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // The library's focus guards are meant to be focusable and unheard; a message's own colours are its sender's.
      const axe = new AxeBuilder({ page }).exclude('[data-base-ui-focus-guard]').exclude('iframe');
      if (within) axe.include(within);
      if (colorScheme === 'light') axe.withTags(rules).disableRules('label-content-name-mismatch');
      else axe.withRules(['color-contrast']);
      const { violations } = await axe.analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), `${name}, ${size}, ${colorScheme}`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${name}, ${size}`).toBeLessThanOrEqual(0);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** A dialog or menu that keys open: looked at, gone around by Tab, closed by Esc, and the focus is where it was; then the same on a small screen. */
async function lookOver(page: Page, open: () => Promise<void>, name: string, shown: Locator): Promise<void> {
  const before = await focused(page);
  await open();
  await expect(shown, name).toBeVisible();
  await expect.poll(() => focused(page), name).not.toBe(before);
  const isMenu = (await shown.getAttribute('role')) === 'menu';
  const within = isMenu ? '[role=menu]' : '[role=dialog]';
  await look(page, name, within, ['wide']);
  if (!isMenu) await isNoTrap(page);
  await page.keyboard.press('Escape');
  await expect(shown, name).toHaveCount(0);
  await expect.poll(() => focused(page), name).toBe(before);
  await open();
  await expect(shown, name).toBeVisible();
  await look(page, name, within, ['narrow']);
  await page.setViewportSize(sizes.wide);
  await page.keyboard.press('Escape');
  await expect(shown, name).toHaveCount(0);
}

const dialog = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name });
const press = (page: Page, ...keys: string[]) => async () => {
  for (const key of keys) await page.keyboard.press(key);
};

/** By the palette, which has every command. */
const command = (page: Page, name: string) => async () => {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
  await page.keyboard.type(name);
  await page.getByRole('option', { name }).first().waitFor();
  await page.keyboard.press('Enter');
};

/** Opens the menu that has the focus and chooses from it by its first letters. */
const choose = (page: Page, name: string) => async () => {
  await page.keyboard.press('Enter');
  const item = page.getByRole('menuitem', { name });
  await expect(item).toBeVisible();
  for (let step = 0; step < 40 && !(await item.evaluate((one) => one === document.activeElement)); step += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
};

const withFile = aMessage({ subject: 'Plan', text: 'See the plan.\n', attachments: [{ name: 'plan.txt', mediaType: 'text/plain', content: Buffer.from('Plan of the house\n') }] });

test('every screen for reading and acting', async ({ page, app, person }) => {
  test.setTimeout(240_000);
  const { device, user } = person;
  await device.append('INBOX', [{ raw: aMessage({ subject: 'Other' }), flags: ['Work', '\\Flagged'] }, { raw: withFile }]);
  await device.append('Trash', [{ raw: aMessage({ subject: 'Old' }) }]);
  await device.create('Plans');
  await page.goto(`${app.address}/login`);
  await page.getByLabel('Password').waitFor();
  await look(page, 'signing in');
  await signIn(page, app, user);
  const row = page.getByRole('row', { name: /Plan,/ });
  await row.focus();
  await look(page, 'the list');
  await isNoTrap(page);
  await row.focus();
  for (const [keys, name] of [[['?'], /^Keyboard shortcuts/], [['Control+k'], /./], [['v'], /^Move to…/], [['Shift+v'], /^Copy to…/], [['l'], /^Labels/], [['b'], /^Snooze until…/]] as const)
    await lookOver(page, press(page, ...keys), String(name), dialog(page, name));
  await lookOver(page, press(page, 'Shift+F10'), 'menu of a message', page.getByRole('menu'));
  await lookOver(page, command(page, 'Remove attachments…'), 'taking attachments out', dialog(page, /attachment/));
  await lookOver(page, command(page, 'Remove what is marked as deleted…'), 'what is marked', dialog(page, /^Remove what is marked/));
  await page.keyboard.press('x');
  await look(page, 'a selection');
  await page.keyboard.press('Escape');
  await tabTo(page, /^button Search options/, 90);
  await lookOver(page, press(page, 'Enter'), 'search options', dialog(page, 'Search options'));
  await page.keyboard.press('/');
  await expect(page.getByRole('listbox', { name: 'Suggestions' })).toBeVisible();
  await look(page, 'suggestions');
  await page.keyboard.type('subject:Plan');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: 'Messages' })).toHaveAttribute('aria-rowcount', '1');
  await look(page, 'results');
  const message = page.getByRole('region', { name: 'Message' });
  const more = message.getByRole('button', { name: 'More', exact: true });
  await row.focus();
  await lookOver(page, press(page, 'Shift+F10'), 'menu of a result', page.getByRole('menu'));
  await row.focus();
  await page.keyboard.press('Enter');
  await expect(message.getByText('See the plan.')).toBeVisible();
  await more.focus();
  await lookOver(page, press(page, 'Enter'), 'menu of an opened result', page.getByRole('menu'));
  await page.goto(`${app.address}/mail/INBOX`);
  await row.focus();
  await page.keyboard.press('Enter');
  await expect(message.getByText('See the plan.')).toBeVisible();
  await look(page, 'a message');
  await page.evaluate(() => (window.print = () => document.documentElement.setAttribute('data-printed', '')));
  await more.focus();
  await choose(page, 'Print')();
  await expect(page.locator('html[data-printed]')).toBeAttached();
  await page.emulateMedia({ media: 'print' });
  await expect(row).toBeHidden();
  await look(page, 'what is printed');
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize(sizes.wide);
  await row.focus();
  await isNoTrap(page);
  await tabTo(page, /^button Preview plan.txt/, 90);
  await lookOver(page, press(page, 'Enter'), 'preview', dialog(page, 'plan.txt'));
  await more.focus();
  await lookOver(page, press(page, 'Enter'), 'menu of an opened message', page.getByRole('menu'));
  for (const [name, title] of [['Show all headers', 'All headers'], ['Show source', 'Source']] as const) {
    await more.focus();
    await lookOver(page, choose(page, name), title, dialog(page, title));
  }
  await page.keyboard.press('Escape');
  await command(page, 'Show as conversations')();
  await expect(page.getByRole('treegrid', { name: 'Messages' })).toBeVisible();
  await look(page, 'conversations');
  await command(page, 'Show single messages')();
  const plans = page.getByRole('treeitem', { name: /^Plans/ });
  for (const [key, name, shown] of [
    ['Shift+F10', 'menu of a folder', page.getByRole('menu')],
    ['F2', 'renaming a folder', dialog(page, 'Rename Plans')],
    ['Delete', 'deleting a folder', dialog(page, 'Delete Plans?')],
  ] as const) {
    await plans.focus();
    await lookOver(page, async () => { await plans.focus(); await page.keyboard.press(key); }, name, shown);
  }
  await page.getByRole('treeitem', { name: /^Trash/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: /Old,/ }).focus();
  await lookOver(page, press(page, '#'), 'deleting for good', dialog(page, /for good/));
  await lookOver(page, command(page, 'Empty this folder'), 'emptying Trash', dialog(page, /for good/));
  await page.getByRole('button', { name: 'Account' }).focus();
  await lookOver(page, press(page, 'Enter'), 'the account menu', page.getByRole('menu'));
});

test('what leads nowhere, or out of the mail', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/404/);
  const html = '<p>Beginning</p><a href="https://evil.test/x">https://bank.test</a>';
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Links', html }) }]);
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /Links,/ }).focus();
  await page.keyboard.press('Enter');
  const link = page.frameLocator('iframe[title="Message body"]').locator('a[href^="/leave?"]');
  const leaving = (await link.getAttribute('href')) ?? '';
  await page.goto(`${app.address}/mail/Nowhere`);
  await expect(page.getByRole('tree')).toBeVisible();
  await look(page, 'a folder that does not exist');
  for (const [address, title, ways] of [
    [leaving, 'You are leaving Pipit', 1],
    [`${leaving}x`, 'You are leaving Pipit', 0],
    ['/nowhere', 'There is nothing here', 1],
  ] as const) {
    await page.goto(app.address + address);
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
    await expect(page.getByRole('main').getByRole('link')).toHaveCount(ways);
    await look(page, address);
    if (ways > 0) await tabTo(page, /^a /);
  }
});

test('every page of the settings, with what opens there', async ({ page, app, person }) => {
  test.setTimeout(240_000);
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Budget' }), flags: ['Work'] }, { raw: withFile }]);
  await signIn(page, app, person.user);
  await page.goto(`${app.address}/settings/reading`);
  const sections = await page.getByRole('navigation', { name: 'Sections' }).getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? '').filter((href) => href.startsWith('/settings/')));
  const opened: Record<string, [button: RegExp, title: string | RegExp][]> = {
    '/settings/writing': [[/^button Add an address/, 'Address you write from'], [/^button New template/, 'Template']],
    '/settings/folders': [[/^button New folder/, 'New folder']],
    '/settings/labels': [[/^button Rename Work/, 'Rename Work'], [/^button Remove Work/, 'Remove Work']],
    '/settings/storage': [[/^button Clean up…/, 'Clean up']],
  };
  expect(sections).toEqual(expect.arrayContaining(Object.keys(opened)));
  for (const href of sections) {
    await page.goto(app.address + href);
    await expect(page.getByRole('heading', { level: 1 }).or(page.getByRole('heading', { level: 2 })).first()).toBeVisible();
    if (href === '/settings/storage') await expect(page.getByText('All messages are counted.')).toBeVisible();
    await look(page, href);
    for (const [button, title] of opened[href] ?? []) {
      await tabTo(page, button, 90);
      await lookOver(page, press(page, 'Enter'), `${href}: ${String(title)}`, dialog(page, title));
    }
  }
});

test('writing, with all that opens over it', async ({ page, app, person, context, complaints }) => {
  test.setTimeout(240_000);
  complaints.expected.push(/401/);
  await person.device.append('INBOX', [{ raw: withFile }]);
  await signIn(page, app, person.user);
  await page.keyboard.press('c');
  const composer = dialog(page, 'New message');
  await expect(composer.getByRole('combobox', { name: 'To' })).toBeFocused();
  await page.keyboard.type('ann@example.test');
  await page.keyboard.press('Enter');
  await composer.getByRole('textbox', { name: 'Message body' }).focus();
  await page.keyboard.type('Good morning');
  await expect(composer.getByRole('status').filter({ hasText: /^Saved/ })).toBeVisible();
  await look(page, 'the composer');
  await composer.getByRole('button', { name: 'More options' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await look(page, 'more options', '[role=menu]');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  const over: [from: Locator, open: () => Promise<void>, title: string | RegExp][] = [
    [composer.getByRole('textbox', { name: 'Message body' }), press(page, 'Control+Enter'), 'Send it like this?'],
    [composer.getByRole('button', { name: 'Link', exact: true }), press(page, 'Enter'), /^Link/],
    [composer.getByRole('button', { name: 'Schedule send' }), press(page, 'Enter'), 'Schedule send'],
    ...['Save as template', 'Insert template…', 'Attach from a message…'].map((name): (typeof over)[number] => [composer.getByRole('button', { name: 'More options' }), choose(page, name), name === 'Attach from a message…' ? 'Find a message with files' : name]),
  ];
  for (const [from, open, title] of over) {
    await from.focus();
    await open();
    const shown = dialog(page, title);
    await expect(shown).toBeVisible();
    await look(page, String(title));
    await page.keyboard.press('Escape');
    await expect(shown).toHaveCount(0);
    await expect(composer).toBeVisible();
    expect(await focused(page), String(title)).not.toBe('nothing');
  }
  await page.goto(`${app.address}/compose`);
  await expect(page.getByRole('combobox', { name: 'To' })).toBeVisible();
  await look(page, 'the page to write on');
  await isNoTrap(page);
  await page.getByRole('combobox', { name: 'To' }).focus();
  await page.keyboard.type('ann@example.test');
  await page.keyboard.press('Enter');
  await context.clearCookies({ name: 'pipit-s' });
  await page.getByRole('textbox', { name: 'Message body' }).focus();
  await page.keyboard.type('After the end');
  await expect(dialog(page, 'Sign in again')).toBeVisible();
  await look(page, 'signing in again after the session ended', '[role=dialog]');
  await isNoTrap(page);
});

test('a shared computer, and what is sent out of sight', async ({ browser }) => {
  test.setTimeout(240_000);
  const app = await startApp({ environment: { KIOSK: 'always', PHISHING_REPORT_ADDRESS: 'abuse@example.test' }, people: 1 });
  const device = await connectRawImap(app.mail.imapPort, 'person1@example.test', password);
  const context = await browser.newContext();
  const page = await context.newPage();
  try {
    await device.append('INBOX', [{ raw: aMessage({ subject: 'Prize' }) }]);
    await page.goto(`${app.address}/login`);
    await page.getByRole('textbox', { name: 'Email address' }).fill('person1@example.test');
    await page.getByLabel('Password').fill(password);
    await look(page, 'signing in on a shared computer');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${app.address}/mail/INBOX`);
    await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live');
    await look(page, 'the list on a shared computer');
    await page.getByRole('row', { name: /Prize/ }).focus();
    await lookOver(page, command(page, 'Report phishing…'), 'reporting phishing', dialog(page, 'Report phishing?'));
    await page.keyboard.press('c');
    await page.keyboard.type('ann@example.test');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Subject' }).focus();
    await page.keyboard.type('Hello');
    await page.keyboard.press('Control+Enter');
    const outbox = page.getByRole('button', { name: 'Outbox, 1' });
    await outbox.focus();
    await lookOver(page, press(page, 'Enter'), 'the outbox', dialog(page, 'Outbox'));
    app.mail.setPassword('person1@example.test', 'another one');
    // Dovecot looks at the file's time in seconds.
    await expect.poll(() => connectRawImap(app.mail.imapPort, 'person1@example.test', password).then((imap) => imap.close(), () => 'refused')).toBe('refused');
    await app.mail.doveadm('kick', 'person1@example.test');
    await expect(dialog(page, 'Sign in again')).toBeVisible();
    await look(page, 'signing in again with another password', '[role=dialog]');
    await isNoTrap(page);
    await page.keyboard.press('Escape');
    const again = page.getByRole('button', { name: 'Sign in again' });
    await expect(again).toBeVisible();
    await look(page, 'the password is not taken any more');
    await again.focus();
    await lookOver(page, press(page, 'Enter'), 'signing in again', dialog(page, 'Sign in again'));
  } finally {
    await context.close();
    device.close();
    await app.stop();
  }
});
