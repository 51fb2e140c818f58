import type { Page } from '@playwright/test';
import { watchDom } from '#tests/bench/browser.ts';
import { percentile } from '#tests/bench/statistics.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { expect, signIn, test } from './fixture.ts';

const star = (page: Page) => page.getByRole('row', { name: /Number 3,/ }).getByRole('button', { name: 'Star' });
const isStarred = (value: boolean) => `document.querySelector('[role=row][aria-label*="Number 3,"]')?.getAttribute('data-flagged') === '${value}'`;

test('a star on one server process shows in a page of another long before the mail server tells of it; killing one leaves the other alone', async ({ page, app, person, browser, complaints }) => {
  await person.device.append('INBOX', Array.from({ length: 5 }, (_, index) => ({ raw: aMessage({ subject: `Number ${index + 1}` }) })));
  const there = { ...app, address: await app.startAnother() };
  const context = await browser.newContext();
  const elsewhere = await context.newPage();
  await signIn(page, app, person.user);
  await signIn(elsewhere, there, person.user);
  const times: number[] = [];
  for (const value of [true, false, true, false, true]) {
    const { seen } = await watchDom(elsewhere, isStarred(value));
    const pressed = performance.timeOrigin + performance.now();
    await star(page).click();
    times.push((await seen) - pressed);
  }
  // Dovecot collects what it notifies of for 500 ms.
  expect(percentile(times, 0.5)).toBeLessThan(350);

  await star(elsewhere).click();
  await expect(star(page)).toHaveAttribute('aria-pressed', 'false'); // Seen, so nothing of its own is under way.

  complaints.expected.push(/failed:|ERR_|Failed to|50[0-9]|net::/);
  await app.kill();
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Reconnecting');
  await star(elsewhere).click();
  await expect(star(elsewhere)).toHaveAttribute('aria-pressed', 'true');
  await expect(elsewhere.getByRole('status', { name: 'Connection' })).toHaveText('Live');
  await app.revive();
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live', { timeout: 40_000 });
  await expect(star(page)).toHaveAttribute('aria-pressed', 'true');
  // Linked anew.
  const { seen } = await watchDom(page, isStarred(false));
  await star(elsewhere).click();
  await seen;
  await context.close();
});
