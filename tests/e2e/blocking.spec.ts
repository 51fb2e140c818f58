import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { arrived } from './compose-fixture.ts';
import { rules } from './accessible.ts';
import { expect, signIn, test } from './fixture.ts';
import { freePort } from '#tests/support/mail-server/free-port.ts';
import { managesieveConfig } from '#tests/support/mail-server/managesieve-config.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import { deliver } from '#tests/support/mail-server/start-submission.ts';
import { startApp } from './start-app.ts';
import type { App } from './start-app.ts';

const message = (page: Page) => page.getByRole('region', { name: 'Message' });
const pest = { from: 'Pest <Pest@Ads.test>', html: '<p>Buy now</p><img src="https://pictures.invalid/a.png" width=300>' };

test('a blocked sender is shown folded and without pictures, what comes goes to Spam, and it is taken back', async ({ page, app, person }) => {
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Friendly', from: 'Ann <ann@else.test>' }) }, { raw: aMessage({ subject: 'First ad', ...pest }) }]);
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /First ad/ }).click();
  await expect(message(page).getByRole('button', { name: 'Load remote images' })).toBeVisible();
  await message(page).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Block sender' }).click();
  await expect(page.getByText('Blocked pest@ads.test. New messages from there go to Spam.', { exact: true })).toBeVisible();
  await expect(message(page).getByRole('note')).toContainText('You blocked pest@ads.test.');
  await expect(page.locator('iframe[title="Message body"]')).toHaveCount(0);
  await message(page).getByRole('button', { name: 'Show message' }).click();
  await expect(page.frameLocator('iframe[title="Message body"]').getByText('Buy now')).toBeVisible();
  await expect(message(page).getByText(/1 remote image is not loaded/)).toBeVisible();
  await expect(message(page).getByRole('button', { name: 'Load remote images' })).toHaveCount(0);

  // What was there stays; what comes goes.
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Second ad', ...pest }) }, { raw: aMessage({ subject: 'Second friendly', from: 'Ann <ann@else.test>' }) }]);
  const { raw } = await arrived(person.device, 'Junk', 1);
  expect(raw).toContain('Second ad');
  expect(await person.device.command('FETCH 1 (FLAGS)')).toContain('$Junk');
  await expect(page.getByRole('row', { name: /Second friendly/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Second ad/ })).toHaveCount(0);
  await expect(page.getByRole('row', { name: /First ad/ })).toBeVisible();

  await page.goto(`${app.address}/settings/reading`);
  const list = page.getByRole('list', { name: 'Blocked senders' });
  await expect(list.getByRole('listitem')).toHaveText(/pest@ads\.test/);
  // Until the page's scripts have come nothing hears a click.
  await expect(async () => {
    await list.getByRole('button', { name: 'Unblock pest@ads.test' }).click({ timeout: 1_000 });
    await expect(page.getByText('Nobody is blocked.')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await list.getByRole('button', { name: 'Unblock pest@ads.test' }).click();
  await expect(page.getByText('Nobody is blocked.')).toBeVisible();
  await page.goto(`${app.address}/mail/INBOX`);
  await page.getByRole('row', { name: /First ad/ }).click();
  await expect(page.frameLocator('iframe[title="Message body"]').getByText('Buy now')).toBeVisible();
});

test('what a blocked sender wrote while nobody was signed in goes to Spam at the next sign-in', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/401/); // Signed out.
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'First ad', ...pest }) }]);
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /First ad/ }).click();
  await message(page).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Block sender' }).click();
  await expect(message(page).getByRole('note')).toContainText('You blocked pest@ads.test.');
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Second ad', ...pest }) }]);
  await signIn(page, app, person.user);
  expect((await arrived(person.device, 'Junk', 1)).raw).toContain('Second ad');
  await expect(page.getByRole('row', { name: /Second ad/ })).toHaveCount(0);
  await expect(page.getByRole('row', { name: /First ad/ })).toBeVisible();
});

test.describe('where the mail server takes rules', () => {
  let ruled: App;
  test.beforeAll(async () => {
    const port = await freePort();
    const environment = { SIEVE_HOST: '127.0.0.1', SIEVE_PORT: `${port}`, SIEVE_SECURITY: 'none' };
    ruled = await startApp({ people: 3, extraConfig: managesieveConfig(port), environment });
  });
  test.afterAll(() => ruled.stop());

  test('what a blocked sender writes goes to Spam with nobody signed in, and the settings say so', async ({ page, complaints }) => {
    complaints.expected.push(/401/); // Signed out.
    const user = 'person1@example.test';
    const device = await connectRawImap(ruled.mail.imapPort, user, 'kingfisher');
    await device.append('INBOX', [{ raw: aMessage({ subject: 'First ad', ...pest }) }]);
    await signIn(page, ruled, user);
    await page.getByRole('row', { name: /First ad/ }).click();
    await message(page).getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Block sender' }).click();
    await expect(message(page).getByRole('note')).toContainText('You blocked pest@ads.test.');
    await expect.poll(() => ruled.mail.doveadm('sieve', 'list', '-u', user)).toMatch(/pipit.*ACTIVE/);
    await page.goto(`${ruled.address}/settings/reading`);
    await expect(page.getByText(/goes to Spam, also while you are signed out/)).toBeVisible();
    await page.context().clearCookies();
    await page.goto('about:blank');
    await deliver(ruled.mail.lmtpPort, 'pest@ads.test', [user], aMessage({ subject: 'Second ad', ...pest }));
    expect((await arrived(device, 'Junk', 1)).raw).toContain('Second ad');
    expect(await device.command('STATUS INBOX (MESSAGES)')).toContain('MESSAGES 1');
    device.close();
  });
});

