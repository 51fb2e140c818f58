import { aLetter } from '#tests/support/mail-server/a-letter.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import type { Page } from '@playwright/test';
import { expect, signIn, test } from './fixture.ts';

const rows = (page: Page) => page.getByRole('treegrid', { name: 'Messages' }).getByRole('row');

async function fill(device: RawImap): Promise<void> {
  await device.append('INBOX', [
    { raw: aLetter('trip-1', [], { from: 'Ann Lee <ann@example.test>', text: 'Shall we go?\n' }) },
    { raw: aMessage({ subject: 'Budget', from: 'Bob <bob@example.test>' }) },
    { raw: aLetter('trip-2', ['trip-1'], { from: 'Bob <bob@example.test>', text: 'Yes, on Sunday.\n' }) },
    { raw: aLetter('trip-3', ['trip-1', 'trip-2'], { from: 'Ann Lee <ann@example.test>', text: 'I bring the boat.\n' }) },
  ]);
}

test('a mailbox is switched to conversations and back, and remembers it', async ({ page, app, person }) => {
  await fill(person.device);
  await signIn(page, app, person.user);
  await page.getByRole('button', { name: 'Show as conversations' }).click();
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first()).toHaveAccessibleName(/^Unread, Ann, Bob, 3 messages, Re: Trip to the lake, /);
  await page.reload();
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole('button', { name: 'Show single messages' }).click();
  await expect(page.getByRole('grid', { name: 'Messages' }).getByRole('row')).toHaveCount(4);
});
