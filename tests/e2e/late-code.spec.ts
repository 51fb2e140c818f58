import type { Page, Route } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { body, composer, startLetter } from './compose-fixture.ts';
import { expect, signIn, test } from './fixture.ts';
import { signInOnPublicComputer } from './public-fixture.ts';
import { password } from './start-app.ts';
import type { App } from './start-app.ts';

test('what is opened while the line is gone waits without harm, is put away by Escape, and opens by itself when the line is back', async ({ page, app, person, context, complaints }) => {
  complaints.expected.push(/^failed:|^console: Failed to load resource/);
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Budget' }) }]);
  await person.device.command('CREATE Plans');
  await signIn(page, app, person.user);
  const cut = await cutOff(page, app, '/mail/INBOX', (route) => route.abort('internetdisconnected'));
  const row = page.getByRole('row', { name: /Budget,/ });
  const folder = page.getByRole('treeitem', { name: /^Plans/ });
  const dialog = (name: string) => page.getByRole('dialog', { name });
  const cases = [
    { ask: () => row.click({ button: 'right' }), opened: page.getByRole('menu') },
    { ask: () => page.getByRole('button', { name: 'Search options' }).press('Enter'), opened: dialog('Search options') },
    { ask: () => folder.press('F2'), opened: dialog('Rename Plans') },
    { ask: () => row.press('v'), opened: dialog('Move to…') },
  ];
  for (const { ask, opened } of cases) {
    cut.begin();
    await page.goto(`${app.address}/mail/INBOX`);
    await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live');
    await context.setOffline(true);
    await ask();
    await expect(waits(page)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(waits(page)).toBeHidden();
    await ask();
    await expect(waits(page)).toBeVisible();
    await expect(row).toBeVisible();
    cut.end();
    await context.setOffline(false);
    await expect(opened).toBeVisible();
    await expect(waits(page)).toBeHidden();
    await page.keyboard.press('Escape');
    await expect(opened).toBeHidden();
  }

  cut.begin();
  await page.goto(`${app.address}/settings/reading`);
  await expect(page.getByRole('heading', { name: 'Reading' })).toBeVisible();
  await context.setOffline(true);
  await page.getByRole('link', { name: 'Labels' }).click();
  await expect(waits(page)).toBeVisible();
  cut.end();
  await context.setOffline(false);
  await expect(page.getByRole('textbox', { name: 'New label' })).toBeVisible();
});

test('what is typed for signing in before the page is alive stays, and is not sent until it is', async ({ page, app, person }) => {
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  await page.route('**/_next/static/chunks/*.js', async (route) => held.then(() => route.continue()));
  await page.goto(`${app.address}/login`, { waitUntil: 'commit' });
  const address = page.getByRole('textbox', { name: 'Email address' });
  const secret = page.getByLabel('Password');
  await address.fill(person.user);
  await secret.fill(password);
  await secret.press('Enter');
  const button = page.getByRole('button', { name: 'Sign in' });
  await expect(button).toBeDisabled();
  release();
  await expect(button).toBeEnabled();
  await expect(address).toHaveValue(person.user);
  await secret.press('Enter');
  await page.waitForURL(`${app.address}/mail/INBOX`);
});

test('a page of an older build says so wherever its code or an action is gone; a draft stays over loading it again', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/^404: \S+\/_next\/static\/chunks\/|^4\d\d: \S+\/settings\/appearance$|^console: Failed to load resource/);
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Budget' }) }]);
  await signIn(page, app, person.user);
  const cut = await cutOff(page, app, '/mail/INBOX', (route) => route.fulfill({ status: 404, body: 'Not Found' }));
  const older = await olderBuild(page, app);
  await page.goto(`${app.address}/mail/INBOX`);
  const updated = page.getByRole('status').filter({ hasText: 'Pipit was updated. Load the page again when it suits you' });
  await expect(updated).toBeVisible();
  await startLetter(page, { to: 'ann@example.test', subject: 'Still here' });
  await body(page).fill('Every word');
  cut.begin();

  await page.getByRole('button', { name: 'Search options' }).press('Enter');
  const needed = page.getByRole('status').filter({ hasText: 'To open this, load the page again' });
  await expect(needed).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(needed).toBeHidden();
  // Acts go by routes, which know no builds.
  await page.getByRole('row', { name: /Budget,/ }).getByRole('button', { name: 'Star' }).click();
  await expect.poll(() => person.device.command('STATUS INBOX (MESSAGES)').then(() => flags(person.device))).toContain('\\Flagged');

  cut.end();
  await older.end();
  await updated.getByRole('button', { name: 'Load again' }).click();
  await expect(composer(page).getByRole('textbox', { name: 'Subject' })).toHaveValue('Still here');
  await expect(body(page)).toHaveText('Every word');
  await expect(updated).toBeHidden();

  // An action that this server does not know: what another build calls it.
  await page.route('**/settings/appearance', (route) => {
    const headers = route.request().headers();
    return route.continue(headers['next-action'] ? { headers: { ...headers, 'next-action': '0'.repeat(42) } } : {});
  });
  await page.goto(`${app.address}/settings/appearance`);
  await page.getByRole('radio', { name: 'Dark' }).click(); // Taken back at once.
  await expect(page.getByText('That change was not made. Pipit was updated meanwhile.')).toBeVisible();
  await expect(updated.getByRole('button', { name: 'Load again' })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Dark' })).not.toBeChecked();
});

