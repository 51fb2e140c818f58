import type { Route } from '@playwright/test';
import { picture } from '#tests/demo/mailbox/attachments/picture.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { arrived, body, composer, send, sendNow, startLetter } from './compose-fixture.ts';
import { expect, signIn, test } from './fixture.ts';

/** A message with two files, as another program makes it. */
function withFiles(subject: string): Buffer {
  const part = (name: string, text: string) => ['--x', 'Content-Type: text/plain', `Content-Disposition: attachment; filename="${name}"`, '', text].join('\r\n');
  return Buffer.from(['From: Ann Lee <person60@example.test>', 'To: person59@example.test', `Subject: ${subject}`, 'Date: Mon, 23 Nov 2026 10:00:00 +0000', 'Message-ID: <files@example.test>', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=x', '', '--x', 'Content-Type: text/plain', '', 'See the files.', part('plan.txt', 'The plan'), part('costs.txt', 'The costs'), '--x--', ''].join('\r\n'));
}

test('files of another message are attached without a download: the server copies', async ({ page, app, person }) => {
  await person.device.append('Archive', [{ raw: withFiles('The project') }]);
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'No files here' }) }]);
  await signIn(page, app, person.user);
  await startLetter(page, { to: person.user, subject: 'With copies' });
  const read: string[] = [];
  page.on('request', (request) => /\/parts\/|\/source|\/api\/uploads/.test(request.url()) && read.push(request.url()));
  const choose = async (what: string) => {
    await composer(page).getByRole('button', { name: 'More options' }).click();
    await page.getByRole('menuitem', { name: 'Attach from a message…' }).click();
    const finder = page.getByRole('dialog', { name: 'Find a message with files' });
    await finder.getByRole('combobox').fill('project');
    await expect(finder.getByRole('option')).toHaveCount(1);
    await expect(finder.getByRole('option')).toContainText('The project');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'What to attach' }).getByRole('option', { name: what }).click();
  };
  await choose('costs.txt');
  await expect(composer(page).getByRole('button', { name: 'Remove costs.txt' })).toBeVisible();
  await choose('The whole message');
  await expect(composer(page).getByRole('button', { name: 'Remove The project.eml' })).toBeVisible();
  expect(read).toEqual([]);
  await send(page);
  await sendNow(page);
  const { email, raw } = await arrived(person.device, 'Sent', 1);
  expect(Buffer.from(email.attachments.find(({ filename }) => filename === 'costs.txt')?.content as ArrayBuffer).toString().trim()).toBe('The costs');
  expect(raw).toContain('Message-ID: <files@example.test>');
});

test('an emoji is found by its name and stands where the cursor was', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await startLetter(page, { to: person.user, subject: 'Birthday' });
  const asked: string[] = [];
  page.on('request', (request) => !request.url().startsWith(`${app.address}/`) && /^https?:/.test(request.url()) && asked.push(request.url()));
  await body(page).click();
  await page.keyboard.type('Well done ');
  // The list is slower than the first keys.
  const { promise: areKeysPressed, resolve: keysPressed } = Promise.withResolvers<void>();
  await page.route('**/_next/static/**', async (route) => {
    await areKeysPressed;
    await route.continue();
  });
  await composer(page).getByRole('button', { name: 'Emoji' }).click();
  const search = page.getByRole('combobox', { name: 'Search emoji' });
  await expect(search).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option')).toHaveCount(0);
  keysPressed();
  const selected = page.getByRole('option', { selected: true });
  await expect(selected).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(selected).toHaveCount(1);
  await expect(page.getByRole('option').nth(9)).toHaveAttribute('aria-selected', 'true');
  await search.fill('party popper');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(body(page)).toHaveText('Well done 🎉');
  await expect(body(page)).toBeFocused();
  expect(asked).toEqual([]);
});

