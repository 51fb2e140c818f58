import { readFile } from 'node:fs/promises';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { expect, signIn, test } from './fixture.ts';

const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 31) % 256));

test('a newsletter shows in its frame with its own pictures; attachments come whole, alone and together', async ({ page, app, person }) => {
  const raw = aMessage({
    subject: 'Newsletter',
    html: '<h1>The week</h1><p><img src="cid:logo@x" alt="Logo"></p>',
    inline: [{ name: 'logo.png', mediaType: 'image/png', content: pixel, contentId: 'logo@x' }],
    attachments: [
      { name: 'Übersicht 2026.bin', mediaType: 'application/octet-stream', content: bytes },
      { name: 'second.txt', mediaType: 'text/plain', content: Buffer.from('second') },
    ],
  });
  await person.device.append('INBOX', [{ raw }]);
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /Newsletter,/ }).click();
  const frame = page.frameLocator('iframe[title="Message body"]');
  await expect(frame.getByRole('heading', { name: 'The week' })).toBeVisible();
  await expect.poll(() => frame.getByAltText('Logo').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  const attachments = page.getByRole('list', { name: 'Attachments' });
  await expect(attachments.getByRole('listitem')).toHaveCount(2);
  const [download] = await Promise.all([page.waitForEvent('download'), attachments.getByRole('link', { name: /Übersicht 2026\.bin/ }).first().click()]);
  expect(download.suggestedFilename()).toBe('Übersicht 2026.bin');
  expect((await readFile(await download.path())).equals(bytes)).toBe(true);
  const address = (await attachments.getByRole('link', { name: /Übersicht/ }).first().getAttribute('href')) ?? '';
  const middle = await page.request.get(app.address + address, { headers: { range: 'bytes=1000-1999' } });
  expect(middle.status()).toBe(206);
  expect((await middle.body()).equals(bytes.subarray(1000, 2000))).toBe(true);
  const [zip] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /all/i }).first().click()]);
  expect(zip.suggestedFilename()).toMatch(/\.zip$/);
});

test('the whole of a long message is printed, and nothing but the message', async ({ page, app, person }) => {
  const lines = Array.from({ length: 300 }, (_, index) => `<p>Line ${index + 1}</p>`);
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Long', html: lines.join('') }) }, { raw: aMessage({ subject: 'Other' }) }]);
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /Long,/ }).click();
  await expect(page.frameLocator('iframe[title="Message body"]').getByText('Line 300')).toBeAttached();
  const frame = page.locator('iframe[title="Message body"]');
  // The frame is drawn as high as its text one or two frames after the text stands in it.
  await expect.poll(() => frame.evaluate((one: HTMLIFrameElement) => one.offsetHeight >= (one.contentDocument?.body.offsetHeight ?? Infinity))).toBe(true);
  const text = await frame.evaluate((one: HTMLIFrameElement) => one.offsetHeight);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('grid', { name: 'Messages' })).toBeHidden();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  expect(height).toBeGreaterThan(text);
  const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  expect(pages).toBeGreaterThan(5);
});

test('what is printed does not end early where the paper is narrower than the screen', async ({ page, app, person }) => {
  await page.setViewportSize({ width: 1920, height: 900 });
  await page.emulateMedia({ colorScheme: 'dark' });
  const lines = Array.from({ length: 60 }, (_, index) => `<p>Line ${index + 1}. ${'Where the tide runs out the paper is narrow. '.repeat(12)}</p>`);
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Wide', html: lines.join('') }) }]);
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /Wide,/ }).click();
  const frame = page.locator('iframe[title="Message body"]');
  await expect(page.frameLocator('iframe[title="Message body"]').getByText('Line 60.')).toBeAttached();
  await expect.poll(() => frame.evaluate((one: HTMLIFrameElement) => one.offsetHeight >= (one.contentDocument?.body.offsetHeight ?? Infinity))).toBe(true);
  const onScreen = await frame.evaluate((one: HTMLIFrameElement) => one.offsetHeight);
  const ink = () => frame.evaluate((one: HTMLIFrameElement) => one.contentDocument && getComputedStyle(one.contentDocument.body).color);
  const byNight = await ink();
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect.poll(ink).not.toBe(byNight); // Dark letters on white paper.
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect.poll(ink).toBe(byNight);
  const printed = await textOf(await page.pdf({ format: 'A4' }));
  for (const number of [1, 55, 60]) expect(printed).toContain(`Line ${number}.`);
  expect(await frame.evaluate((one: HTMLIFrameElement) => one.offsetHeight)).toBe(onScreen);
});

