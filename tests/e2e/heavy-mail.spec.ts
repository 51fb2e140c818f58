import { crc32, deflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { body, composer } from './compose-fixture.ts';
import { expect, signIn, test } from './fixture.ts';
import { heavyBodies } from './heavy-bodies.ts';

const message = (page: Page) => page.getByRole('region', { name: 'Message' });
const frame = (page: Page) => page.frameLocator('iframe[title="Message body"]');
const open = (page: Page, subject: string) => page.getByRole('row', { name: new RegExp(`, ${subject},`) }).click();

test('check 71: of HTML that is too much to draw the words are shown and all of it is offered as a file, and it can be answered', async ({ page, app, person }) => {
  const bomb = heavyBodies['fonts that every paragraph makes anew'] ?? '';
  await person.device.append('INBOX', [
    { raw: aMessage({ subject: 'Calm', html: '<p>Quiet words</p>' }) },
    { raw: aMessage({ subject: 'Heavy', html: `<style>p{color:red}</style><p>First &amp; foremost</p>${bomb}` }) },
  ]);
  await signIn(page, app, person.user);
  await open(page, 'Heavy');
  await expect(message(page).getByRole('note')).toContainText("can't be shown with its formatting");
  await expect(message(page).getByText('First & foremost')).toBeVisible();
  await expect(message(page).getByText('color:red')).toHaveCount(0);
  const download = page.waitForEvent('download');
  await message(page).getByRole('link', { name: 'Download the whole text' }).click();
  await (await download).cancel();
  await message(page).focus();
  await page.keyboard.press('r');
  await expect(body(page)).toContainText('First & foremost');
  await composer(page).getByRole('button', { name: 'Discard draft' }).click();
  await expect(composer(page)).toHaveCount(0);
  await open(page, 'Calm');
  await expect(frame(page).getByText('Quiet words')).toBeVisible();
});

test('of 2,000 recipients two hundred are shown, and how many more there are (2.9)', async ({ page, app, person }) => {
  const to = Array.from({ length: 2_000 }, (_, index) => `p${index}@example.test`).join(', ');
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Crowd', to }) }]);
  await signIn(page, app, person.user);
  await open(page, 'Crowd');
  await message(page).getByRole('button', { name: 'Show all recipients' }).click();
  const shown = message(page).getByRole('definition').filter({ hasText: 'p0@example.test' });
  await expect(shown).toContainText('and 1800 more');
  await expect(shown.locator('bdi[dir=ltr]')).toHaveCount(200);
});

/** A picture of one colour: a hundred million pixels are a hundred kilobytes. */
function blackPng(width: number, height: number): Buffer {
  const chunk = (name: string, content: Buffer) => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(content.length);
    const checked = Buffer.concat([Buffer.from(name), content]);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(checked));
    return Buffer.concat([size, checked, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.writeUInt8(1, 8);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height))), chunk('IEND', Buffer.alloc(0))]);
}

test('check 73: a picture of 10,000 by 10,000 pixels is drawn nowhere, and says why', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/415/);
  const bomb = blackPng(10_000, 10_000);
  const fine = blackPng(40, 40);
  const inData = `data:image/png;base64,${bomb.toString('base64')}`;
  const html = `<p>Beginning</p><img id=a src="cid:bomb@x"><img src="${inData}" alt="Inside"><img src="cid:fine@x" alt="Fine"><img src="data:image/png;base64,${fine.toString('base64')}" alt="Small">`;
  const inline = [
    { name: 'bomb.png', mediaType: 'image/png', content: bomb, contentId: 'bomb@x' },
    { name: 'fine.png', mediaType: 'image/png', content: fine, contentId: 'fine@x' },
  ];
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Bomb', html, inline, attachments: [{ name: 'large.png', mediaType: 'image/png', content: bomb }] }) }]);
  await signIn(page, app, person.user);
  await open(page, 'Bomb');
  const drawn = () => frame(page).locator('img').evaluateAll((all) => all.map((one) => [one.getAttribute('alt'), (one as HTMLImageElement).naturalWidth]));
  await expect.poll(drawn).toEqual([[expect.stringContaining('too large to be drawn safely'), 0], ['Inside', 0], ['Fine', 40], ['Small', 40]]);
  await message(page).getByRole('button', { name: 'Preview large.png' }).click();
  await expect(page.getByRole('dialog')).toContainText("This file can't be shown here. You can download it.");
});