test('a message from a list is answered to the list, also by its key', async ({ page, app, person }) => {
  const raw = Buffer.from(['From: Ann Lee <person60@example.test>', 'To: birds@example.test', 'Reply-To: person60@example.test', 'Subject: Terns', 'Message-ID: <terns@example.test>', 'List-Id: <birds.example.test>', 'List-Post: <mailto:birds@example.test>', 'Date: Mon, 23 Nov 2026 10:00:00 +0000', '', 'Seen today.', ''].join('\r\n'));
  await person.device.append('INBOX', [{ raw }, { raw: aMessage({ subject: 'No list' }) }]);
  await signIn(page, app, person.user);
  const message = page.getByRole('region', { name: 'Message' });
  await page.getByRole('row', { name: /No list,/ }).click();
  await expect(message.getByRole('heading', { name: 'No list' })).toBeVisible();
  await message.getByRole('button', { name: 'More', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: 'Edit as new message' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Reply to the list' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByRole('row', { name: /Terns,/ }).click();
  await expect(message.getByRole('heading', { name: 'Terns' })).toBeVisible();
  await message.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Reply to the list' }).click();
  await expect(composer(page).getByRole('button', { name: 'birds@example.test', exact: true })).toBeVisible();
  await expect(composer(page).getByRole('textbox', { name: 'Subject' })).toHaveValue('Re: Terns');
  await composer(page).getByRole('button', { name: 'Discard draft' }).click();
  await page.getByRole('row', { name: /Terns,/ }).focus();
  await page.keyboard.press('Shift+l');
  await expect(composer(page).getByRole('button', { name: 'birds@example.test', exact: true })).toBeVisible();
});

test('a message is sent on to others as it is', async ({ page, app, person }) => {
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Minutes', from: 'Ann Lee <person60@example.test>', messageId: '<minutes@example.test>', html: '<p>All agreed.</p>' }) }]);
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /Minutes,/ }).click();
  const message = page.getByRole('region', { name: 'Message' });
  await expect(message.getByRole('heading', { name: 'Minutes' })).toBeVisible();
  await message.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Resend to others' }).click();
  await expect(composer(page)).toContainText('It goes on as it is, from its writer.');
  await expect(composer(page).getByRole('textbox', { name: 'Subject' })).toHaveCount(0);
  await composer(page).getByRole('combobox', { name: 'To' }).fill(person.user);
  await page.keyboard.press('Enter');
  await expect(composer(page).getByRole('status').filter({ hasText: /Saved \d/ })).toBeVisible();
  await page.reload();
  await expect(composer(page)).toContainText('It goes on as it is, from its writer.');
  await send(page);
  await sendNow(page);
  const { email, raw } = await arrived(person.device, 'INBOX', 2);
  expect([email.from?.address, email.messageId, email.subject]).toEqual(['person60@example.test', '<minutes@example.test>', 'Minutes']);
  expect(raw).toContain(`Resent-From: ${person.user}`);
});

test('a message in a window of its own goes on there, alone, and is sent from it', async ({ page, app, person, context }) => {
  await signIn(page, app, person.user);
  await startLetter(page, { to: person.user, subject: 'Apart' });
  await body(page).fill('Begun in the dock');
  await composer(page).getByRole('button', { name: 'More options' }).click();
  const [own] = await Promise.all([context.waitForEvent('page'), page.getByRole('menuitem', { name: 'Open in a window of its own' }).click()]);
  await expect(composer(page)).toHaveCount(0);
  await expect(body(own)).toHaveText('Begun in the dock');
  await expect(own).toHaveURL(/\/compose\?draft=[\da-f-]{36}$/);
  await body(own).fill('Ended in its own window');
  await own.reload();
  await expect(body(own)).toHaveText('Ended in its own window');
  await own.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(own.getByText('This message has left your desk.')).toBeVisible();
  await own.close();
  await sendNow(page);
  expect((await arrived(person.device, 'Sent', 1)).email.text).toContain('Ended in its own window');
});

