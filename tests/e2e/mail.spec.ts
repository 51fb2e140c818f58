import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { rules } from './accessible.ts';
import { expect, signIn, test } from './fixture.ts';

const many = (count: number) => Array.from({ length: count }, (_, index) => ({ raw: aMessage({ subject: `Number ${index + 1}`, text: `Text ${index + 1}\n` }) }));

test('a wrong password says so, keeps the address, and the right one leads to the inbox', async ({ page, app, person }) => {
  await page.goto(app.address);
  await expect(page).toHaveURL(`${app.address}/login`);
  await page.getByRole('textbox', { name: 'Email address' }).fill(person.user);
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'password is not right' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Email address' })).toHaveValue(person.user);
  await signIn(page, app, person.user);
});

test('the first rows stand in the first HTML, and the whole mailbox can be scrolled', async ({ page, app, person }) => {
  await person.device.append('INBOX', many(3_000));
  await signIn(page, app, person.user);
  const html = await (await page.request.get(`${app.address}/mail/INBOX`)).text();
  expect(html).toContain('Number 3000');
  expect(html).toContain('Number 2951');
  const grid = page.getByRole('grid', { name: 'Messages' });
  await expect(grid).toHaveAttribute('aria-rowcount', '3000');
  await grid.getByRole('row', { name: /Number 3000,/ }).focus();
  await page.keyboard.press('End');
  await expect(grid.getByRole('row', { name: /Number 1,/ })).toBeFocused();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Home');
  await expect(grid.getByRole('row', { name: /Number 3000,/ })).toBeFocused();
  expect(await grid.getByRole('row').count()).toBeLessThan(60);
});

test('opening reads at once, and the other device has it', async ({ page, app, person }) => {
  await person.device.append('INBOX', many(3));
  await signIn(page, app, person.user);
  const row = page.getByRole('row', { name: /Number 3,/ });
  await expect(row).toHaveAttribute('data-unread', 'true');
  await expect(page.getByRole('treeitem', { name: 'Inbox, 3 unread' })).toBeVisible();
  await row.click();
  const message = page.getByRole('region', { name: 'Message' });
  await expect(message.getByRole('heading', { name: 'Number 3' })).toBeVisible();
  await expect(message.getByText('Text 3')).toBeVisible();
  await expect(row).toHaveAttribute('data-unread', 'false');
  await expect(page.getByRole('treeitem', { name: 'Inbox, 2 unread' })).toBeVisible();
  await person.device.command('SELECT INBOX');
  await expect.poll(() => person.device.command('FETCH 3 FLAGS')).toContain('\\Seen');
  await page.reload();
  await expect(message.getByText('Text 3')).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(`${app.address}/mail/INBOX`);
});

test('the star and the keys act at once and arrive on the server', async ({ page, app, person }) => {
  await person.device.append('INBOX', many(3));
  await signIn(page, app, person.user);
  const row = page.getByRole('row', { name: /Number 2,/ });
  await row.getByRole('button', { name: 'Star' }).click();
  await expect(row).toHaveAttribute('data-flagged', 'true');
  await page.getByRole('row', { name: /Number 3,/ }).focus();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+i');
  await expect(page.getByRole('row', { name: /Number 1,/ })).toHaveAttribute('data-unread', 'false');
  await page.keyboard.press('*');
  await page.keyboard.press('a');
  await expect(page.getByText('3 selected')).toBeVisible();
  await page.getByRole('toolbar', { name: 'Actions' }).getByRole('button', { name: 'Mark as read' }).click();
  await person.device.command('SELECT INBOX');
  await expect.poll(() => person.device.command('SEARCH UNSEEN')).toContain('* SEARCH\r\n');
  expect(await person.device.command('FETCH 2 FLAGS')).toContain('\\Flagged');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});

test('the tab says where the person is, also in a folder that is opened by its address', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await expect(page).toHaveTitle('Inbox · Pipit');
  await page.goto(`${app.address}/mail/Drafts`);
  await expect(page).toHaveTitle('Drafts · Pipit');
  await page.getByRole('treeitem', { name: 'Inbox' }).click();
  await expect(page).toHaveTitle('Inbox · Pipit');
});

