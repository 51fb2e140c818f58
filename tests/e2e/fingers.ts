import type { Locator, Page } from '@playwright/test';

interface Point {
  x: number;
  y: number;
}

/** A finger put down, moved through the points and lifted, as Chromium's own input, so that scrolling and cancelling are real. */
export async function drag(page: Page, points: readonly Point[]): Promise<void> {
  const [first, ...rest] = points;
  if (!first) return;
  const session = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Point[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  await send('touchStart', [first]);
  let from = first;
  for (const to of rest) {
    for (let step = 1; step <= 6; step += 1) {
      await send('touchMove', [{ x: from.x + ((to.x - from.x) * step) / 6, y: from.y + ((to.y - from.y) * step) / 6 }]);
    }
    from = to;
  }
  await send('touchEnd', []);
  await session.detach();
}

/** A finger put down and held until `isDone`, then lifted. */
export async function hold(page: Page, target: Locator, isDone: () => Promise<void>): Promise<void> {
  const at = await middleOf(target);
  const session = await page.context().newCDPSession(page);
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
  await isDone();
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await session.detach();
}

export async function middleOf(target: Locator): Promise<Point> {
  const box = await target.boundingBox();
  if (!box) throw new Error('What should be touched is not to be seen.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
