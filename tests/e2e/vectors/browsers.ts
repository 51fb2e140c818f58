import type { Browser } from '@playwright/test';
import { startFirefox } from '#tests/support/firefox.ts';
import type { RecordingProxy } from '#tests/support/recording-proxy.ts';

/** A tab of a browser whose every request beyond loopback goes through a proxy that writes it down. */
export interface Tab {
  open(address: string): Promise<void>;
  /** What an expression of JavaScript answers; waits for promises. */
  evaluate<T>(expression: string): Promise<T>;
  /** Lays the page out for paper. */
  print(): Promise<void>;
  dialogs: string[];
  close(): Promise<void>;
}

export const browserNames = ['Chromium', 'Firefox'] as const;

/** A new tab of that browser; Playwright's own Chromium, or Debian's Firefox with a profile of its own. */
export async function openTab(name: (typeof browserNames)[number], chromium: Browser, { port }: RecordingProxy): Promise<Tab> {
  if (name === 'Firefox') {
    const firefox = await startFirefox({ proxyPort: port });
    return { ...(await firefox.newTab()), dialogs: firefox.dialogs, close: firefox.close };
  }
  const context = await chromium.newContext({ proxy: { server: `http://127.0.0.1:${port}`, bypass: 'localhost,127.0.0.1' } });
  const page = await context.newPage();
  const dialogs: string[] = [];
  context.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  return {
    dialogs,
    async open(address) {
      await page.goto(address);
    },
    evaluate: (expression) => page.evaluate(expression),
    async print() {
      await page.pdf();
    },
    close: () => context.close(),
  };
}
