import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './fixture.ts';

/** WCAG 2.2 AA, as far as a program can look. */
export const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** That part of the page holds to WCAG on a phone and on a desk, light and dark. Leaves the page wide and light. */
export async function expectAccessible(page: Page, within: string): Promise<void> {
  for (const [width, colorScheme] of [[390, 'dark'], [1280, 'light'], [390, 'light'], [1280, 'dark']] as const) {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).include(within).exclude('iframe').withTags(rules).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), `${width}, ${colorScheme}`).toEqual([]);
  }
  await page.setViewportSize({ width: 1280, height: 844 });
  await page.emulateMedia({ colorScheme: 'light' });
}
