import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { expect, signIn, test } from './fixture.ts';
import { hostileBodies } from './hostile-bodies.ts';

/** Everything the browser asks of anyone but us, what of it the policy did not stop, and every sign that a script of a mail ran. */
function watch(page: Page, ownAddress: string): { asked: string[]; left: string[]; ran: string[] } {
  const seen = { asked: [] as string[], left: [] as string[], ran: [] as string[] };
  const isOutside = (url: string) => /^(https?|wss?):/.test(url) && !url.startsWith(`${ownAddress}/`);
  const context = page.context();
  context.on('request', (request) => isOutside(request.url()) && seen.asked.push(request.url()));
  context.on('requestfinished', (request) => isOutside(request.url()) && seen.left.push(request.url()));
  // The browser tells of requests before its policy stops them.
  context.on('requestfailed', (request) => isOutside(request.url()) && request.failure()?.errorText !== 'csp' && seen.left.push(request.url()));
  context.on('page', (opened) => seen.ran.push(`opened ${opened.url()}`));
  page.on('dialog', (dialog) => {
    seen.ran.push(dialog.message());
    void dialog.dismiss();
  });
  return seen;
}

const nothing = { asked: [], left: [], ran: [] };

test('no body of a hostile mail runs a script, asks anyone else or leaves the page', async ({ page, app, person, complaints }) => {
  test.setTimeout(120_000);
  // A picture by a cid: that is not there, and what the frame's policy refuses while the body is taken apart.
  complaints.expected.push(/404/, /Blocked script execution/, /base URI/);
  const bodies = Object.entries(hostileBodies);
  await person.device.append('INBOX', bodies.map(([name, html]) => ({ raw: aMessage({ subject: name, html: `<p>The beginning</p>${html}` }) })).reverse());
  await signIn(page, app, person.user);
  const seen = watch(page, app.address);
  const frame = page.frameLocator('iframe[title="Message body"]');
  await page.getByRole('row').first().focus();
  for (const [name] of bodies) {
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
    await expect(frame.getByText('The beginning', { exact: true })).toBeVisible();
    const left = await frame.locator('html').evaluate((root) => ({
      active: [...root.querySelectorAll('script,iframe,object,embed,form,input,button,base,meta[http-equiv],link,svg,math,video,audio,template')].map((element) => element.outerHTML).filter((html) => !html.includes('charset')),
      handlers: [...root.querySelectorAll('*')].flatMap((element) => element.getAttributeNames().filter((attribute) => attribute.startsWith('on') || ['srcset', 'ping', 'formaction', 'background', 'srcdoc'].includes(attribute))),
      links: [...root.querySelectorAll<HTMLAnchorElement>('[href]')].map(({ href }) => href).filter((href) => !/^(https?|mailto|tel):/.test(href)),
    }));
    expect(left, name).toEqual({ active: [], handlers: [], links: [] });
    await page.keyboard.press('j');
  }
  expect(seen).toEqual(nothing);
  await expect(page).toHaveURL(new RegExp(`^${app.address}/mail/INBOX`));
});

test('the frame alone holds: what the filter never saw runs no script and asks nobody', async ({ page, app, person, complaints }) => {
  // The policy says in the console what it refused; that is what is tested here.
  complaints.expected.push(/./);
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'A frame', html: '<p>Framed</p>' }) }]);
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /A frame/ }).click();
  const frame = page.frameLocator('iframe[title="Message body"]');
  await expect(frame.getByText('Framed')).toBeVisible();
  const seen = watch(page, app.address);
  for (const html of Object.values(hostileBodies)) {
    await page.evaluate(async (raw) => {
      const inside = document.querySelector<HTMLIFrameElement>('iframe[title="Message body"]')?.contentDocument;
      if (!inside) throw new Error('The frame left its page');
      inside.body.append(inside.createRange().createContextualFragment(raw));
      // Two frames: laid out and painted once, so that whatever it loads has been asked for.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      inside.body.replaceChildren();
    }, html);
  }
  // A request to our own server orders after whatever the markup set off.
  await page.evaluate(() => fetch('/healthz').then((response) => response.text()));
  // It may ask; the policy and the sandbox see to it that nothing leaves and nothing runs.
  expect(seen.asked.length).toBeGreaterThan(10);
  expect({ left: seen.left, ran: seen.ran }).toEqual({ left: [], ran: [] });
});

test('subjects, names and file names are only ever text', async ({ page, app, person }) => {
  const markup = '<img src=x onerror=alert(1)>';
  const raw = aMessage({
    subject: `${markup} {{7*7}}`,
    from: `"${markup}" <evil@example.test>`,
    text: `${markup}\n`,
    attachments: [{ name: `${markup}.txt`, mediaType: 'text/plain', content: Buffer.from('x') }],
  });
  await person.device.append('INBOX', [{ raw }]);
  await person.device.create(`Folder ${markup}`);
  await signIn(page, app, person.user);
  const seen = watch(page, app.address);
  await expect(page.getByRole('treeitem', { name: `Folder ${markup}` })).toBeVisible();
  await page.getByRole('row').first().click();
  await expect(page.getByRole('heading', { name: markup })).toBeVisible();
  await expect(page.locator('img[src=x]')).toHaveCount(0);
  expect(seen).toEqual(nothing);
});

