import { chromium } from '@playwright/test';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { password } from '#tests/e2e/start-app.ts';
import type { App } from '#tests/e2e/start-app.ts';

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
}

/** A context whose pages note when the button went down and when the first row of a document stood. */
export async function newContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', serviceWorkers: 'block' });
  await context.addInitScript(() => {
    const noted = window as unknown as { pressedAt: number; firstRowAt: number };
    const now = () => performance.timeOrigin + performance.now();
    for (const type of ['pointerdown', 'keydown']) addEventListener(type, () => (noted.pressedAt = now()), true);
    const look = () => {
      if (document.querySelector('[role=row][data-uid]')) noted.firstRowAt = now();
      else requestAnimationFrame(look);
    };
    look();
  });
  return context;
}

/** Signs in; answers milliseconds from Enter to the first frame with a row. */
export async function signInTimed(page: Page, app: App, user: string): Promise<number> {
  await page.goto(`${app.address}/login`);
  await page.getByRole('textbox', { name: 'Email address' }).fill(user);
  const field = page.getByLabel('Password');
  await field.fill(password);
  // The clock of this process and the browser's are the same machine's.
  const start = performance.timeOrigin + performance.now();
  await field.press('Enter');
  await page.waitForURL(`${app.address}/mail/INBOX`);
  return (await firstRowAt(page)) - start;
}

/** When the first row stood, in milliseconds since the epoch. */
export async function firstRowAt(page: Page): Promise<number> {
  await page.waitForFunction(() => 'firstRowAt' in window);
  return page.evaluate(() => (window as unknown as { firstRowAt: number }).firstRowAt);
}

/**
 * Begins to watch for `condition` (an expression of the page): the promise inside answers the moment, in milliseconds
 * since the epoch, of the first frame in which it held. Returned only when the page is watching.
 */
async function watchFrames(page: Page, condition: string): Promise<{ seen: Promise<number> }> {
  await page.evaluate(`window.frameSeen = new Promise((resolve) => {
    const look = () => (${condition}) ? resolve(performance.timeOrigin + performance.now()) : requestAnimationFrame(look);
    look();
  }); undefined`);
  return { seen: page.evaluate('window.frameSeen') };
}

/** The same for the DOM, whether a frame was drawn or not. */
export async function watchDom(page: Page, condition: string): Promise<{ seen: Promise<number> }> {
  await page.evaluate(`window.domSeen = new Promise((resolve) => {
    const look = () => {
      if (!(${condition})) return;
      observer.disconnect();
      resolve(performance.timeOrigin + performance.now());
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    look();
  }); undefined`);
  return { seen: page.evaluate('window.domSeen') };
}

/** Milliseconds from the button or key of `act` to the first frame in which `condition` holds. */
export async function fromPress(page: Page, act: () => Promise<void>, condition: string): Promise<number> {
  const { seen } = await watchFrames(page, condition);
  await act();
  const end = await seen;
  return end - (await pressedAt(page));
}

/** When the last button or key went down in the page, in milliseconds since the epoch. */
export async function pressedAt(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { pressedAt: number }).pressedAt);
}
