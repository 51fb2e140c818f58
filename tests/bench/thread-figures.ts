import type { Browser, Page } from '@playwright/test';
import { password } from '#tests/e2e/start-app.ts';
import type { App } from '#tests/e2e/start-app.ts';
import { aLetter } from '#tests/support/mail-server/a-letter.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { firstRowAt, newContext, signInTimed, watchDom } from './browser.ts';
import type { Figure } from './figures.ts';
import { signInByHttp } from './sign-in.ts';
import { rounds } from './timed.ts';

/** Messages of each conversation; its letters stand a day apart from each other in the mailbox. */
const perThread = 5;
const batch = 5_000;

/** Conversations in a mailbox of their own size: asked of our server beside the bare UID THREAD, and in the browser until all is folded. */
export async function threadFigures(browser: Browser, app: App, user: string, size: number, count: number): Promise<Figure[]> {
  const imap = await connectRawImap(app.mail.imapPort, user, password);
  try {
    await seedThreads(imap, size);
    await imap.command('SELECT INBOX');
    const cookie = await signInByHttp(app, user, password);
    const ask = (newest: number) => async () => {
      const response = await fetch(`${app.address}/api/threads?${new URLSearchParams({ mailbox: 'INBOX', newest: `${newest}` })}`, { headers: { cookie } });
      if (!response.ok) throw new Error(`/api/threads answered ${response.status}`);
      await response.arrayBuffer();
    };
    const raw = await rounds(count, () => imap.command('UID THREAD REFS UTF-8 ALL'));
    const figures: Figure[] = [
      { operation: 'threads of the newest 2,000', ours: await rounds(count, ask(2_000)), raw: await rounds(count, () => imap.command(`UID THREAD REFS UTF-8 ${Math.max(1, size - 1_999)}:*`)) },
      { operation: 'threads of all', ours: await rounds(count, ask(200_000)), raw },
    ];
    const first = { flat: [] as number[], threaded: [] as number[] };
    const reloaded = { flat: [] as number[], threaded: [] as number[] };
    const folded: number[] = [];
    // Each way in turn, so that what else the machine does falls on both; the first of each is not counted.
    for (let round = -1; round < count; round += 1) {
      for (const way of ['flat', 'threaded'] as const) {
        const context = await newContext(browser);
        const page = await context.newPage();
        const start = performance.timeOrigin + performance.now();
        const shown = await signInTimed(page, app, user);
        const isThreaded = (await page.getByRole('treegrid').count()) > 0;
        if (isThreaded !== (way === 'threaded')) throw new Error(`The mailbox is not ${way}`);
        const end = isThreaded ? await (await watchDom(page, allFolded(size))).seen : null;
        await live(page);
        const again = performance.timeOrigin + performance.now();
        await page.reload();
        const back = (await firstRowAt(page)) - again;
        await live(page);
        if (round >= 0) {
          first[way].push(shown);
          reloaded[way].push(back);
          if (end !== null) folded.push(end - start);
        }
        await switchWay(page, isThreaded ? 'Show single messages' : 'Show as conversations');
        await page.getByRole('button', { name: 'Account' }).click();
        await page.getByRole('menuitem', { name: 'Sign out' }).click();
        await page.getByRole('button', { name: 'Sign in' }).waitFor();
        await context.close();
      }
    }
    figures.push({ operation: 'sign-in submitted → first row, single messages', ours: first.flat, raw: null, goal: '300' });
    figures.push({ operation: 'sign-in submitted → first row, conversations on', ours: first.threaded, raw: null, goal: '300' });
    figures.push({ operation: 'reload → first row, single messages', ours: reloaded.flat, raw: null });
    figures.push({ operation: 'reload → first row, conversations on', ours: reloaded.threaded, raw: null });
    figures.push({ operation: 'sign-in page opened → all folded', ours: folded, raw });
    return figures;
  } finally {
    imap.close();
  }
}

const allFolded = (size: number) => `document.querySelector('[role=treegrid]')?.getAttribute('aria-rowcount') === '${Math.ceil(size / perThread)}'`;

const live = (page: Page) => page.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();

/** Switches between single messages and conversations, and waits until the account has kept it. */
async function switchWay(page: Page, name: string): Promise<void> {
  const kept = page.waitForResponse((response) => response.request().postData()?.includes('conversations') ?? false);
  await page.getByRole('button', { name }).click();
  await kept;
}

/** What is there already is kept. */
async function seedThreads(imap: RawImap, size: number): Promise<void> {
  const have = Number(/MESSAGES (\d+)/.exec(await imap.command('STATUS INBOX (MESSAGES)'))?.[1] ?? 0);
  const threads = Math.ceil(size / perThread);
  const letter = (index: number) => {
    const [thread, place] = [index % threads, Math.floor(index / threads)];
    const answers = Array.from({ length: place }, (_, before) => `t${thread}-${before}`);
    return { raw: aLetter(`t${thread}-${place}`, answers, { subject: `Talk ${thread}`, from: `Person ${index % 97} <p${index % 97}@example.test>` }), flags: ['\\Seen'] };
  };
  for (let from = have; from < size; from += batch) {
    await imap.append('INBOX', Array.from({ length: Math.min(batch, size - from) }, (_, index) => letter(from + index)));
  }
}
