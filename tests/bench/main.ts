import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { password, startApp } from '#tests/e2e/start-app.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import { actFigures } from './act-figures.ts';
import { newContext, openBrowser, signInTimed } from './browser.ts';
import { browserFigures, signInFigure } from './browser-figures.ts';
import { toTable } from './figures.ts';
import type { Figure } from './figures.ts';
import { composeFigures } from './compose-figures.ts';
import { idleSessions } from './idle-sessions.ts';
import { listen } from './listener.ts';
import { firstLoad, liveFigures, scrollFrames } from './live-figures.ts';
import { propagationFigures } from './propagation-figures.ts';
import { seedAccount } from './seed-account.ts';
import { searchFigures } from './search-figures.ts';
import { serverFigures } from './server-figures.ts';
import { soak } from './soak.ts';
import { storageFigures } from './storage-figures.ts';
import { threadFigures } from './thread-figures.ts';
import { percentile } from './statistics.ts';

// `--only=aged --age=3600`: what propagation takes so many seconds after sign-in, when 200 mailboxes were made and deleted.
// npm run bench [-- --sizes=100000,1000000 --rounds=9 --pushes=30 --idle=500 --only=search|acts|load|compose|threads|storage|idle], or -- --soak=600 for that alone, in seconds
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100000,1000000' },
    rounds: { type: 'string', default: '9' },
    pushes: { type: 'string', default: '30' },
    idle: { type: 'string', default: '500' },
    age: { type: 'string', default: '3600' },
    soak: { type: 'string' },
    /** "search", "acts", "load", "threads", "storage", "compose" or "idle": nothing else is measured. */
    only: { type: 'string', default: '' },
  },
});
const sizes = values.soak || ['compose', 'idle'].includes(values.only) ? [] : values.sizes.split(',').map(Number);
const count = Number(values.rounds);
const idle = values.soak ? 60 : Number(values.idle);
const say = (line: string) => void process.stderr.write(`· ${line}\n`);

const notes: string[] = [];
// The mail stays, so that a second run begins at once.
const mailDir = resolve('.data/bench-mail');
mkdirSync(mailDir, { recursive: true });
// One file per message would be a million files; a process that fills such a mailbox outgrows Dovecot's 256 MB.
const start = () =>
  startApp({ mailDir, people: idle + 10, extraConfig: 'mail_location = mdbox:~/mdbox\nservice imap {\n  vsz_limit = 2 G\n}', environment: { LOG_LEVEL: 'warn' } });
let app = await start();
const browser = await openBrowser();
try {
  for (const [index, size] of sizes.entries()) process.stdout.write(`\n## ${size.toLocaleString('en')} messages\n\n${toTable(await measure(size, index + 1))}\n${notes.splice(0).join('\n')}\n`);
  if (values.only === 'compose' || !(values.only || values.soak)) {
    const { figures, note } = await composeFigures(browser, app, 'person5@example.test');
    process.stdout.write(`\n## Writing\n\n${toTable(figures)}\n${note}\n`);
  }
  if (values.soak) {
    const people = Array.from({ length: 50 }, (_, index) => `person${index + 11}@example.test`);
    process.stdout.write(`\n${await soak(app, people, Number(values.soak), say)}\n`);
  } else if (idle > 1 && ['', 'idle'].includes(values.only)) {
    // What was measured before left a heap that would hide what these take.
    await app.stop();
    app = await start();
    const people = Array.from({ length: idle }, (_, index) => `person${index + 11}@example.test`);
    process.stdout.write(`\n${await idleSessions(app, people)}\n`);
  }
} finally {
  await browser.close();
  await app.stop();
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function measure(size: number, person: number): Promise<Figure[]> {
  if (values.only === 'threads') return threadFigures(browser, app, `person${person + 6}@example.test`, size, count);
  const user = `person${person}@example.test`;
  const start = Date.now();
  await seedAccount(app.mail, user, password, size);
  say(`${size} messages ready after ${Math.round((Date.now() - start) / 1000)} s`);
  const imap = await connectRawImap(app.mail.imapPort, user, password);
  const status = await imap.command('STATUS INBOX (MESSAGES)');
  const messages = Number(/MESSAGES (\d+)/.exec(status)?.[1]);
  const figures: Figure[] = values.only ? [] : [await signInFigure(browser, app, user, count)];
  say('signed in and out');
  const context = await newContext(browser);
  const page = await context.newPage();
  await signInTimed(page, app, user);
  await page.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const get = async (path: string) => {
    const response = await fetch(app.address + path, { headers: { cookie } });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return response.json() as Promise<unknown>;
  };
  if (values.only === 'load') {
    notes.push(await firstLoad(browser, app, user));
    imap.close();
    await context.close();
    return figures;
  }
  if (values.only === 'storage') {
    figures.push(...(await storageFigures({ address: app.address, cookie, imap }, count)));
    imap.close();
    await context.close();
    return figures;
  }
  if (values.only === 'aged') {
    imap.close();
    await pause(Number(values.age) * 1000);
    const device = await connectRawImap(app.mail.imapPort, user, password);
    for (let made = 0; made < 200; made += 1) {
      await device.create(`Brief ${made}`);
      await device.command(`DELETE "Brief ${made}"`);
    }
    await device.command('SELECT INBOX');
    const listener = await listen(app.mail.imapPort, user, password);
    figures.push(...(await propagationFigures(page, device, listener, Number(values.pushes))));
    for (const connection of [device, listener]) connection.close();
    await context.close();
    return figures;
  }
  if (values.only === 'acts') {
    figures.push(...(await actFigures(page, app, user, imap, count)));
    imap.close();
    await context.close();
    return figures;
  }
  // Over TLS, as ours: half a second's answers of the bare server take a third more by it.
  const secure = await connectRawImap(app.mail.imapsPort ?? 0, user, password, { tls: true });
  figures.push(...(await searchFigures({ address: app.address, cookie, imap: secure }, count)));
  secure.close();
  say('searched');
  if (values.only === '') figures.push(...(await storageFigures({ address: app.address, cookie, imap }, count)));
  if (values.only === 'search') {
    imap.close();
    await context.close();
    return figures;
  }
  figures.push(...(await serverFigures({ get, imap, messages }, count * 3)));
  say('read through the server');
  figures.push(...(await browserFigures(page, app, imap, messages, count)));
  say('driven in the browser');
  await page.goto(`${app.address}/mail/INBOX`);
  await page.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
  const device = await connectRawImap(app.mail.imapPort, user, password);
  await device.command('SELECT INBOX');
  const acting = await connectRawImap(app.mail.imapPort, user, password);
  const listener = await listen(app.mail.imapPort, user, password);
  figures.push(...(await liveFigures({ browser, context, page, app, user, device, listener }, count)));
  say('live figures taken');
  // A mouse in the list holds its place: what is new would come above, out of sight.
  await page.mouse.move(1, 1);
  await page.goto(`${app.address}/mail/INBOX`);
  await page.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
  figures.push(...(await actFigures(page, app, user, acting, count)));
  say('acts measured');
  await page.goto(`${app.address}/mail/INBOX`);
  await page.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
  figures.push(...(await propagationFigures(page, device, listener, Number(values.pushes))));
  const frames = await scrollFrames(page);
  const slow = Math.max(...frames);
  notes.push(`scrolling for 10 s: ${frames.length} frames, 95 % within ${percentile(frames, 0.95).toFixed(1)} ms, worst ${slow.toFixed(0)} ms (goal: 17, 50)`);
  notes.push(await firstLoad(browser, app, user));
  for (const connection of [imap, device, acting, listener]) connection.close();
  await context.close();
  return figures;
}
