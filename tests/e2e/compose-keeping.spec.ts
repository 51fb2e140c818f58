import { arrived, body, composer, startLetter } from './compose-fixture.ts';
import { expect, signIn, test } from './fixture.ts';

test('a reload, and a tab that was closed, bring every word and file back', async ({ page, app, person, context }) => {
  await signIn(page, app, person.user);
  await startLetter(page, { to: person.user, subject: 'Precious' });
  await body(page).fill('Every word');
  await composer(page).locator('input[type=file]').setInputFiles([{ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('A') }]);
  await expect(composer(page).getByRole('status').filter({ hasText: /Saved \d/ })).toBeVisible();
  await page.reload();
  await expect(body(page)).toHaveText('Every word');
  await expect(composer(page).getByRole('button', { name: 'Remove a.txt' })).toBeVisible();
  await page.close();
  const next = await context.newPage();
  await next.goto(`${app.address}/mail/INBOX`);
  await expect(body(next)).toHaveText('Every word');
});

test('without a line the words stay here and say so, also through a reload, and are saved when it is back', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load|failed:/);
  await signIn(page, app, person.user);
  await startLetter(page, { to: person.user, subject: 'Tunnel' });
  await body(page).fill('Before');
  await expect(composer(page).getByRole('status').filter({ hasText: /Saved \d/ })).toBeVisible();
  await page.route('**/api/drafts', (route) => route.abort('internetdisconnected'));
  await body(page).fill('Written in the tunnel');
  await expect(composer(page).getByRole('status').filter({ hasText: /Not saved: The mail server can/ })).toBeVisible();
  await page.reload();
  await expect(body(page)).toHaveText('Written in the tunnel');
  await page.unroute('**/api/drafts');
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect(composer(page).getByRole('status').filter({ hasText: /Saved \d/ })).toBeVisible();
  const { email } = await arrived(person.device, 'Drafts', 1);
  expect(email.text).toContain('Written in the tunnel');
});

test('two devices on one draft are told, and nothing is overwritten in silence', async ({ page, app, person, browser }) => {
  await signIn(page, app, person.user);
  await startLetter(page, { to: person.user, subject: 'Shared' });
  await body(page).fill('Here');
  await expect(composer(page).getByRole('status').filter({ hasText: /Saved \d/ })).toBeVisible();
  const other = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await signIn(other, app, person.user);
  await other.getByRole('treeitem', { name: 'Drafts' }).click();
  await other.getByRole('row', { name: /Shared/ }).click();
  await expect(body(other)).toHaveText('Here');
  await body(other).fill('There');
  await expect(composer(other).getByRole('status').filter({ hasText: /Saved \d/ })).toBeVisible();
  await body(page).fill('Here, later');
  await expect(composer(page).getByRole('alert')).toContainText('also changed elsewhere');
  expect((await arrived(person.device, 'Drafts', 1)).email.text).toContain('There');
  await composer(page).getByRole('button', { name: 'Keep this one' }).click();
  await expect(composer(page).getByRole('status').filter({ hasText: /Saved \d/ })).toBeVisible();
  await expect.poll(async () => (await arrived(person.device, 'Drafts', 1)).email.text).toContain('Here, later');
  await other.context().close();
});
