import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { password } from './start-app.ts';
import { expect, signIn, test } from './fixture.ts';

const field = (page: Page) => page.getByRole('searchbox', { name: 'Search mail' });
const rows = (page: Page) => page.getByRole('grid', { name: 'Messages' }).getByRole('row');
const grid = (page: Page) => page.getByRole('grid', { name: 'Messages' });

/** Letters of a small mailbox: two herons in the inbox, one in Work, one in Trash. */
async function fill(device: RawImap): Promise<void> {
  await device.create('Work');
  const heron = (subject: string, more = {}) => ({ raw: aMessage({ subject, from: 'Ann Lee <ann@example.test>', text: 'A quiet bird.\n', ...more }) });
  await device.append('INBOX', [
    { raw: aMessage({ subject: 'Budget', from: 'Bob <bob@example.test>', text: 'Numbers and a heron.\n' }) },
    heron('Heron one'),
    { ...heron('Heron two', { attachments: [{ name: 'Nest.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF') }] }), flags: ['\\Seen'] },
    { raw: aMessage({ subject: 'Other' }) },
  ]);
  await device.append('Work', [heron('Heron at work')]);
  await device.append('Trash', [heron('Heron thrown away')]);
}

test('a search by keyboard: suggestions, results in the address, reload, Back and Forward', async ({ page, app, person }) => {
  await fill(person.device);
  await signIn(page, app, person.user);
  await page.keyboard.press('/');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('subj');
  await expect(page.getByRole('option', { name: /subject:/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('subject:');
  await page.keyboard.type('heron');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/mail\/INBOX\?q=subject%3Aheron$/);
  await expect(rows(page)).toHaveCount(2);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '2');
  await expect(rows(page).first()).toContainText('Heron two');
  await expect(page.getByText('2 messages found')).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Message' }).getByRole('heading', { name: 'Heron two' })).toBeVisible();
  await expect(page).toHaveURL(/\/mail\/INBOX\/3\?q=subject%3Aheron$/);
  await page.keyboard.press('j');
  await expect(page.getByRole('heading', { name: 'Heron one' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Heron one' })).toBeVisible();
  await expect(rows(page)).toHaveCount(2);
  await expect(field(page)).toHaveValue('subject:heron');
  await page.goBack();
  await expect(page).toHaveURL(/\/mail\/INBOX\?q=subject%3Aheron$/);
  await page.goBack();
  await expect(rows(page)).toHaveCount(4);
  await expect(field(page)).toHaveValue('');
  await page.goForward();
  await expect(rows(page)).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(rows(page)).toHaveCount(4);
});

test('everywhere: each result tells its folder, Trash only when asked, and opens where it lies', async ({ page, app, person }) => {
  await fill(person.device);
  await signIn(page, app, person.user);
  await field(page).fill('subject:heron');
  await field(page).press('Enter');
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole('combobox', { name: 'Where to search' }).selectOption('All folders');
  await expect(rows(page)).toHaveCount(3);
  const atWork = rows(page).filter({ hasText: 'Heron at work' });
  await expect(atWork).toHaveAccessibleName(/in Work/);
  await atWork.click();
  await expect(page.getByRole('heading', { name: 'Heron at work' })).toBeVisible();
  await expect(page).toHaveURL(/at=Work/);
  await expect(atWork).toHaveAttribute('data-unread', 'false');
  await expect.poll(() => person.device.command('STATUS Work (UNSEEN)')).toContain('UNSEEN 0');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Heron at work' })).toBeVisible();
  await field(page).fill('subject:heron in:trash');
  await field(page).press('Enter');
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('Heron thrown away');
});

test('results stay live: read, starred, deleted and arrived elsewhere', async ({ page, app, person }) => {
  await fill(person.device);
  await signIn(page, app, person.user);
  await field(page).fill('heron -budget');
  await field(page).press('Enter');
  await expect(rows(page)).toHaveCount(2);
  const one = rows(page).filter({ hasText: 'Heron one' });
  await person.device.command('SELECT INBOX');
  await person.device.command('UID STORE 2 +FLAGS (\\Seen \\Flagged)');
  await expect(one).toHaveAttribute('data-unread', 'false');
  await expect(one).toHaveAttribute('data-flagged', 'true');
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Heron three' }) }, { raw: aMessage({ subject: 'No bird' }) }]);
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).first()).toContainText('Heron three');
  await person.device.command('UID STORE 3 +FLAGS (\\Deleted)');
  await person.device.command('EXPUNGE');
  await expect(rows(page)).toHaveCount(2);
  await one.getByRole('button', { name: 'Star' }).click();
  await expect(one).toHaveAttribute('data-flagged', 'false');
  await expect.poll(() => person.device.command('UID FETCH 2 (FLAGS)')).not.toContain('\\Flagged');
});

test('what cannot be understood is said in words, and what is not there offers to look everywhere', async ({ page, app, person }) => {
  await fill(person.device);
  await signIn(page, app, person.user);
  await field(page).fill('before:yesterday');
  await field(page).press('Enter');
  await expect(page.getByRole('search').getByRole('alert')).toContainText('Write a day like 2026-03-31.');
  await expect(page).toHaveURL(/\/mail\/INBOX$/);
  await field(page).fill('subject:"at work"');
  await field(page).press('Enter');
  await expect(page.getByText('Nothing in Inbox matches.')).toBeVisible();
  await page.getByRole('button', { name: 'Search all folders' }).click();
  await expect(rows(page)).toHaveCount(1);
});

test('people, folders and values are suggested as they are typed, and a search goes on into subfolders', async ({ page, app, person }) => {
  await fill(person.device);
  await person.device.create('Work/Birds');
  await person.device.append('Work/Birds', [{ raw: aMessage({ subject: 'Heron below', from: 'Ann Lee <ann@example.test>' }) }]);
  await signIn(page, app, person.user);
  await field(page).fill('ann');
  await page.getByRole('option', { name: 'Ann Lee <ann@example.test> Person' }).click();
  await expect(field(page)).toHaveValue('from:ann@example.test ');
  await field(page).pressSequentially('in:wor');
  await page.getByRole('option', { name: 'Work Folder', exact: true }).click();
  await expect(field(page)).toHaveValue('from:ann@example.test in:Work ');
  await field(page).pressSequentially('is:unr');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(field(page)).toHaveValue('from:ann@example.test in:Work is:unread ');
  await page.keyboard.press('Enter');
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('Heron at work');
  await page.getByRole('button', { name: 'Clear search' }).click();
  await expect(page.getByRole('option', { name: 'from:ann@example.test in:Work is:unread Recent' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('treeitem', { name: /^Work/ }).click();
  await expect(rows(page)).toHaveCount(1);
  await field(page).fill('subject:heron');
  await field(page).press('Enter');
  await expect(page.getByText('1 message found')).toBeVisible();
  await page.getByRole('combobox', { name: 'Where to search' }).selectOption('With subfolders');
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).filter({ hasText: 'Heron below' })).toHaveAccessibleName(/in Birds/);
});

test('by mouse: filters, the form, saved and recent searches', async ({ page, app, person }) => {
  await fill(person.device);
  await signIn(page, app, person.user);
  await field(page).click();
  await page.getByRole('group', { name: 'Filter' }).getByRole('button', { name: 'Unread' }).click();
  await expect(rows(page)).toHaveCount(3);
  await page.getByRole('group', { name: 'Filter' }).getByRole('button', { name: 'Unread' }).click();
  await expect(rows(page)).toHaveCount(4);
  await person.device.command('SELECT INBOX');
  await person.device.command('UID STORE 1 +FLAGS (\\Flagged)');
  await field(page).click();
  await page.getByRole('group', { name: 'Filter' }).getByRole('button', { name: 'Starred' }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('Budget');
  await page.getByRole('group', { name: 'Filter' }).getByRole('button', { name: 'Starred' }).click();
  await expect(rows(page)).toHaveCount(4);
  await field(page).click();
  await page.getByRole('button', { name: 'Search options' }).click();
  const form = page.getByRole('dialog', { name: 'Search options' });
  await form.getByRole('textbox', { name: 'From', exact: true }).fill('Ann Lee');
  await form.getByRole('checkbox', { name: 'With attachments' }).check();
  await form.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(field(page)).toHaveValue('from:"Ann Lee" has:attachment');
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Save this search' }).click();
  await expect(page.getByRole('button', { name: 'Remove from saved searches' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear search' }).click();
  await expect(rows(page)).toHaveCount(4);
  await expect(page.getByRole('option', { name: /from:"Ann Lee" has:attachment Saved/ })).toBeVisible();
  await page.reload();
  await field(page).click();
  await page.getByRole('option', { name: /from:"Ann Lee" has:attachment Saved/ }).click();
  await expect(rows(page)).toHaveCount(1);
});

test('a mailbox is sorted by sender and back, also with a filter, and keeps it through a reload', async ({ page, app, person }) => {
  await fill(person.device);
  await signIn(page, app, person.user);
  await field(page).click();
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Subject');
  await expect(page).toHaveURL(/sort=subject/);
  await expect(rows(page)).toHaveCount(4);
  await expect(rows(page).first()).toContainText('Budget');
  await page.getByRole('group', { name: 'Filter' }).getByRole('button', { name: 'With attachments' }).click();
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('group', { name: 'Filter' }).getByRole('button', { name: 'With attachments' }).click();
  await expect(rows(page)).toHaveCount(4);
  await page.reload();
  await expect(rows(page).last()).toContainText('Other');
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Chaffinch' }) }]);
  await expect(rows(page).nth(1)).toContainText('Chaffinch');
  await page.getByRole('combobox', { name: 'Where to search' }).selectOption('All folders');
  await expect(page).toHaveURL(/scope=all&sort=subject/);
  await expect(rows(page)).toHaveCount(6);
  await expect(rows(page).nth(2)).toContainText('Heron at work');
  await person.device.append('Work', [{ raw: aMessage({ subject: 'Crane' }) }]);
  await expect(rows(page).nth(2)).toContainText('Crane');
  // A range of rows is what stands between them in this order, whichever folder it lies in.
  await rows(page).nth(2).focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('3 selected')).toBeVisible();
  await page.keyboard.press('s');
  await expect(rows(page).nth(4)).toHaveAttribute('data-flagged', 'true');
  await expect(page.locator('[data-flagged=true]')).toHaveCount(3);
  await expect.poll(() => person.device.command('STATUS Work (MESSAGES)')).toContain('MESSAGES 2');
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'Where to search' }).selectOption('This folder');
  await expect(rows(page)).toHaveCount(5);
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Newest');
  await expect(page).toHaveURL(/\/mail\/INBOX$/);
  await expect(rows(page).first()).toContainText('Chaffinch');
});

test('on a shared computer no query stays in the address or is remembered', async ({ page, app, person }) => {
  await fill(person.device);
  await page.goto(`${app.address}/login`);
  await page.getByRole('textbox', { name: 'Email address' }).fill(person.user);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('checkbox', { name: /shared or public/ }).check();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/mail\/INBOX$/);
  await field(page).fill('subject:heron');
  await field(page).press('Enter');
  await expect(rows(page)).toHaveCount(2);
  expect(page.url()).not.toContain('heron');
  await rows(page).first().click();
  await expect(page.getByRole('heading', { name: 'Heron two' })).toBeVisible();
  expect(page.url()).not.toContain('heron');
  await page.reload();
  await field(page).click();
  await expect(page.getByRole('listbox', { name: 'Suggestions' })).toBeVisible();
  await expect(page.getByRole('option', { name: /heron/ })).toHaveCount(0);
});

for (const [name, viewport] of Object.entries({ desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } })) {
  test(`search is usable without barriers on a ${name}`, async ({ page, app, person }) => {
    await fill(person.device);
    await signIn(page, app, person.user);
    await page.setViewportSize(viewport);
    await field(page).click();
    await expect(page.getByRole('listbox', { name: 'Suggestions' })).toBeVisible();
    const axe = () => new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
    expect((await axe()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await field(page).fill('heron');
    await field(page).press('Enter');
    await expect(rows(page)).toHaveCount(3);
    await page.getByRole('combobox', { name: 'Where to search' }).selectOption('All folders');
    await expect(rows(page)).toHaveCount(4);
    expect((await axe()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.screenshot({ path: `.data/search-${name}.png` });
  });
}

test('a large mailbox is sorted by the server; what is too much to sort says so and offers days instead', async ({ page, app, person }) => {
  const small = Array.from({ length: 25_001 }, (_, index) => ({ raw: Buffer.from(`Subject: Number ${index}\r\n\r\n`), internalDate: new Date(2020, 0, 1) }));
  await person.device.append('INBOX', small);
  await person.device.append('INBOX', ['B', 'A'].map((subject) => ({ raw: aMessage({ subject }), internalDate: new Date(2025, 4, 5) })));
  await signIn(page, app, person.user);
  await field(page).click();
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Subject');
  await expect(rows(page).first()).toContainText('A');
  await expect(rows(page).nth(1)).toContainText('B');
  await expect(page.getByText('25,003 messages found')).toBeVisible();
  await rows(page).first().focus();
  await page.keyboard.press('End');
  await expect(rows(page).last()).toContainText('Number 9999');
  // Over several folders each message is read for it.
  await page.getByRole('combobox', { name: 'Where to search' }).selectOption('All folders');
  await expect(page.getByRole('alert').filter({ hasText: 'too many messages to sort' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Last month' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Search again' })).toHaveCount(0);
  await page.getByLabel('On or after').fill('2025-05-01');
  await page.getByLabel('Before', { exact: true }).fill('2025-06-01');
  await page.getByRole('button', { name: 'Sort these' }).click();
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first()).toContainText('A');
  await expect(field(page)).toHaveValue('after:2025-05-01 before:2025-06-01');
  await expect(page).toHaveURL(/sort=subject/);
});

test('a search that takes long says how far it is; Stop ends it, and offline it says so and goes on when asked', async ({ page, app, person, context, complaints }) => {
  complaints.expected.push(/ERR_INTERNET_DISCONNECTED|failed: .*\/(api|_next)\//);
  await fill(person.device);
  await signIn(page, app, person.user);
  app.mail.pause();
  try {
    await field(page).fill('heron');
    await field(page).press('Enter');
    await expect(page.getByRole('status').filter({ hasText: 'Searching…' })).toBeVisible();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Stopped; nothing found yet' })).toBeVisible();
  } finally {
    app.mail.resume();
  }
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Search again' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /server|connection/i }).first()).toBeVisible();
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Search again' }).first().click();
  await expect(rows(page)).toHaveCount(3);
});

test('Stop closes the connection that searches, and the mail server has it no longer', async ({ page, app, person }) => {
  await fill(person.device);
  await signIn(page, app, person.user);
  /** The process that serves each connection of theirs. */
  const serving = async () => {
    const [head = '', ...lines] = (await app.mail.doveadm('-f', 'tab', 'who', '-1', person.user)).split('\n');
    const column = head.split('\t').indexOf('pid');
    return lines.filter((line) => line.startsWith(`${person.user}\t`)).map((line) => Number(line.split('\t')[column]));
  };
  const found = page.getByText('2 messages found');
  const before = new Set(await serving());
  await field(page).fill('subject:heron');
  await field(page).press('Enter');
  await expect(found).toBeVisible();
  const [searching = 0, ...more] = (await serving()).filter((pid) => !before.has(pid));
  expect(searching).toBeGreaterThan(0);
  expect(more).toEqual([]); // One, which stays for the next search.
  process.kill(searching, 'SIGSTOP'); // A search that takes long.
  try {
    await field(page).fill('subject:quiet');
    await field(page).press('Enter');
    await expect(page.getByRole('status').filter({ hasText: 'Searching…' })).toBeVisible();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Stopped; nothing found yet' })).toBeVisible();
  } finally {
    process.kill(searching, 'SIGCONT');
  }
  await expect.poll(serving).not.toContain(searching);
  await field(page).fill('subject:heron');
  await field(page).press('Enter');
  await expect(found).toBeVisible();
});

test('what was searched for is marked where it was searched, and where nothing is found the way on is offered', async ({ page, app, person }) => {
  await fill(person.device);
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Ann asks', from: 'Ann Lee <ann@example.test>', text: 'Ann again.\n' }) }]);
  await signIn(page, app, person.user);
  await field(page).fill('from:ann subject:asks');
  await field(page).press('Enter');
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).getByText('Ann again.')).toBeVisible();
  await expect(rows(page).locator('mark')).toHaveText(['Ann', 'asks']);
  await field(page).fill('subject:"thrown away"');
  await field(page).press('Enter');
  await page.getByRole('button', { name: 'Search all folders' }).click();
  await expect(page.getByText('Trash and Spam were not searched.')).toBeVisible();
  await page.getByRole('button', { name: 'Search them too' }).click();
  await expect(rows(page)).toHaveAccessibleName(/Heron thrown away.*in Trash/);
});
