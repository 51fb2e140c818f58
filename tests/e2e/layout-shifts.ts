import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** What moved, in words, one line per entry. */
    shifts: string[];
  }
}

/**
 * Notes what moved on its own (layout-shift entries, W3C Layout Instability) on every page from now on; what follows within half a second of
 * an input is left out by the browser itself. The answer is empty for a page on which nothing jumped.
 */
export async function watchShifts(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    window.shifts = [];
    const place = ({ x, y, width, height }: DOMRectReadOnly) => `${x},${y} ${width}×${height}`;
    new PerformanceObserver((list) => {
      // The lib has no type for them.
      const entries = list.getEntries() as (PerformanceEntry & {
        hadRecentInput: boolean;
        sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
      })[];
      for (const { hadRecentInput, sources } of entries) {
        if (hadRecentInput) continue;
        for (const { node, previousRect, currentRect } of sources) {
          const name = node instanceof Element ? node.outerHTML.slice(0, 160) : (node?.textContent ?? 'gone');
          window.shifts.push(`${name} from ${place(previousRect)} to ${place(currentRect)}`);
        }
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () => page.evaluate(() => window.shifts);
}