test('a picture in the text is made smaller with the keyboard and the pointer, and arrives in that size', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await startLetter(page, { to: person.user, subject: 'Picture' });
  await body(page).click();
  await body(page).evaluate((root, bytes) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([new Uint8Array(bytes)], 'bird.png', { type: 'image/png' }));
    root.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, [...picture(1, 200, 100)]);
  const bird = body(page).getByRole('img', { name: 'bird.png' });
  await expect(bird).toBeVisible();
  await bird.click();
  const handle = body(page).getByRole('button', { name: 'Resize picture' });
  const before = (await bird.boundingBox())?.width ?? 0;
  const box = await handle.boundingBox();
  if (!box) throw new Error('No handle');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 - 60, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  const dragged = (await bird.boundingBox())?.width ?? 0;
  expect(dragged).toBeLessThan(before - 30);
  await handle.focus();
  await page.keyboard.press('ArrowLeft');
  const after = (await bird.boundingBox())?.width ?? 0;
  expect(after).toBeLessThan(dragged);
  await send(page);
  await sendNow(page);
  const { email } = await arrived(person.device, 'Sent', 1);
  const width = Number(/<img[^>]*\swidth="(\d+)"/.exec(email.html ?? '')?.[1]);
  expect(Math.abs(width - after)).toBeLessThan(3);
  expect(email.attachments.map(({ mimeType }) => mimeType)).toEqual(['image/png']);
});

test('mail addresses of the web are registered to open here', async ({ page, app, person }) => {
  await page.addInitScript(() => {
    const calls: string[][] = [];
    Object.assign(window, { registered: calls });
    navigator.registerProtocolHandler = (...call: string[]) => void calls.push(call);
  });
  await signIn(page, app, person.user);
  await page.goto(`${app.address}/settings/writing`);
  await page.getByRole('button', { name: 'Open them with Pipit' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Your browser now asks you' })).toBeVisible();
  const [[scheme, address] = []] = await page.evaluate(() => (window as unknown as { registered: string[][] }).registered);
  expect([scheme, address]).toEqual(['mailto', `${app.address}/compose?mailto=%s`]);
  await page.goto(String(address).replace('%s', encodeURIComponent('mailto:person60@example.test?subject=Hi')));
  await expect(page.getByRole('textbox', { name: 'Subject' })).toHaveValue('Hi');
});

test('a message that nobody takes is said to be unsent, and the draft is a click away', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await startLetter(page, { to: 'nobody@example.test, none@example.test', subject: 'In vain' });
  await body(page).fill('Hello');
  await send(page);
  await page.getByRole('button', { name: /^Outbox,/ }).click();
  const outbox = page.getByRole('dialog', { name: 'Outbox' });
  await outbox.getByRole('button', { name: 'Send now' }).click();
  await expect(outbox).toContainText('Not sent. The message is still in Drafts.');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('status').filter({ hasText: '“In vain” was not sent: nobody@example.test, none@example.test did not take it. It is still in Drafts.' })).toBeVisible();
  await page.getByRole('button', { name: /^Outbox,/ }).click();
  await outbox.getByRole('button', { name: 'Open the draft' }).click();
  await expect(body(page)).toHaveText('Hello');
  expect(await person.device.command('STATUS Sent (MESSAGES)')).toContain('MESSAGES 0');
});

test('check 75: more people than one message may go to are told at once, and nothing is sent', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await startLetter(page, { to: Array.from({ length: 120 }, (_, n) => `p${n}@example.test`).join(', '), subject: 'To all' });
  await body(page).fill('Hello');
  await send(page);
  await expect(composer(page).getByRole('alert')).toContainText('it is for 120 people, and one message may go to 100');
  await expect(page.getByRole('button', { name: /^Outbox,/ })).toHaveCount(0);
});

