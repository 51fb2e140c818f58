import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import type { App } from '#tests/e2e/start-app.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import type { Figure } from './figures.ts';
import { timed } from './timed.ts';

const mailbox = 'Acts';
const sizes = [1, 100, 10_000];

interface Kind {
  name: string;
  key: string;
  /** The same by the bare protocol, on the newest so many of the mailbox selected. */
  raw(set: string): string;
  /** A command and what it answers once so many are left as they were. */
  left: string;
  /** Brings all back to where they were. */
  restore(device: RawImap): Promise<void>;
}

const kinds: Kind[] = [
  {
    name: 'mark read',
    key: 'Shift+i',
    raw: (set) => `STORE ${set} +FLAGS (\\Seen)`,
    left: 'SEARCH RETURN (COUNT) UNSEEN',
    async restore(device) {
      await device.command('STORE 1:* -FLAGS.SILENT (\\Seen)');
    },
  },
  {
    name: 'archive',
    key: 'e',
    raw: (set) => `MOVE ${set} Archive`,
    left: `STATUS ${mailbox} (MESSAGES)`,
    async restore(device) {
      await device.command('SELECT Archive');
      await device.command(`MOVE 1:* ${mailbox}`);
      await device.command(`SELECT ${mailbox}`);
    },
  },
];

/** Acts on 1, 100 and 10,000 messages: from the key to the server having it, beside one command of the bare protocol. */
export async function actFigures(page: Page, app: App, device: RawImap, count: number): Promise<Figure[]> {
  const most = sizes.at(-1) ?? 0;
  await device.create(mailbox).catch(() => {});
  await device.create('Archive').catch(() => {});
  await device.command(`SELECT ${mailbox}`);
  const have = Number(/MESSAGES (\d+)/.exec(await device.command(`STATUS ${mailbox} (MESSAGES)`))?.[1]);
  await device.append(mailbox, Array.from({ length: most - have }, (_, index) => ({ raw: aMessage({ subject: `Act on ${index}` }) })));
  const figures: Figure[] = [];
  for (const kind of kinds) {
    for (const size of sizes) figures.push(await measure(page, app, device, kind, size, most, size === most ? Math.min(count, 3) : count));
  }
  return figures;
}

async function measure(page: Page, app: App, device: RawImap, kind: Kind, size: number, all: number, count: number): Promise<Figure> {
  const ours: number[] = [];
  const raw: number[] = [];
  for (let round = 0; round < count; round += 1) {
    await kind.restore(device);
    await device.command('NOOP');
    raw.push(await timed(() => device.command(kind.raw(`${all - size + 1}:${all}`))));
    await kind.restore(device);
    await page.goto(`${app.address}/mail/${mailbox}`);
    await page.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
    await page.locator('[role=row][data-uid]').first().focus();
    if (size > 1) await page.keyboard.press('x');
    for (let more = 1; more < Math.min(size, 101); more += 1) if (size === 100) await page.keyboard.press('Shift+ArrowDown');
    if (size > 100) {
      await page.keyboard.press('Control+a');
      await page.getByRole('button', { name: /^Select all/ }).click();
    }
    if (size > 1) await page.getByText(`${size.toLocaleString('en')} selected`).waitFor();
    const start = performance.now();
    await page.keyboard.press(kind.key);
    await left(device, kind, all - size);
    ours.push(performance.now() - start);
  }
  return { operation: `${kind.name}, ${size.toLocaleString('en')}: key → on the server`, ours, raw, ...(size > 100 ? { goal: 'raw × 1.3' } : {}) };
}

/** Resolves when the server has so many left as they were. */
async function left(device: RawImap, kind: Kind, wanted: number): Promise<void> {
  for (;;) {
    await device.command('NOOP');
    const answer = await device.command(kind.left);
    if (Number(/(?:COUNT|MESSAGES) (\d+)/.exec(answer)?.[1]) === wanted) return;
  }
}
