import { execFileSync } from 'node:child_process';
import type { BrowserContext, Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import { expect, signIn, test as base } from './fixture.ts';
import { password, startApp } from './start-app.ts';
import type { App } from './start-app.ts';

// What takes minutes in life takes seconds here.
const test = base.extend<object, { app: App }>({
  app: [
    async ({}, use) => {
      const app = await startApp({ environment: { PUBLIC_SESSION_CLOSED: '20' } });
      await use(app);
      await app.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

async function signInOnPublicComputer(page: Page, app: App, user: string): Promise<void> {
  await page.goto(`${app.address}/login`);
  await page.getByRole('textbox', { name: 'Email address' }).fill(user);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('checkbox', { name: 'This is a shared or public computer' }).check();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${app.address}/mail/INBOX`);
}

async function statusOf(app: App, context: BrowserContext): Promise<number> {
  const header = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  return replay(app, header);
}

async function replay(app: App, cookie: string): Promise<number> {
  return (await fetch(`${app.address}/api/session`, { headers: { cookie } })).status;
}

test('checks 51 and 52: whoever is gone from a public computer is asked, then signed out; a session ends on time though its page keeps asking', async ({ browser }) => {
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
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
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

test('check 47: the administrator ends a session on every server process, and its connections go', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/401/);
  const second = await app.startAnother();
  await signIn(page, app, person.user);
  await page.goto(`${second}/mail/INBOX`);
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live');
  const run = (...words: string[]) =>
    execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'server/admin-sessions.ts', ...words], {
      encoding: 'utf8',
      env: { ...process.env, DATA_DIR: app.dataDir },
    });
  expect(run()).toContain(`${person.user}\tlocalhost\tnormal\tChrome, Linux`);
  expect(run('end', person.user)).toBe('1 ended\n');
  await expect(page).toHaveURL(`${second}/login`, { timeout: 2_000 });
  person.device.close();
  await expect.poll(() => app.mail.doveadm('who', person.user), { timeout: 5_000 }).not.toContain('imap');
});

test('closing the last page of a public computer ends the session, a reload does not', async ({ page, app, person, context, complaints }) => {
  complaints.expected.push(/401/);
  await signInOnPublicComputer(page, app, person.user);
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live');
  await page.reload();
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live');
  expect(await statusOf(app, context)).toBe(200);
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  await page.close();
  await expect.poll(() => replay(app, cookie), { timeout: 30_000 }).toBe(401);
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