test('remote pictures are withheld and counted until asked for, and an attachment is only ever a download', async ({ page, app, person, complaints }) => {
  // The proxy refuses an address that is not public.
  complaints.expected.push(/remote-image|status of 4\d\d|status of 502/);
  const raw = aMessage({
    subject: 'Pictures',
    html: '<p>Two</p><img src="http://127.0.0.1:1/a.png"><img src="https://pictures.invalid/b.png">',
    attachments: [{ name: 'page.html', mediaType: 'text/html', content: Buffer.from('<script>alert(1)</script>') }],
  });
  await person.device.append('INBOX', [{ raw }]);
  await signIn(page, app, person.user);
  const seen = watch(page, app.address);
  await page.getByRole('row', { name: /Pictures/ }).click();
  const message = page.getByRole('region', { name: 'Message' });
  await expect(message.getByText(/2 remote images/)).toBeVisible();
  await message.getByRole('button', { name: 'Load remote images' }).click();
  await expect(message.getByRole('button', { name: 'Load remote images' })).toHaveCount(0);
  const download = page.waitForEvent('download');
  await message.getByText('page.html').click();
  expect((await download).suggestedFilename()).toBe('page.html');
  expect(seen).toEqual(nothing);
});

test('check 31: pictures are loaded once, or from now on for a proven sender or domain, and the choice can be taken back', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/remote-image|status of 4\d\d|status of 502/);
  const mail = (subject: string, from: string, results: string) => ({
    raw: aMessage({ subject, from, html: `<p>${subject}</p><img src="https://pictures.invalid/a.png" width=300>`, headers: { 'Authentication-Results': `mx.example.test; ${results}` } }),
  });
  await person.device.append('INBOX', [mail('One', 'Ann <ann@else.test>', 'dmarc=pass'), mail('Two', 'Ann <ann@else.test>', 'dmarc=pass'), mail('Forged', 'Ann <ann@else.test>', 'dmarc=fail'), mail('Free', 'Cy <cy@gmail.com>', 'dmarc=pass')]);
  await signIn(page, app, person.user);
  const message = page.getByRole('region', { name: 'Message' });
  const load = message.getByRole('button', { name: 'Load remote images' });
  const open = async (subject: string) => {
    await page.getByRole('row', { name: new RegExp(`, ${subject},`) }).click();
    await expect(page.frameLocator('iframe[title="Message body"]').getByText(subject, { exact: true })).toBeVisible();
  };
  await open('Free');
  await message.getByRole('button', { name: 'Always' }).click();
  await expect(page.getByRole('menuitem', { name: 'From cy@gmail.com' })).toBeVisible();
  await expect(page.getByRole('menuitem')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await open('Forged');
  await expect(load).toBeVisible();
  await expect(message.getByRole('button', { name: 'Always' })).toHaveCount(0);
  await open('One');
  await message.getByRole('button', { name: 'Always' }).click();
  await expect(page.getByRole('menuitem')).toHaveText(['From ann@else.test', 'From else.test']);
  const loaded = page.waitForRequest(/api\/remote-image/);
  await page.getByRole('menuitem', { name: 'From else.test' }).click();
  await loaded;
  await expect(load).toHaveCount(0);
  const again = page.waitForRequest(/api\/remote-image/);
  await open('Two');
  await again;
  await expect(load).toHaveCount(0);
  await open('Forged');
  await expect(load).toBeVisible();
  await page.goto(`${app.address}/settings/reading`);
  await expect(async () => {
    const remove = page.getByRole('button', { name: 'Remove @else.test' });
    if (await remove.isVisible()) await remove.click(); // It may be drawn before it works.
    await expect(page.getByText('Nobody’s are: each message asks.')).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await page.goto(`${app.address}/mail/INBOX`);
  await open('Two');
  await expect(load).toBeVisible();
});

test('pictures that only tell the sender of the reading are counted, named, and never loaded, also when pictures are', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/remote-image|status of 4\d\d|status of 502/);
  const html = `<p>News</p><img src="https://pictures.invalid/a.png" width=300>
    <img src="https://shop.us1.list-manage.com/track/open.php?u=1"><img src="https://t.hubspotemail.net/e2t/o/abc">
    <img src="https://unknown.invalid/p?id=7" width="1" height="1"><img src="https://unknown.invalid/q" style="display:none"><img src="https://unknown.invalid/line.gif" width=1 height=40>`;
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Tracked', html }) }, { raw: aMessage({ subject: 'Untracked', html: '<p>Words</p>' }) }]);
  await signIn(page, app, person.user);
  const asked: string[] = [];
  page.on('request', (request) => request.url().includes('/api/remote-image') && asked.push(request.url()));
  await page.getByRole('row', { name: /, Tracked,/ }).click();
  const message = page.getByRole('region', { name: 'Message' });
  await expect(message.getByRole('note')).toHaveText('4 tracking pictures (Mailchimp, HubSpot) were not loaded.');
  await expect(message.getByText(/2 remote images/)).toBeVisible();
  const loaded = page.waitForResponse(/api\/remote-image/);
  await message.getByRole('button', { name: 'Load remote images' }).click();
  await loaded;
  await expect(message.getByRole('button', { name: 'Load remote images' })).toHaveCount(0);
  expect(asked.map((url) => new URL(url).searchParams.get('u') ?? url).filter((url) => /list-manage|hubspot|unknown\.invalid\/[pq]/.test(url))).toEqual([]);
  await expect(message.getByRole('note')).toBeVisible();
  await page.getByRole('row', { name: /, Untracked,/ }).click();
  await expect(page.frameLocator('iframe[title="Message body"]').getByText('Words')).toBeVisible();
  await expect(message.getByRole('note')).toHaveCount(0);
});
