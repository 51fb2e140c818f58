import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import type { App } from '#tests/e2e/start-app.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import type { Figure } from './figures.ts';
import { timed } from './timed.ts';

const mailbox = 'Acts';
const sizes = [1, 100, 10_000];
/** As a task cuts its work on a server that is quick. */
const batches = [1_000, 4_000, 10_000];
const pollMs = 5;

interface Kind {
  name: string;
  key: string;
  /** The same by the bare protocol, with all that has to be known to take it back, on one batch of the mailbox selected. */
  raw(set: string): string[];
  /** A command and what it answers once so many are left as they were. */
  left(mailbox: string): string;
  /** Brings all back to where they were. */
  restore(device: RawImap, mailbox: string): Promise<void>;
}

const markRead: Kind = {
  name: 'mark read',
  key: 'Shift+i',
  // CONDSTORE is enabled: the answer names the modseq of each message that was changed (RFC 7162 section 3.1.3).
  raw: (set) => [`UID SEARCH RETURN (ALL) ${set} UNSEEN`, `STORE ${set} +FLAGS.SILENT (\\Seen)`],
  left: () => 'SEARCH RETURN (COUNT) UNSEEN',
  async restore(device) {
    await device.command('STORE 1:* -FLAGS.SILENT (\\Seen)');
  },
};

const archive: Kind = {
  name: 'archive',
  key: 'e',
  raw: (set) => [`MOVE ${set} Archive`],
  left: (from) => `STATUS "${from}" (MESSAGES)`,
  async restore(device, from) {
    const selected = await device.command('SELECT Archive');
    if (!/\* 0 EXISTS/.test(selected)) await device.command(`MOVE 1:* "${from}"`);
    await device.command(`SELECT "${from}"`);
  },
};

/** Acts on 1, 100 and 10,000 messages: from the key to the server having it, beside the bare protocol. */
export async function actFigures(page: Page, app: App, device: RawImap, count: number): Promise<Figure[]> {
  await device.command('ENABLE CONDSTORE');
  await device.command('DELETE Archive').catch(() => {}); // With what a run that was cut short left there.
  await device.create('Archive');
  const most = sizes.at(-1) ?? 0;
  await fill(device, mailbox, most);
  const figures: Figure[] = [];
  for (const kind of [markRead, archive]) {
    for (const size of sizes) {
      const rounds = size === most ? Math.min(count, 5) : count;
      figures.push(await measure({ page, app, device, kind, mailbox, size, all: most }, rounds));
    }
  }
  return figures;
}

interface Measured {
  page: Page;
  app: App;
  device: RawImap;
  kind: Kind;
  mailbox: string;
  size: number;
  all: number;
}

async function measure({ page, app, device, kind, mailbox: from, size, all }: Measured, count: number): Promise<Figure> {
  const ours: number[] = [];
  const raw: number[] = [];
  await device.command(`SELECT "${from}"`);
  for (let round = 0; round < count; round += 1) {
    await kind.restore(device, from);
    await device.command('NOOP');
    raw.push(await timed(() => byHand(device, kind, size, all)));
    await kind.restore(device, from);
    await page.goto(`${app.address}/mail/${encodeURIComponent(from)}`);
    await page.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
    await select(page, size);
    const start = performance.now();
    await page.keyboard.press(kind.key);
    await left(device, kind.left(from), all - size);
    ours.push(performance.now() - start);
  }
  return { operation: `${kind.name}, ${size.toLocaleString('en')}: key → on the server`, ours, raw, ...(size > 100 ? { goal: 'raw × 1.3' } : {}) };
}

/** The newest so many of all, batch by batch from the oldest on. */
async function byHand(device: RawImap, kind: Kind, size: number, all: number): Promise<void> {
  let first = all - size + 1;
  let left = size;
  for (let batch = 0; left > 0; batch += 1) {
    const taken = Math.min(left, batches[Math.min(batch, batches.length - 1)] ?? left);
    for (const line of kind.raw(`${first}:${first + taken - 1}`)) await device.command(line);
    if (kind === markRead) first += taken; // What was moved made room.
    left -= taken;
  }
}

async function select(page: Page, size: number): Promise<void> {
  await page.locator('[role=row][data-uid]').first().focus();
  if (size === 1) return;
  await page.keyboard.press('x');
  if (size === 100) {
    const whole = page.getByText(`${size} selected`, { exact: true });
    // A key on a row that is still being loaded goes nowhere.
    for (let press = 0; press < size * 4 && !(await whole.isVisible()); press += 1) {
      await page.keyboard.press('Shift+ArrowDown');
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    }
  } else {
    await page.keyboard.press('Control+a');
    await page.getByRole('button', { name: /^Select all/ }).click();
  }
  await page.getByText(`${size.toLocaleString('en')} selected`).waitFor();
}

/** Resolves when the server has so many left as they were. */
async function left(device: RawImap, command: string, wanted: number): Promise<void> {
  for (;;) {
    await device.command('NOOP');
    const answer = await device.command(command);
    if (Number(/(?:COUNT|MESSAGES) (\d+)/.exec(answer)?.[1]) === wanted) return;
    await new Promise((resolve) => setTimeout(resolve, pollMs)); // The server is to work for who is measured.
  }
}

async function fill(device: RawImap, name: string, count: number): Promise<void> {
  await device.create(name).catch(() => {}); // It is there.
  const have = Number(/MESSAGES (\d+)/.exec(await device.command(`STATUS "${name}" (MESSAGES)`))?.[1]);
  await device.append(name, Array.from({ length: Math.max(0, count - have) }, (_, index) => ({ raw: aMessage({ subject: `Act on ${index}` }) })));
}
