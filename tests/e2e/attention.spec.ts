import type { Page } from '@playwright/test';
import { expect, signIn, test } from './fixture.ts';

test('a page says when it is hidden and when it is seen again; how often to look can be chosen', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  for (const [state, attention] of [['hidden', 'unseen'], ['visible', 'seen']] as const) {
    const said = page.waitForRequest(/\/api\/attention$/);
    await show(page, state);
    const request = await said;
    expect(request.postDataJSON()).toMatchObject({ attention });
    expect((await request.response())?.ok()).toBe(true);
  }
  await page.goto(`${app.address}/settings/reading`);
  const choice = page.getByRole('group', { name: 'Look for new mail' }).getByRole('radio', { name: 'Every 5 minutes' });
  const saved = page.waitForResponse((response) => response.request().method() === 'POST' && response.url().includes('/settings'));
  await choice.check();
  await saved;
  await page.reload();
  await expect(choice).toBeChecked();
});

/** What a browser does when another tab covers this one, which a headless one never does. */
async function show(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}
