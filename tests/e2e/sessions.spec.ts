import { execFileSync } from 'node:child_process';
import type { BrowserContext, Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import { expect, signIn, test } from './fixture.ts';
import { cookieOf, replay, signInOnPublicComputer } from './public-fixture.ts';
import { password, startApp } from './start-app.ts';
import type { App } from './start-app.ts';

async function statusOf(app: App, context: BrowserContext): Promise<number> {
  return replay(app, await cookieOf(context));
}

test('checks 51 and 52: whoever is gone from a public computer is asked, then signed out; a session ends on time though its page keeps asking', async ({ browser }) => {
  test.slow(); // Twice the idle time passes, and nobody knows how long everything else takes.
  const app = await startApp({ environment: { PUBLIC_SESSION_IDLE: '10', SESSION_ABSOLUTE: '15' }, people: 2 });
  const device = await connectRawImap(app.mail.imapPort, 'person1@example.test', password);
  await device.append('INBOX', [{ raw: aMessage({ subject: 'Secret' }) }]);
  const context = await browser.newContext();
  const page = await context.newPage();
  const asking = await browser.newPage();
  await signIn(asking, app, 'person2@example.test');
  await signInOnPublicComputer(page, app, 'person1@example.test');
  await expect(page.getByRole('row', { name: /Secret,/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Finished? Sign out' })).toBeInViewport();
  const cookie = await cookieOf(context);
  const warning = page.getByRole('dialog', { name: 'Are you still there?' });
  await expect(warning).toBeVisible({ timeout: 15_000 });
  await warning.getByRole('button', { name: 'Stay signed in' }).click();
  await expect(warning).toBeHidden();
  await expect(warning).toBeVisible({ timeout: 15_000 });
  expect(await replay(app, cookie)).toBe(200);
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText('Nobody was there for a while')).toBeVisible();
  expect(await replay(app, cookie)).toBe(401);
  await page.goBack();
  await expect(page.getByText('Secret')).toHaveCount(0);
  await expect(asking).toHaveURL(`${app.address}/login`);
  device.close();
  await context.close();
  await asking.close();
  await app.stop();
});

test('checks 49 and 53: the others are signed out from the settings, everywhere at once', async ({ page, app, person, browser, complaints }) => {
  complaints.expected.push(/401/);
  await signIn(page, app, person.user);
  const other = await browser.newContext();
  const elsewhere = await other.newPage();
  await signIn(elsewhere, app, person.user);
  await page.goto(`${app.address}/settings/sessions`);
  const list = page.getByRole('list', { name: 'Where you are signed in' });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await expect(list.getByText('This one')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out the others' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(elsewhere).toHaveURL(`${app.address}/login`, { timeout: 2_000 });
  expect(await statusOf(app, other)).toBe(401);
  expect((await page.request.get(`${app.address}/api/session`)).status()).toBe(200);
  await other.close();
});

test('checks 47 and 53: on two server processes the administrator, the list of sessions and signing out reach every tab in two seconds, and IMAP in five', async ({ page, app, person, browser, complaints }) => {
  complaints.expected.push(/401/);
  const second = await app.startAnother();
  const there = { ...app, address: second };
  person.device.close();
  const run = (...words: string[]) =>
    execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'server/admin-sessions.ts', ...words], {
      encoding: 'utf8',
      env: { ...process.env, DATA_DIR: app.dataDir },
    });
  const connections = async () => (await app.mail.doveadm('who', '-1', person.user)).split('\n').filter((line) => line.includes('imap')).length;
  const context = await browser.newContext();
  const elsewhere = await context.newPage();
  const isOver = (one: Page) => expect(one).toHaveURL(/\/login$/, { timeout: 2_000 });

  // The administrator.
  await signIn(page, app, person.user);
  await signIn(elsewhere, there, person.user);
  expect(run()).toContain(`${person.user}\tlocalhost\tnormal\tChrome, Linux`);
  expect(await connections()).toBeGreaterThan(1);
  expect(run('end', person.user)).toBe('2 ended\n');
  await Promise.all([isOver(page), isOver(elsewhere)]);
  await expect.poll(connections, { timeout: 5_000 }).toBe(0);

  // The person, from the list of sessions on the first process, of a session on the second.
  await signIn(page, app, person.user);
  await signIn(elsewhere, there, person.user);
  await page.goto(`${app.address}/settings/sessions`);
  await page.getByRole('button', { name: 'Sign out the others' }).click();
  await isOver(elsewhere);
  expect(await replay(there, await cookieOf(context))).toBe(401);

  // Signing out of a session that is open on both.
  const sibling = await page.context().newPage();
  await sibling.goto(`${second}/mail/INBOX`);
  await expect(sibling.getByRole('status', { name: 'Connection' })).toHaveText('Live');
  await page.goto(`${app.address}/mail/INBOX`);
  const old = await cookieOf(page.context());
  expect([await replay(app, old), await replay(there, old)]).toEqual([200, 200]);
  expect(run()).toContain(person.user);
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await Promise.all([isOver(page), isOver(sibling)]);
  // Cookie and row are gone, and the cookie opens nothing any more.
  expect((await page.context().cookies()).filter(({ name }) => name === 'pipit-s')).toEqual([]);
  expect(run()).not.toContain(person.user);
  expect([await replay(app, old), await replay(there, old)]).toEqual([401, 401]);
  await expect.poll(connections, { timeout: 5_000 }).toBe(0);
  await context.close();
});

test('a kiosk is a public computer whatever is ticked', async ({ browser }) => {
  const app = await startApp({ environment: { KIOSK: '127.0.0.0/8, ::1' }, people: 1 });
  const page = await browser.newPage();
  await page.goto(`${app.address}/login`);
  const tick = page.getByRole('checkbox', { name: 'This is a shared or public computer' });
  await expect(tick).toBeChecked();
  await expect(tick).toBeDisabled();
  await page.getByRole('textbox', { name: 'Email address' }).fill('person1@example.test');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${app.address}/mail/INBOX`);
  expect((await page.context().cookies()).filter(({ expires }) => expires > 0)).toEqual([]);
  await page.getByRole('button', { name: 'Finished? Sign out' }).click();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await page.close();
  await app.stop();
});
