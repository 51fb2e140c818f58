import type { Page } from '@playwright/test';
import { expect } from './fixture.ts';

/** Presses Tab until something of this role and name has the focus. */
export async function tabTo(page: Page, name: RegExp, most = 60): Promise<void> {
  const said: string[] = [];
  for (let press = 0; press < most; press += 1) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    said.push(now);
    if (name.test(now)) return;
  }
  throw new Error(`Tab never came to ${name}: ${said.join(' | ')}`);
}

/** The role and name of what has the focus, and that it can be seen. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return 'nothing';
    const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])].map(({ textContent }) => textContent).join(' ') : '';
    const labelledBy = document.getElementById(element.getAttribute('aria-labelledby') ?? '')?.textContent ?? '';
    const name = element.ariaLabel || labelledBy || labels || element.textContent || element.title;
    return `${element.role ?? element.tagName.toLowerCase()} ${name}${element.checkVisibility() ? '' : ' (unseen)'}`.replace(/\s+/g, ' ').trim().slice(0, 80);
  });
}

/** Goes once around by Tab; the focus is always on something, and comes back to where it was. */
export async function isNoTrap(page: Page): Promise<void> {
  const start = await page.evaluate(() => {
    document.activeElement?.setAttribute('data-start', '');
    return document.activeElement !== document.body;
  });
  expect(start).toBe(true);
  for (let press = 0; press < 150; press += 1) {
    await page.keyboard.press('Tab');
    expect(await focused(page)).not.toContain('(unseen)');
    if (await page.evaluate(() => document.activeElement?.hasAttribute('data-start') === true)) {
      await page.evaluate(() => document.querySelector('[data-start]')?.removeAttribute('data-start'));
      return;
    }
  }
  throw new Error('Tab never came back');
}

/** Presses a key again and again from the first instant of the next page on, until a command has heard it. */
export async function pressAtOnce(page: Page, key: string): Promise<void> {
  await page.addInitScript((pressed) => {
    if (sessionStorage.getItem('pressed at once')) return;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const press = new KeyboardEvent('keydown', { key: pressed, bubbles: true, cancelable: true });
      (document.body ?? document).dispatchEvent(press);
      if (press.defaultPrevented) sessionStorage.setItem('pressed at once', pressed);
      else port2.postMessage(null);
    };
    port2.postMessage(null);
  }, key);
}