test('what another device does shows without a click', async ({ page, app, person }) => {
  await person.device.append('INBOX', many(5));
  await signIn(page, app, person.user);
  const grid = page.getByRole('grid', { name: 'Messages' });
  await person.device.command('SELECT INBOX');
  await person.device.command('STORE 5 +FLAGS (\\Seen \\Flagged)');
  await expect(page.getByRole('row', { name: /Number 5,/ })).toHaveAttribute('data-unread', 'false');
  await expect(page.getByRole('row', { name: /Number 5,/ })).toHaveAttribute('data-flagged', 'true');
  await person.device.command('STORE 2 +FLAGS (\\Deleted)');
  await person.device.command('EXPUNGE');
  await expect(page.getByRole('row', { name: /Number 2,/ })).toHaveCount(0);
  await expect(grid).toHaveAttribute('aria-rowcount', '4');
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Fresh' }) }]);
  await expect(grid.getByRole('row').first()).toHaveAccessibleName(/Unread, Ann Lee, Fresh/);
  await expect(page).toHaveTitle(/^\(4\) Inbox/);
  await person.device.command('CREATE "Plans"');
  await expect(page.getByRole('treeitem', { name: 'Plans' })).toBeVisible();
  await person.device.command('RENAME "Plans" "Schemes"');
  await expect(page.getByRole('treeitem', { name: 'Schemes' })).toBeVisible();
  await expect(page.getByRole('treeitem', { name: 'Plans' })).toHaveCount(0);
  await person.device.append('Schemes', [{ raw: aMessage({ subject: 'Elsewhere' }) }]);
  await expect(page.getByRole('treeitem', { name: 'Schemes, 1 unread' })).toBeVisible();
});

test('two tabs share one stream and both follow', async ({ page, app, person, context }) => {
  await person.device.append('INBOX', many(2));
  await signIn(page, app, person.user);
  const second = await context.newPage();
  const streams: string[] = [];
  second.on('request', (request) => request.url().includes('/api/events') && streams.push(request.url()));
  await second.goto(`${app.address}/mail/INBOX`);
  await expect(second.getByRole('status', { name: 'Connection' })).toHaveText('Live');
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'For both' }) }]);
  await expect(page.getByRole('row', { name: /For both/ })).toBeVisible();
  await expect(second.getByRole('row', { name: /For both/ })).toBeVisible();
  expect(streams).toEqual([]);
});

test('signing out ends the session in every tab and on the server', async ({ page, app, person, context, complaints }) => {
  // The tab that leaves asks whether its session is over.
  complaints.expected.push(/401/);
  await signIn(page, app, person.user);
  const second = await context.newPage();
  await second.goto(`${app.address}/mail/INBOX`);
  const cookies = await context.cookies();
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(`${app.address}/login`);
  await expect(second).toHaveURL(`${app.address}/login`);
  const header = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const replayed = await fetch(`${app.address}/api/mailboxes`, { headers: { cookie: header } });
  expect(replayed.status).toBe(401);
  expect(app.log()).not.toContain('kingfisher');
});

test('bad addresses are answered with a code, and a missing mailbox says so in words', async ({ page, app, person, complaints }) => {
  await signIn(page, app, person.user);
  for (const path of ['messages?mailbox=INBOX', 'messages?mailbox=&newest=50', 'messages/0?mailbox=INBOX&uidValidity=1', 'messages/changes?mailbox=INBOX&since=x', 'events?mailbox=INBOX&since=1:x&uidNext=1']) {
    const response = await page.request.get(`${app.address}/api/${path}`);
    expect(response.status()).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'invalid-input' } });
  }
  complaints.expected.push(/40[04]/);
  await page.goto(`${app.address}/mail/Nowhere`);
  await expect(page.getByText('This folder no longer exists')).toBeVisible();
});

test('the pages hold to WCAG where a machine can tell', async ({ page, app, person }) => {
  await person.device.append('INBOX', many(8));
  await page.goto(`${app.address}/login`);
  expect((await audit(page)).violations).toEqual([]);
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /Number 8,/ }).click();
  await expect(page.getByRole('region', { name: 'Message' }).getByText('Text 8')).toBeVisible();
  expect((await audit(page)).violations).toEqual([]);
});

/** All but one rule: names that the contract fixes ("Inbox, 7 unread", "Account") are not the drawn text word for word. */
function audit(page: Page) {
  return new AxeBuilder({ page }).withTags(rules).disableRules('label-content-name-mismatch').analyze();
}