async function textOf(pdf: Buffer): Promise<string> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const file = await getDocument({ data: new Uint8Array(pdf) }).promise;
  let text = '';
  for (let number = 1; number <= file.numPages; number += 1) {
    const { items } = await (await file.getPage(number)).getTextContent();
    text += items.map((item) => ('str' in item ? item.str : '')).join(' ');
  }
  return text;
}

test('a nested message, all headers and the source can be read; another device deleting it leaves the text', async ({ page, app, person }) => {
  const inner = aMessage({ subject: 'Inner letter', text: 'From inside.\n' });
  await person.device.append('INBOX', [
    { raw: aMessage({ subject: 'Outer', text: 'See https://example.org/a?b=1.\n> quoted\n> more\n', attachments: [{ name: 'inner.eml', mediaType: 'message/rfc822', content: inner }] }) },
    { raw: aMessage({ subject: 'Neighbour' }) },
  ]);
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /Outer,/ }).click();
  const message = page.getByRole('region', { name: 'Message' });
  await expect(message.getByRole('link', { name: 'https://example.org/a?b=1' })).toBeVisible();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Show all headers' }).click();
  await expect(page.getByRole('dialog')).toContainText('Message-ID');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Show source' }).click();
  await expect(page.getByRole('dialog')).toContainText('Content-Type: message/rfc822');
  await page.keyboard.press('Escape');
  await page.goto(page.url());
  await expect(message.getByRole('heading', { name: 'Outer' })).toBeVisible();
  await person.device.command('SELECT INBOX');
  await person.device.command('STORE 1 +FLAGS (\\Deleted)');
  await person.device.command('EXPUNGE');
  await expect(page.getByRole('row', { name: /Outer,/ })).toHaveCount(0);
  await expect(message.getByRole('heading', { name: 'Outer' })).toBeVisible();
});

test('on a public computer nothing stays behind', async ({ page, app, person, context, complaints }) => {
  complaints.expected.push(/401/); // The page that leaves asks whether its session is over.
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Secret', attachments: [{ name: 'notes.txt', mediaType: 'text/plain', content: Buffer.from('Between us') }] }) }]);
  await page.goto(`${app.address}/login`);
  await page.getByRole('textbox', { name: 'Email address' }).fill(person.user);
  await page.getByLabel('Password').fill('kingfisher');
  await page.getByRole('checkbox', { name: 'This is a shared or public computer' }).check();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('row', { name: /Secret,/ }).click();
  await expect(page.getByRole('heading', { name: 'Secret' })).toBeVisible();
  // A look comes before a file that would stay.
  await expect(page.getByText('A file you download stays on this shared computer.')).toBeVisible();
  await page.getByRole('link', { name: /notes\.txt/ }).click();
  await expect(page.getByRole('dialog').getByText('Between us')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const separator = page.getByRole('separator').first();
  await separator.focus();
  await page.keyboard.press('ArrowRight');
  const held = () => page.evaluate(async () => ({ local: localStorage.length, session: Object.keys(sessionStorage).filter((key) => !key.startsWith('__next')).length, databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length, workers: (await navigator.serviceWorker.getRegistrations()).length }));
  expect(await held()).toEqual({ local: 0, session: 0, databases: 0, caches: 0, workers: 0 });
  expect((await context.cookies()).filter(({ expires }) => expires > 0)).toEqual([]);
  await expect(page).not.toHaveTitle(/Secret/);
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  expect((await context.cookies()).filter(({ name }) => /session/i.test(name))).toEqual([]);
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByText('Secret')).toHaveCount(0);
});
