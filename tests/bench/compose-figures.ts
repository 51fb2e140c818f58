import { readFileSync, writeFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { createTransport } from 'nodemailer';
import { body, composer, send, startLetter } from '#tests/e2e/compose-fixture.ts';
import { signIn } from '#tests/e2e/fixture.ts';
import { password } from '#tests/e2e/start-app.ts';
import type { App } from '#tests/e2e/start-app.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import { newContext } from './browser.ts';
import type { Figure } from './figures.ts';
import { timed } from './timed.ts';

const fileSize = 25_000_000;
const keystrokes = 200;

/** Writing: keystroke to paint while a 100 KB draft is saved and while 25 MB are uploaded; then these are sent, beside bare SMTP. */
export async function composeFigures(browser: Browser, app: App, user: string): Promise<{ figures: Figure[]; note: string }> {
  const context = await newContext(browser);
  const page = await context.newPage();
  await signIn(page, app, user);
  await startLetter(page, { to: user, subject: 'Large' });
  const paragraph = 'Words that were written in the train and by the sea. '.repeat(8);
  const paragraphs = Array.from({ length: Math.ceil(100_000 / paragraph.length) }, () => paragraph);
  const bare = await typedInBarePage(await context.newPage(), paragraphs);
  await page.bringToFront();
  await body(page).fill(paragraphs.join('\n'));
  await saved(page);
  await body(page).press('Control+End');
  const whileSaving = await typed(page);
  await composer(page)
    .locator('input[type=file]')
    .setInputFiles([{ name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(fileSize, 'Pipit') }]);
  await body(page).press('Control+End');
  const before = residentMiB(app.pid);
  writeFileSync(`/proc/${app.pid}/clear_refs`, '5'); // From here on the peak counts (proc(5)).
  const whileUploading = await typed(page);
  await saved(page, 120_000);
  await send(page);
  await page.getByRole('button', { name: /^Outbox,/ }).click();
  const sent = await timed(async () => {
    await page.getByRole('button', { name: 'Send now' }).click();
    await page.getByRole('dialog', { name: 'Outbox' }).getByText('Nothing is waiting').waitFor({ timeout: 120_000 });
  });
  const most = peakMiB(app.pid);
  await context.close();
  const smtp = await timed(() => sendBare(app.submissionPort, user));
  const append = await timed(() => fileBare(app, user));
  return {
    figures: [
      { operation: 'keystroke → paint, 100 KB draft saving', ours: whileSaving, raw: bare, goal: '16' },
      { operation: 'keystroke → paint, 100 KB draft saving', ours: whileSaving, raw: bare, share: 0.95 },
      { operation: 'keystroke → paint, 25 MB uploading', ours: whileUploading, raw: bare, share: 0.95 },
      { operation: '25 MB: send now → sent and filed, beside SMTP alone', ours: [sent], raw: [smtp] },
      { operation: '25 MB: send now → sent and filed, beside SMTP and APPEND', ours: [sent], raw: [smtp + append] },
    ],
    note: `server memory: ${before} MiB before the upload of 25 MB, at most ${most} MiB until it was sent`,
  };
}

function saved(page: Page, timeout = 30_000): Promise<void> {
  return composer(page).getByRole('status').filter({ hasText: /Saved \d/ }).waitFor({ timeout });
}

/** The same keys in a page that only has an element to write in: what the browser and its frames take by themselves. */
async function typedInBarePage(page: Page, paragraphs: readonly string[]): Promise<number[]> {
  await page.setContent(`<div role="textbox" aria-label="Message body" contenteditable style="height:300px;overflow:auto">${paragraphs.map((text) => `<p>${text}</p>`).join('')}</div>`);
  await body(page).press('Control+End');
  const times = await typed(page);
  await page.close();
  return times;
}

/** Milliseconds of each keystroke from the key's event to the end of the frame that draws it; saving goes on meanwhile. */
async function typed(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const noted = window as unknown as { painted: number[] };
    noted.painted = [];
    addEventListener(
      'keydown',
      ({ timeStamp }) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel(); // Its task comes after the frame's style, layout and paint.
          port1.onmessage = () => noted.painted.push(performance.now() - timeStamp);
          port2.postMessage(null);
        }),
      true,
    );
  });
  await body(page).pressSequentially('x'.repeat(keystrokes), { delay: 30 });
  const times = await page.evaluate(() => (window as unknown as { painted: number[] }).painted.slice());
  return times.slice(0, keystrokes);
}

async function sendBare(port: number, user: string): Promise<void> {
  const transport = createTransport({ host: 'localhost', port, requireTLS: true, tls: { rejectUnauthorized: false }, auth: { user, pass: password } });
  await transport.sendMail({ from: user, to: user, subject: 'Bare', text: 'As it is', attachments: [{ filename: 'film.mp4', content: Buffer.alloc(fileSize, 'Pipit') }] });
  transport.close();
}

/** The copy in Sent, as any program has to make it. */
async function fileBare({ mail }: App, user: string): Promise<void> {
  const device = await connectRawImap(mail.imapsPort ?? 0, user, password, { tls: true });
  const octets = Buffer.alloc(fileSize, 'Pipit').toString('base64').replace(/.{76}/g, '$&\r\n');
  await device.append('Sent', [{ raw: Buffer.from(`Subject: Bare\r\nContent-Transfer-Encoding: base64\r\n\r\n${octets}\r\n`), flags: ['\\Seen'] }]);
  device.close();
}

function residentMiB(pid: number): number {
  return statusMiB(pid, 'VmRSS');
}

function peakMiB(pid: number): number {
  return statusMiB(pid, 'VmHWM');
}

function statusMiB(pid: number, field: string): number {
  const [, kib] = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kib) / 1024);
}
