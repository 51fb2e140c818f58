import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { watchDom } from './browser.ts';
import type { Figure } from './figures.ts';
import type { Listener } from './listener.ts';

interface Kind {
  operation: string;
  /** What must be known first; not timed. Answers what `act` names. */
  prepare?(round: number): Promise<string>;
  /** What the device does in a round. */
  act(round: number, prepared: string): Promise<unknown>;
  /** An expression of the page that holds once it shows. */
  shows(round: number): string;
  /** The line by which a bare listener hears of it. */
  line: RegExp;
  goal?: string;
}

/**
 * From a second device's command to the DOM, nobody touching the page; beside it the same change heard by a bare
 * connection. The device has INBOX selected, as the page and the listener have.
 */
export async function propagationFigures(page: Page, device: RawImap, listener: Listener, count: number): Promise<Figure[]> {
  const uids = await page.evaluate(() => [...document.querySelectorAll('[role=row][data-uid]')].map((row) => Number(row.getAttribute('data-uid'))));
  const uid = uids[4] ?? 0;
  const attribute = (name: string, value: boolean) => `document.querySelector('[data-uid="${uid}"]')?.getAttribute('${name}') === '${value}'`;
  const flag = (name: string, flagName: string, attributeName: string, inverted: boolean): Kind => ({
    operation: `${name} elsewhere → screen`,
    act: (round) => device.command(`UID STORE ${uid} ${round % 2 ? '+' : '-'}FLAGS (${flagName})`),
    shows: (round) => attribute(attributeName, (round % 2 === 1) !== inverted),
    line: /FETCH/,
    goal: 'raw + 60',
  });
  await device.command(`UID STORE ${uid} -FLAGS (\\Seen \\Flagged)`);
  await (await watchDom(page, `${attribute('data-unread', true)} && ${attribute('data-flagged', false)}`)).seen;
  // A run that was cut short left its own behind.
  const run = Date.now().toString(36);
  const subject = (round: number) => `Propagation ${run} ${round} end`;
  const made = (round: number) => `Made ${run} ${round}`;
  const named = (round: number) => `Named ${run} ${round}`;
  const treeItem = (mailbox: string) => `document.querySelector('[data-mailbox="${mailbox}"]')`;
  const kinds: Kind[] = [
    flag('read', '\\Seen', 'data-unread', true),
    flag('starred', '\\Flagged', 'data-flagged', false),
    {
      operation: 'new message → screen',
      act: (round) => device.append('INBOX', [{ raw: aMessage({ subject: subject(round) }) }]),
      shows: (round) => `document.querySelector('[role=row][aria-label*="${subject(round)},"]')`,
      line: /EXISTS/,
      goal: 'raw + 60',
    },
    {
      operation: 'deleted elsewhere → screen',
      async prepare(round) {
        const found = await device.command(`UID SEARCH SUBJECT "${subject(round)}"`);
        return /\* SEARCH.* (\d+)\r\n/.exec(found)?.[1] ?? '';
      },
      async act(_, gone) {
        await device.command(`UID STORE ${gone} +FLAGS.SILENT (\\Deleted)`);
        await device.command(`UID EXPUNGE ${gone}`);
      },
      shows: (round) => `!document.querySelector('[role=row][aria-label*="${subject(round)},"]')`,
      line: /EXPUNGE|VANISHED/,
      goal: 'raw + 60',
    },
    {
      operation: 'unread count of a mailbox not open',
      act: (round) => device.append('Two thousand', [{ raw: aMessage({ subject: `Elsewhere ${round}` }) }]),
      shows: () => `${treeItem('Two thousand')}?.textContent !== window.countBefore`,
      line: /STATUS "?Two thousand/,
      goal: 'raw + 60',
    },
    {
      operation: 'mailbox made elsewhere → tree',
      act: (round) => device.create(made(round)),
      shows: (round) => treeItem(made(round)),
      line: /LIST .*Made/,
      goal: 'raw + 60',
    },
    {
      operation: 'mailbox renamed elsewhere → tree',
      async act(round) {
        await device.command(`RENAME "${made(round)}" "${named(round)}"`);
        await device.command(`SUBSCRIBE "${named(round)}"`);
      },
      shows: (round) => `${treeItem(named(round))} && !${treeItem(made(round))}`,
      line: /LIST .*Named/,
      goal: 'raw + 60',
    },
    {
      operation: 'mailbox deleted elsewhere → tree',
      async act(round) {
        await device.command(`UNSUBSCRIBE "${named(round)}"`);
        await device.command(`DELETE "${named(round)}"`);
      },
      shows: (round) => `!${treeItem(named(round))}`,
      line: /LIST .*Named/,
      goal: 'raw + 60',
    },
  ];
  const figures: Figure[] = [];
  for (const kind of kinds) figures.push(await measure(page, kind, listener, count));
  return figures;
}

async function measure(page: Page, kind: Kind, listener: Listener, count: number): Promise<Figure> {
  const ours: number[] = [];
  const raw: number[] = [];
  for (let round = 1; round <= count; round += 1) {
    await page.evaluate(`window.countBefore = document.querySelector('[data-mailbox="Two thousand"]')?.textContent`);
    const { seen } = await watchDom(page, kind.shows(round));
    await listener.rearm();
    const heard = listener.heard(kind.line);
    heard.catch(() => {}); // Told by `within`.
    const prepared = (await kind.prepare?.(round)) ?? '';
    const start = performance.timeOrigin + performance.now();
    await kind.act(round, prepared);
    ours.push((await within(seen, kind.operation)) - start);
    // The bare connection may have grown deaf; then this round has no figure of it.
    const heardAt = await Promise.race([heard, pause(1_000)]);
    if (heardAt !== null) raw.push(heardAt - start);
  }
  return { operation: kind.operation, ours, raw: raw.length > 0 ? raw : null, share: 0.95, ...(kind.goal ? { goal: kind.goal } : {}) };
}

function pause(milliseconds: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), milliseconds));
}

async function within(moment: Promise<number>, what: string): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Nothing came within 20 s: ${what}`)), 20_000);
  });
  try {
    return await Promise.race([moment, late]);
  } finally {
    clearTimeout(timer);
  }
}
