import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { body, composer, send, startLetter } from './compose-fixture.ts';
import { rules } from './accessible.ts';
import { expect, signIn, test } from './fixture.ts';


/** Light, dark and right to left, wide and on the phone: nothing that a machine can find, and nothing wider than the screen. */
async function audit(page: Page, name: string): Promise<void> {
  for (const [width, height] of [[1280, 800], [390, 844]] as const) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      // Colours are the same on every side and size.
      for (const direction of colorScheme === 'light' ? ['ltr', 'rtl'] : width === 1280 ? ['ltr'] : []) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.evaluate((dir) => (document.documentElement.dir = dir), direction);
        const axe = new AxeBuilder({ page }).withTags(rules).exclude('[data-base-ui-focus-guard]').disableRules('label-content-name-mismatch');
        const { violations } = await axe.analyze();
        const where = `${name}-${width}-${colorScheme}-${direction}`;
        if (process.env.LOOK) await page.screenshot({ path: `.data/looks/${where}.png` });
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), where).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), where).toBeLessThanOrEqual(0);
      }
    }
  }
  await page.evaluate(() => (document.documentElement.dir = 'ltr'));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 800 });
}

const bounce = [
  'From: MAILER-DAEMON@example.test', 'Subject: Undelivered', 'Date: Mon, 23 Nov 2026 10:00:00 +0000', 'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary=x', '',
  '--x', 'Content-Type: text/plain', '', 'Sorry.', '--x', 'Content-Type: message/delivery-status', '',
  'Reporting-MTA: dns; mx.else.test', '', 'Final-Recipient: rfc822; somebody-with-a-rather-long-name@a-domain-that-is-long.example.test', 'Action: failed', 'Status: 5.1.1', 'Diagnostic-Code: smtp; 550 5.1.1 no such user here', '',
  'Final-Recipient: rfc822; fine@else.test', 'Action: delivered', 'Status: 2.0.0', '', '--x--', '',
].join('\r\n');

test('a bounce holds to WCAG in light, dark, on the phone and right to left', async ({ page, app, person }) => {
  test.setTimeout(120_000);
  await person.device.append('INBOX', [{ raw: Buffer.from(bounce) }]);
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /Undelivered/ }).click();
  await expect(page.getByRole('list', { name: 'Delivery' }).or(page.getByText('somebody-with-a-rather-long-name')).first()).toBeVisible();
  await audit(page, 'bounce');
});

test('identity, template and their lists hold to WCAG in light, dark, on the phone and right to left', async ({ page, app, person }) => {
  test.setTimeout(180_000);
  await person.device.command('CREATE Templates');
  await person.device.append('Templates', [{ raw: aMessage({ subject: 'A template with a name that goes on for quite a while, as names do', html: '<p>x</p>' }) }]);
  await signIn(page, app, person.user);
  await page.goto(`${app.address}/settings/writing`);
  await expect(page.getByText('A template with a name')).toBeVisible();
  await audit(page, 'settings');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Address you write from' });
  await dialog.getByRole('textbox', { name: 'Signature' }).fill('Ann Lee');
  await audit(page, 'identity');
  const [field, form] = [await dialog.getByRole('textbox', { name: 'Signature' }).boundingBox(), await dialog.boundingBox()];
  expect(field?.width).toBeGreaterThan((form?.width ?? 0) * 0.85);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Edit A template/ }).click();
  await expect(page.getByRole('dialog', { name: 'Template' }).getByRole('textbox', { name: 'Text' })).toHaveText('x');
  await audit(page, 'template');
});

test('outbox, choosers, emoji and signing in again hold to WCAG in light, dark, on the phone and right to left', async ({ page, app, person, context, complaints }) => {
  test.setTimeout(240_000);
  complaints.expected.push(/401/);
  await signIn(page, app, person.user);
  await startLetter(page, { to: 'nobody@example.test', subject: 'A subject that is so long that it has to be cut off somewhere, wherever that may be' });
  await body(page).fill('Hello');
  await send(page);
  await page.getByRole('button', { name: /^Outbox,/ }).click();
  await page.getByRole('button', { name: 'Send now' }).click();
  await expect(page.getByRole('dialog', { name: 'Outbox' })).toContainText('Not sent.');
  await audit(page, 'outbox');
  await page.keyboard.press('Escape');
  await startLetter(page, { to: person.user, subject: 'Choosers' });
  await composer(page).getByRole('button', { name: 'Emoji' }).click();
  await page.getByRole('combobox', { name: 'Search emoji' }).fill('cat'); // All of them take the audit minutes.
  await expect(page.getByRole('option').first()).toBeVisible();
  await audit(page, 'emoji');
  await page.keyboard.press('Escape');
  await composer(page).getByRole('button', { name: 'More options' }).click();
  await page.getByRole('menuitem', { name: 'Save as template' }).click();
  await expect(page.getByRole('dialog', { name: 'Save as template' })).toBeVisible();
  await audit(page, 'save-template');
  await page.keyboard.press('Escape');
  await context.clearCookies({ name: 'pipit-s' });
  await body(page).fill('After the end');
  await expect(page.getByRole('dialog', { name: 'Sign in again' })).toBeVisible();
  await audit(page, 'session-over');
});