test('somebody new is told of once, quietly: never of lists, colleagues, and people one wrote to or heard from', async ({ page, app, person }) => {
  await person.device.append('INBOX', [
    { raw: aMessage({ subject: 'New', from: 'New <new@somewhere.test>' }) },
    { raw: aMessage({ subject: 'Again', from: 'Ann <ANN@else.test>' }) },
    { raw: aMessage({ subject: 'Colleague', from: 'Bo <bo@example.test>' }) },
    { raw: aMessage({ subject: 'Letter', from: 'List <list@lists.test>', headers: { 'List-Id': '<letter.lists.test>' } }) },
    { raw: aMessage({ subject: 'Answered', from: 'Cy <cy@wrote.test>' }) },
  ]);
  await person.device.append('Archive', [{ raw: aMessage({ from: 'Ann <ann@else.test>' }) }]);
  await person.device.append('Sent', [{ raw: aMessage({ from: person.user, to: 'Cy <cy@wrote.test>' }) }]);
  await signIn(page, app, person.user);
  const word = message(page).getByText('First message from this address');
  const asked = (subject: string) => {
    const answer = page.waitForResponse(/\/first\?/);
    return page.getByRole('row', { name: new RegExp(`, ${subject},`) }).click().then(() => answer).then((response) => response.json());
  };
  expect(await asked('New')).toEqual({ isFirst: true });
  await expect(word).toBeVisible();
  for (const subject of ['Again', 'Colleague', 'Letter', 'Answered']) {
    expect(await asked(subject), subject).toEqual({ isFirst: false });
    await expect(word).toHaveCount(0);
  }
});

test('phishing is not reported where nobody is named', async ({ page, app, person }) => {
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Your account' }) }]);
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /Your account/ }).click();
  await message(page).getByRole('button', { name: 'More' }).click();
  await expect(page.getByRole('menuitem', { name: 'Block sender' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: /Report phishing/ })).toHaveCount(0);
});

test.describe('where the administrator names somebody', () => {
  let named: App;
  test.beforeAll(async () => {
    named = await startApp({ people: 3, environment: { PHISHING_REPORT_ADDRESS: 'person2@example.test' } });
  });
  test.afterAll(() => named.stop());

  test('phishing goes there whole, as an attachment, and then to Spam', async ({ page }) => {
    const device = await connectRawImap(named.mail.imapPort, 'person1@example.test', 'kingfisher');
    const security = await connectRawImap(named.mail.imapPort, 'person2@example.test', 'kingfisher');
    await device.append('INBOX', [{ raw: aMessage({ subject: 'Your account', from: 'Bank <bank@evil.test>', headers: { 'X-Origin': 'somewhere' }, text: 'Sign in here' }) }]);
    await signIn(page, named, 'person1@example.test');
    await page.getByRole('row', { name: /Your account/ }).click();
    await message(page).getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: /Report phishing/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Report phishing?' });
    await expect(dialog).toContainText('person2@example.test');
    await dialog.getByRole('button', { name: 'Report' }).click();
    await expect(page.getByText('Reported. The message is in Spam.')).toBeVisible();
    const { raw, email } = await arrived(security, 'INBOX', 1);
    expect(email.from?.address).toBe('person1@example.test');
    expect(raw).toMatch(/Content-Type: message\/rfc822/i);
    expect(raw).toContain('X-Origin: somewhere');
    await arrived(device, 'Junk', 1);
    const flags = await device.command('FETCH 1 (FLAGS)');
    expect(flags).toContain('$Phishing');
    expect(flags).toContain('$Junk');
    device.close();
    security.close();
  });
});

test('what is said of a sender and of pictures holds to WCAG, wide and narrow, light and dark', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/Blocked script execution/); // The checker would look into the mail frame.
  const html = '<p>News</p><img src="https://pictures.invalid/a.png" width=300><img src="https://shop.us1.list-manage.com/track/open.php?u=1">';
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'News', from: 'Shop <news@shop.test>', html, headers: { 'Authentication-Results': 'mx.example.test; dmarc=pass' } }) }]);
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /News/ }).click();
  await expect(message(page).getByText('First message from this address')).toBeVisible();
  await expect(message(page).getByText('1 tracking picture (Mailchimp) was not loaded.')).toBeVisible();
  const check = async () => {
    const { violations } = await new AxeBuilder({ page }).include('#message article').exclude('iframe').withTags(rules).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html: markup }) => markup).join(' ')}`)).toEqual([]);
  };
  for (const [colorScheme, width] of [['light', 1280], ['dark', 390]] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    await check();
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await message(page).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Block sender' }).click();
  await expect(message(page).getByRole('note')).toContainText('You blocked');
  await check();
});
