import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from '@playwright/test';
import { password } from '#tests/e2e/start-app.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import type { App } from '#tests/e2e/start-app.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { fromPress, pressedAt } from './browser.ts';
import type { Figure } from './figures.ts';
import { timed } from './timed.ts';

const mailbox = 'Acts';
const sizes = [1, 100, 10_000];
/** A mailbox that is selected as a whole. */
const whole = { mailbox: 'Whole', size: 100_000, seeded: 3_125 };
const pollMs = 2;

interface Kind {
  name: string;
  key: string;
  /** As a task cuts its work on a server that is quick. */
  batches: readonly number[];
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
  batches: [10_000],
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
  batches: [1_000, 4_000, 10_000],
  raw: (set) => [`MOVE ${set} Archive`],
  left: (from) => `STATUS "${from}" (MESSAGES)`,
  async restore(device, from) {
    const selected = await device.command('SELECT Archive');
    if (!/\* 0 EXISTS/.test(selected)) await device.command(`MOVE 1:* "${from}"`);
    await device.command(`SELECT "${from}"`);
  },
};

/**
 * Acts on 1, 100 and 10,000 messages: from the key until another device sees it, beside the same by the bare protocol. That does
 * what a client has to that keeps the same promises: over TLS, batch by batch so that it could be stopped, each batch's way
 * back written to a store of the same kind before the next, and not done before the other device sees it.
 */
export async function actFigures(page: Page, app: App, user: string, device: RawImap, count: number): Promise<Figure[]> {
  const bare = await connectBare(app, user);
  await device.command('ENABLE CONDSTORE');
  await device.create('Archive').catch(() => {}); // It stands already where the mail is another run's.
  const archived = await device.command('SELECT Archive');
  // What a run that was cut short left there.
  if (!/\* 0 EXISTS/.test(archived)) {
    await device.command('STORE 1:* +FLAGS.SILENT (\\Deleted)');
    await device.command('EXPUNGE');
  }
  const most = sizes.at(-1) ?? 0;
  await fill(device, mailbox, most);
  const figures: Figure[] = [];
  for (const kind of [markRead, archive]) {
    for (const size of sizes) {
      const rounds = size === most ? Math.min(count, 15) : count;
      figures.push(await measure({ page, app, device, bare, kind, mailbox, size, all: most }, rounds));
    }
  }
  figures.push(...(await wholeFigures({ page, app, device, bare, kind: markRead, ...whole, all: whole.size }, Math.min(count, 5))));
  bare.close();
  return figures;
}

/** Another client that does the same by hand. */
interface Bare {
  imap: RawImap;
  /** Writes what takes a batch back. */
  keep(answers: string[]): void;
  close(): void;
}

async function connectBare(app: App, user: string): Promise<Bare> {
  const imap = await connectRawImap(app.mail.imapsPort ?? 0, user, password, { tls: true });
  await imap.command('ENABLE CONDSTORE');
  const dir = mkdtempSync(join(tmpdir(), 'pipit-bench-'));
  const store = new DatabaseSync(join(dir, 'acts.sqlite'));
  store.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE inverses (steps TEXT NOT NULL) STRICT;');
  const insert = store.prepare('INSERT INTO inverses VALUES (?)');
  return {
    imap,
    // Of thousands of lines only what names the messages and their greatest modseq.
    keep: (answers) => void insert.run(answers.map((answer) => /\* (?:ESEARCH|OK \[COPYUID)[^\r]*/.exec(answer)?.[0] ?? answer.slice(-200)).join('\n')),
    close() {
      imap.close();
      store.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The whole of a mailbox of 100,000: selected, loaded or not, and marked. */
async function wholeFigures(measured: Measured, count: number): Promise<Figure[]> {
  const { page, app, device, bare, mailbox: name, all } = measured;
  await copyUpTo(device, name, all);
  const ours: number[] = [];
  const raw: number[] = [];
  for (let round = 0; round < count; round += 1) {
    await bare.imap.command(`SELECT "${name}"`);
    raw.push(await timed(() => bare.imap.command('UID SEARCH RETURN (ALL) ALL')));
    await bare.imap.command('UNSELECT');
    await openMailbox(page, app, name);
    await page.locator('[role=row][data-uid]').first().focus();
    await page.keyboard.press('x');
    await page.keyboard.press('Control+a');
    const offer = page.getByRole('button', { name: /^Select all/ });
    await offer.hover();
    const shown = `[...document.querySelectorAll('[aria-live]')].some((one) => one.textContent === '${all.toLocaleString('en')} selected')`;
    ours.push(await fromPress(page, () => offer.click(), shown));
  }
  const operation = `select all ${all.toLocaleString('en')}: button → shown`;
  return [{ operation, ours, raw }, await measure({ ...measured, size: all }, count)];
}

/** Stores some and copies them onto themselves until they are enough. */
async function copyUpTo(device: RawImap, name: string, all: number): Promise<void> {
  await fill(device, name, whole.seeded);
  await device.command(`SELECT "${name}"`);
  for (;;) {
    const have = Number(/COUNT (\d+)/.exec(await device.command('SEARCH RETURN (COUNT) ALL'))?.[1]);
    if (have >= all) return;
    await device.command(`COPY 1:${Math.min(have, all - have)} "${name}"`);
    await device.command('NOOP');
  }
}

async function openMailbox(page: Page, app: App, name: string): Promise<void> {
  await page.goto(`${app.address}/mail/${encodeURIComponent(name)}`);
  await page.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
}

interface Measured {
  page: Page;
  app: App;
  device: RawImap;
  bare: Bare;
  kind: Kind;
  mailbox: string;
  size: number;
  all: number;
}

async function measure({ page, app, device, bare, kind, mailbox: from, size, all }: Measured, count: number): Promise<Figure> {
  const ours: number[] = [];
  const raw: number[] = [];
  await device.command(`SELECT "${from}"`);
  for (let round = 0; round < count; round += 1) {
    await kind.restore(device, from);
    await bare.imap.command(`SELECT "${from}"`);
    raw.push(
      await timed(async () => {
        // It looks all the while, as it does below: its looking costs the mail server in both.
        const seen = left(device, kind.left(from), all - size);
        await byHand(bare, kind, size, all);
        await seen;
      }),
    );
    await bare.imap.command('UNSELECT');
    await kind.restore(device, from);
    await openMailbox(page, app, from);
    await select(page, size);
    // What presses the key answers when the page has drawn; the other device may see it before. The clock is the same machine's.
    const pressing = page.keyboard.press(kind.key);
    await left(device, kind.left(from), all - size);
    const end = performance.timeOrigin + performance.now();
    await pressing;
    ours.push(end - (await pressedAt(page)));
  }
  return { operation: `${kind.name}, ${size.toLocaleString('en')}: key → on the server`, ours, raw, ...(size === sizes.at(-1) ? { goal: 'raw × 1.3' } : {}) };
}

/** The newest so many of all, batch by batch from the oldest on. */
async function byHand({ imap, keep }: Bare, kind: Kind, size: number, all: number): Promise<void> {
  let first = all - size + 1;
  let left = size;
  for (let batch = 0; left > 0; batch += 1) {
    const taken = Math.min(left, kind.batches[Math.min(batch, kind.batches.length - 1)] ?? left);
    const answers: string[] = [];
    for (const line of kind.raw(`${first}:${first + taken - 1}`)) answers.push(await imap.command(line));
    keep(answers);
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
