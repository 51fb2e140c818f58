import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { App } from '#tests/e2e/start-app.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { fromPress, newContext, signInTimed, watchDom } from './browser.ts';
import type { Figure } from './figures.ts';
import type { Listener } from './listener.ts';
import { rounds, timed } from './timed.ts';

const now = () => performance.timeOrigin + performance.now();

export interface LiveScene {
  browser: Browser;
  context: BrowserContext;
  page: Page;
  app: App;
  user: string;
  device: RawImap;
  listener: Listener;
}

/** Own clicks on their way to the screen, to the server, to another session; and coming back after being offline. */
export async function liveFigures(scene: LiveScene, count: number): Promise<Figure[]> {
  const { browser, page, app, user, listener } = scene;
  const uids = await page.evaluate(() => [...document.querySelectorAll('[role=row][data-uid]')].map((row) => Number(row.getAttribute('data-uid'))));
  const uid = uids[6] ?? 0;
  const isStarred = (value: boolean) => `document.querySelector('[data-uid="${uid}"]')?.getAttribute('data-flagged') === '${value}'`;
  const star = page.locator(`[data-uid="${uid}"]`).getByRole('button', { name: 'Star' });
  const shown: number[] = [];
  const heard: number[] = [];
  let starred = await page.evaluate<boolean>(isStarred(true));
  for (let round = 0; round < count; round += 1) {
    starred = !starred;
    await listener.rearm();
    const told = listener.heard(/FETCH/);
    const start = now();
    shown.push(await fromPress(page, () => star.click(), isStarred(starred)));
    heard.push((await told) - start);
  }
  /** From the button in the page to the DOM of a page of another session, signed in at `address`. */
  async function across(address: string): Promise<number[]> {
    const other = await newContext(browser);
    const second = await other.newPage();
    await signInTimed(second, { ...app, address }, user);
    await second.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
    const times: number[] = [];
    for (let round = 0; round < count; round += 1) {
      starred = !starred;
      const { seen } = await watchDom(second, isStarred(starred));
      await star.click();
      const pressed = await page.evaluate(() => (window as unknown as { pressedAt: number }).pressedAt);
      times.push((await seen) - pressed);
    }
    await other.close();
    return times;
  }
  const inSession = await across(app.address);
  const inProcess = await across(await app.startAnother());
  return [
    { operation: 'star: shown', ours: shown, raw: null, goal: '17' },
    { operation: 'star: heard by a second connection', ours: heard, raw: null, goal: '530' },
    { operation: 'star in one session → another session', ours: inSession, raw: null, share: 0.95, goal: '100' },
    { operation: 'star in one session → another server process', ours: inProcess, raw: null, share: 0.95, goal: '100' },
    await resumed(scene, uid, count),
  ];
}

/** 1,000 changes while the browser is offline; from being online again to the screen. */
async function resumed({ context, page, device }: LiveScene, uid: number, count: number): Promise<Figure> {
  const status = await device.command('STATUS INBOX (MESSAGES)');
  const messages = Number(/MESSAGES (\d+)/.exec(status)?.[1]);
  const ours: number[] = [];
  const raw: number[] = [];
  for (let round = 0; round < count; round += 1) {
    const wanted = round % 2 === 0;
    await context.setOffline(true);
    await page.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Reconnecting' }).waitFor();
    const before = await device.command('STATUS INBOX (HIGHESTMODSEQ)');
    const modseq = /HIGHESTMODSEQ (\d+)/.exec(before)?.[1];
    await device.command(`STORE ${messages - 999}:${messages} ${wanted ? '+' : '-'}FLAGS.SILENT (\\Answered)`);
    const { seen } = await watchDom(page, `document.querySelector('[data-uid="${uid}"]')?.getAttribute('data-answered') === '${wanted}'`);
    const start = now();
    await context.setOffline(false);
    ours.push((await seen) - start);
    raw.push(await timed(() => device.command(`UID FETCH 1:* (UID FLAGS) (CHANGEDSINCE ${modseq})`)));
    await page.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
  }
  return { operation: 'online again after 1,000 changes → screen', ours, raw, goal: '300' };
}

/** Ten seconds of scrolling: milliseconds of each frame. */
export async function scrollFrames(page: Page): Promise<number[]> {
  return page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const grid = document.querySelector('[role=grid]');
        const frames: number[] = [];
        const start = performance.now();
        let last = start;
        const step = (at: number) => {
          frames.push(at - last);
          last = at;
          grid?.scrollBy(0, 90);
          if (at - start < 10_000) requestAnimationFrame(step);
          else resolve(frames.slice(1));
        };
        requestAnimationFrame(step);
      }),
  );
}

/** What the browser gets over the wire from the empty sign-in page to the inbox. */
export async function firstLoad(browser: Browser, app: App, user: string): Promise<string> {
  const context = await newContext(browser);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  const kinds = new Map<string, string>();
  const bytes = { all: 0, script: 0 };
  let requests = 0;
  cdp.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  cdp.on('Network.requestWillBeSent', () => (requests += 1));
  cdp.on('Network.requestServedFromCache', () => (requests -= 1));
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes.all += encodedDataLength;
    if (kinds.get(requestId) === 'Script') bytes.script += encodedDataLength;
  });
  await signInTimed(page, app, user);
  await page.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
  await rounds(1, () => page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve))));
  await context.close();
  const kilobytes = (octets: number) => (octets / 1024).toFixed(0);
  return `first load over the wire: ${kilobytes(bytes.all)} KB, of it script ${kilobytes(bytes.script)} KB, ${requests} requests (goal: 300, 220, 18)`;
}