test('check 75: more files than one message may carry are told at once, and the others come along, in the order they were chosen', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  const { promise: isOvertaken, resolve: overtaken } = Promise.withResolvers<void>();
  let begun = 0;
  await page.route('**/api/uploads/*', async (route) => {
    begun += 1;
    if (begun === 1) await isOvertaken;
    else if (begun === 5) overtaken();
    await route.continue();
  });
  await startLetter(page, { to: person.user, subject: 'Many' });
  const files = Array.from({ length: 22 }, (_, n) => ({ name: `n${n}.txt`, mimeType: 'text/plain', buffer: Buffer.from(`${n}`) }));
  await composer(page).locator('input[type=file]').setInputFiles(files);
  await expect(composer(page).getByRole('alert')).toHaveText('One message can carry 20 attachments.');
  await expect(composer(page).getByRole('button', { name: /^Remove n\d+\.txt$/ })).toHaveCount(20);
  await expect(composer(page).getByRole('progressbar')).toHaveCount(0);
  const names = composer(page).getByRole('list', { name: 'Attachments' }).locator('bdi');
  expect(await names.allTextContents()).toEqual(files.slice(0, 20).map(({ name }) => name));
});

test('an upload goes on where the line broke off, is tried again on request, and can be called off', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/CONNECTION_RESET|failed:/, /507/);
  await signIn(page, app, person.user);
  await startLetter(page, { to: person.user, subject: 'Broken line' });
  const files = ['whole', 'again', 'never'].map((name, n) => ({ name: `${name}.bin`, mimeType: 'application/octet-stream', buffer: Buffer.alloc(262_144, `${n}${name}`) }));
  const half = 131_072;
  const offsets: string[] = [];
  const deleted: string[] = [];
  page.on('request', (request) => request.method() === 'DELETE' && deleted.push(request.url()));
  const patches = [
    async (route: Route) => {
      // What arrived before the line broke.
      const headers = { origin: app.address, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
      await page.request.fetch(route.request().url(), { method: 'PATCH', headers, data: files[0]?.buffer.subarray(0, half) });
      await route.abort('connectionreset');
    },
    (route: Route) => route.continue(),
    (route: Route) => route.fulfill({ status: 507, json: { error: { code: 'over-quota', retryable: false } } }),
    (route: Route) => route.continue(),
    () => Promise.resolve(), // Never answered.
  ];
  await page.route('**/api/uploads/*', async (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    offsets.push((await route.request().headerValue('upload-offset')) ?? '');
    return patches.shift()?.(route);
  });
  const choose = (n: number) => composer(page).locator('input[type=file]').setInputFiles(files.slice(n, n + 1));
  const going = composer(page).getByRole('progressbar');
  await choose(0);
  await expect(composer(page).getByRole('button', { name: 'Remove whole.bin' })).toBeVisible();
  await expect.poll(() => offsets).toEqual(['0', `${half}`]);
  await expect(going).toHaveCount(0);
  await choose(1);
  await composer(page).getByRole('button', { name: 'Upload again.bin again' }).click();
  await expect(going).toHaveCount(0);
  await choose(2);
  await expect(going).toHaveCount(1);
  await composer(page).getByRole('button', { name: 'Remove never.bin' }).click();
  await expect(going).toHaveCount(0);
  await expect.poll(() => deleted.length).toBe(1);
  await expect(async () => {
    const { email } = await arrived(person.device, 'Drafts', 1);
    const found = email.attachments.map(({ filename, content }) => [filename, Buffer.from(content as ArrayBuffer)]);
    expect(Object.fromEntries(found)).toEqual({ 'whole.bin': files[0]?.buffer, 'again.bin': files[1]?.buffer });
  }).toPass({ timeout: 15_000 });
});

test('an answer to a part that is selected quotes only that', async ({ page, app, person }) => {
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Long', from: 'Ann Lee <person60@example.test>', to: person.user, html: '<p>The first point.</p><p>The <b>second</b> point.</p><p>The third point.</p>' }) }]);
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /Long,/ }).click();
  const message = page.getByRole('region', { name: 'Message' });
  await message.locator('iframe').contentFrame().getByText('second point').selectText();
  await message.getByRole('button', { name: 'Reply', exact: true }).click();
  await expect(body(page)).toContainText('Ann Lee wrote:');
  await expect(body(page).locator('blockquote')).toHaveText('The second point.');
  await expect(body(page)).not.toContainText('first point');
});
