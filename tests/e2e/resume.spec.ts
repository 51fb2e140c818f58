import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { expect, signIn, test } from './fixture.ts';

const messages = ['One', 'Two', 'Three'].map((subject) => ({ raw: aMessage({ subject }), flags: ['\\Seen'] }));
const row = (page: Page, subject: string) => page.getByRole('row', { name: new RegExp(`${subject},`) });

/** From now on the page's streams can be made deaf, as lines are that died while it slept. */
async function canBeDeaf(page: Page): Promise<(isDeaf: boolean) => Promise<unknown>> {
  await page.addInitScript(() => {
    const own = window as unknown as { deafSince: number };
    own.deafSince = Infinity;
    Object.defineProperty(EventSource.prototype, 'onmessage', {
      set(this: EventSource, hear: (event: MessageEvent) => void) {
        const openedAt = performance.now();
        this.addEventListener('message', (event) => openedAt < own.deafSince && own.deafSince < Infinity || hear(event));
      },
    });
  });
  return (isDeaf) => page.evaluate((value) => Object.assign(window, { deafSince: value ? performance.now() : Infinity }), isDeaf);
}

test('a page that slept hears at once what it missed, and a mailbox that is not open when it is looked at; no list is loaded again', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/net::/);
  const deafen = await canBeDeaf(page);
  await person.device.append('INBOX', messages);
  await person.device.append('Archive', messages);
  await signIn(page, app, person.user);
  await page.getByRole('treeitem', { name: /^Archive/ }).click();
  await expect(row(page, 'Two')).toContainText('Hello.');
  await page.getByRole('treeitem', { name: /^Inbox/ }).click();
  await expect(row(page, 'Two')).toContainText('Hello.');
  await deafen(true);
  await person.device.command('SELECT INBOX');
  await person.device.command('STORE 2 +FLAGS (\\Flagged)');
  await person.device.command('SELECT Archive');
  await person.device.command('STORE 3 +FLAGS (\\Flagged)');
  const lists: string[] = [];
  page.on('request', (request) => /\/api\/messages\?/.test(request.url()) && lists.push(request.url()));
  const resumed = page.waitForRequest(/\/api\/events\?.*since=/);
  // The lid is opened an hour later: clocks went on, timers did not.
  await page.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() + 3_600_000;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await resumed;
  await expect(row(page, 'Two')).toHaveAttribute('data-flagged', 'true');
  await page.getByRole('treeitem', { name: /^Archive/ }).click();
  await expect(row(page, 'Three')).toHaveAttribute('data-flagged', 'true');
  await expect(row(page, 'Two')).toHaveAttribute('data-flagged', 'false');
  expect(lists).toEqual([]);
});

test('Refresh repairs what no change tells of, and says how much it was', async ({ page, app, person }) => {
  const deafen = await canBeDeaf(page);
  await person.device.append('INBOX', messages);
  await signIn(page, app, person.user);
  await expect(row(page, 'Two')).toContainText('Hello.');
  await deafen(true);
  // Something between here and there loses facts, and tells that nothing is missing.
  await page.route(/\/api\/messages\/changes/, async (route) => {
    const response = await route.fetch();
    const frame = (await response.json()) as { events: { type: string }[] };
    await route.fulfill({ response, json: { ...frame, events: frame.events.filter(({ type }) => type !== 'keywords-changed') } });
  });
  await person.device.command('SELECT INBOX');
  await person.device.command('STORE 1,3 +FLAGS (\\Flagged)');
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByText('2 messages were out of step and are right again')).toBeVisible();
  await expect(row(page, 'One')).toHaveAttribute('data-flagged', 'true');
  await expect(row(page, 'Three')).toHaveAttribute('data-flagged', 'true');
});