test('on a shared computer, where nothing is kept over a page, one of an older build stays until the server has every word', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/^failed: \S+\/api\/drafts$|^console: Failed to load resource/);
  await signInOnPublicComputer(page, app, person.user);
  await olderBuild(page, app);
  await page.goto(`${app.address}/mail/INBOX`);
  await startLetter(page, { to: 'ann@example.test', subject: 'Still here' });
  await page.route('**/api/drafts', (route) => route.abort());
  await body(page).fill('Every word');
  const loadAgain = page.getByRole('status').filter({ hasText: 'Pipit was updated.' }).getByRole('button', { name: 'Load again' });
  await loadAgain.click();
  await expect(page.getByText('Not yet: the server does not have all you wrote.')).toBeVisible();
  await expect(body(page)).toHaveText('Every word');
  await page.unroute('**/api/drafts');
  const loaded = page.waitForEvent('load');
  await loadAgain.click();
  await loaded;
  await person.device.command('EXAMINE Drafts');
  expect(await person.device.command('FETCH 1:* (BODY.PEEK[TEXT])')).toContain('Every word');
});

test('a page of an older build that nobody looks at loads itself again, but not over a draft, and only once', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/Blocked script execution in '\S+\/mail-frame'/); // Playwright's own clock.
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Budget' }) }]);
  await signIn(page, app, person.user);
  await olderBuild(page, app);
  await page.clock.install();
  await page.goto(`${app.address}/mail/INBOX`);
  const updated = page.getByText('Pipit was updated.');
  await expect(updated).toBeVisible();
  let loads = 0;
  page.on('load', () => (loads += 1));

  await startLetter(page, { to: 'ann@example.test', subject: 'Draft' });
  await show(page, 'hidden');
  await page.clock.runFor(75_000);
  expect(loads).toBe(0);
  await show(page, 'visible');
  await composer(page).getByRole('button', { name: 'Discard draft' }).click();
  await expect(composer(page)).toBeHidden();
  await page.getByRole('row', { name: /Budget,/ }).focus();

  await show(page, 'hidden');
  const loaded = page.waitForEvent('load');
  await page.clock.runFor(75_000);
  await loaded;
  await expect(updated).toBeVisible();
  await show(page, 'hidden');
  await page.clock.runFor(75_000);
  expect(loads).toBe(1);
});

const waits = (page: Page) => page.getByRole('status').filter({ hasText: 'Waits for the connection' });

async function flags(device: { command(text: string): Promise<string> }): Promise<string> {
  await device.command('EXAMINE INBOX');
  return device.command('FETCH 1 (FLAGS)');
}

/** From `begin` to `end` no script comes but those that the pages name themselves. */
async function cutOff(page: Page, app: App, path: string, refuse: (route: Route) => Promise<void>) {
  const named = new Set<string>();
  for (const address of [path, '/settings/reading']) {
    const html = await (await page.request.get(app.address + address)).text();
    for (const [found] of html.matchAll(/\/_next\/static\/chunks\/[\w.~-]+/g)) named.add(found);
  }
  let isCut = false;
  await page.route('**/_next/static/chunks/**', (route) => (isCut && !named.has(new URL(route.request().url()).pathname) ? refuse(route) : route.continue()));
  return { begin: () => void (isCut = true), end: () => void (isCut = false) };
}

/** Pages come as an older build drew them, until `end`. */
async function olderBuild(page: Page, app: App) {
  const { build } = (await (await page.request.get(`${app.address}/healthz`)).json()) as { build: string };
  const pattern = '**/mail/INBOX';
  await page.route(pattern, async (route) => {
    if (route.request().resourceType() !== 'document') return route.continue();
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll(build, 'an-older-build') });
  });
  return { end: () => page.unroute(pattern) };
}

/** What a browser does when another tab covers this one, which a headless one never does. */
async function show(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}
