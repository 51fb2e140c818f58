import type { Browser, Page } from '@playwright/test';
import { password } from '#tests/e2e/start-app.ts';
import type { App } from '#tests/e2e/start-app.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { firstRowAt, fromPress, newContext, signInTimed } from './browser.ts';
import type { Figure } from './figures.ts';
import { openables } from './seed-account.ts';
import { rounds } from './timed.ts';

const rowItems = '(UID FLAGS MODSEQ ENVELOPE INTERNALDATE RFC822.SIZE BODYSTRUCTURE)';
const firstPosition = `Number(document.querySelector('[role=row][data-uid]')?.getAttribute('aria-rowindex'))`;

/** Signing in with an empty cache, `count` times, each in a browser context of its own. */
export async function signInFigure(browser: Browser, app: App, user: string, count: number, goal = '300'): Promise<Figure> {
  const ours: number[] = [];
  for (let round = 0; round <= count; round += 1) {
    const context = await newContext(browser);
    const page = await context.newPage();
    const time = await signInTimed(page, app, user);
    if (round > 0) ours.push(time);
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await context.close();
  }
  const raw = await rounds(count, async () => {
    const imap = await connectRawImap(app.mail.imapPort, user, password);
    const selected = await imap.command('SELECT INBOX');
    const exists = Number(/(\d+) EXISTS/.exec(selected)?.[1]);
    await imap.command(`FETCH ${Math.max(1, exists - 49)}:${exists} ${rowItems}`);
    imap.close();
  });
  return { operation: 'sign-in submitted → first row', ours, raw, goal };
}

/** What a person does in an open mailbox: milliseconds from the button or key to the first frame that shows the result. */
export async function browserFigures(page: Page, app: App, imap: RawImap, messages: number, count: number): Promise<Figure[]> {
  await imap.command('SELECT INBOX');
  const figures: Figure[] = [];
  const reloads: number[] = [];
  for (let round = 0; round < count; round += 1) {
    const start = performance.timeOrigin + performance.now();
    await page.reload({ waitUntil: 'commit' });
    reloads.push((await firstRowAt(page)) - start);
    await page.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
  }
  figures.push({ operation: 'reload → first row', ours: reloads, raw: await rounds(count, () => imap.command(`FETCH ${messages - 49}:${messages} ${rowItems}`)), goal: '200' });

  figures.push(await opened(page, imap, openables.plain, 'open plain', `document.getElementById('message')?.textContent.includes('A short text, nothing else.')`, 'BODY.PEEK[TEXT]', count, '80'));
  figures.push(await opened(page, imap, openables.newsletter, 'open 60 KB newsletter', `document.querySelector('iframe[title="Message body"]')?.contentDocument?.body?.textContent.includes('Offer 299')`, 'BODY.PEEK[TEXT]', count, '120'));
  figures.push(await opened(page, imap, openables.large, 'open 5 MB attachment', `document.getElementById('message')?.textContent.includes('The large file is attached.') && document.getElementById('message').textContent.includes('Film.mp4')`, 'BODY.PEEK[1]', count, '80'));

  await page.goto(`${app.address}/mail/INBOX`);
  await page.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
  const jumps: number[] = [];
  for (let round = 1; round <= count; round += 1) {
    const share = (0.5 + round * 0.0137) % 1;
    jumps.push(await jump(page, share));
  }
  figures.push({ operation: 'jump anywhere', ours: jumps, raw: await rounds(count, (round) => imap.command(`FETCH ${Math.floor(((0.5 + round * 0.0137) % 1) * (messages - 60)) + 1}:${Math.floor(((0.5 + round * 0.0137) % 1) * (messages - 60)) + 50} ${rowItems}`)), goal: '100' });
  await page.keyboard.press('Home');

  const first: number[] = [];
  const back: number[] = [];
  for (let round = 0; round < count; round += 1) {
    await page.goto(`${app.address}/mail/INBOX`);
    await page.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
    const goTo = (name: string) => page.locator(`[role=treeitem][data-mailbox="${name}"]`).click();
    const isAt = (name: string) => `location.pathname.endsWith(${JSON.stringify(encodeURIComponent(name))}) && document.querySelector('[role=grid] [role=row][data-uid]') && ${firstPosition} === 1 && document.querySelector('[role=grid]').getAttribute('aria-rowcount') ${name === 'INBOX' ? '===' : '!=='} '${messages}'`;
    first.push(await fromPress(page, () => goTo('Two thousand'), isAt('Two thousand')));
    back.push(await fromPress(page, () => goTo('INBOX'), isAt('INBOX')));
  }
  figures.push({ operation: 'first visit of a mailbox of 2,000', ours: first, raw: null, goal: '80' });
  figures.push({ operation: 'back to INBOX', ours: back, raw: null, goal: '17' });
  return figures;
}

async function opened(page: Page, imap: RawImap, subject: string, operation: string, condition: string, item: string, count: number, goal: string): Promise<Figure> {
  const found = await imap.command(`UID SEARCH SUBJECT "${subject}"`);
  const uid = /\* SEARCH.* (\d+)\r\n/.exec(found)?.[1];
  const ours: number[] = [];
  for (let round = 0; round <= count; round += 1) {
    await page.goto(page.url().replace(/\/mail\/.*/, '/mail/INBOX'));
    await page.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
    const row = page.locator(`[role=row][data-uid="${uid}"]`);
    await row.waitFor();
    const time = await fromPress(page, () => row.click(), condition);
    if (round > 0) ours.push(time);
  }
  return { operation, ours, raw: await rounds(count, () => imap.command(`UID FETCH ${uid} (BODYSTRUCTURE ${item})`)), goal };
}

/** As the scroll bar does: from the scroll to the first frame in which every row in view has its message. */
async function jump(page: Page, share: number): Promise<number> {
  return page.evaluate(
    (to) =>
      new Promise<number>((resolve) => {
        const grid = document.querySelector('[role=grid]');
        const area = [grid, ...(grid?.querySelectorAll('*') ?? [])].find((element) => element && element.scrollHeight > element.clientHeight * 4 && getComputedStyle(element).overflowY !== 'visible') ?? grid?.parentElement;
        if (!area) throw new Error('Nothing scrolls');
        const start = performance.now();
        area.scrollTop = (area.scrollHeight - area.clientHeight) * to;
        const look = () => {
          const box = area.getBoundingClientRect();
          const middle = [...document.querySelectorAll('[role=row][data-uid]')].filter((row) => {
            const { top, bottom } = row.getBoundingClientRect();
            return bottom > box.top && top < box.bottom;
          });
          const height = middle[0]?.getBoundingClientRect().height;
          if (height && middle.length >= Math.floor(box.height / height)) resolve(performance.now() - start);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
    share,
  );
}
