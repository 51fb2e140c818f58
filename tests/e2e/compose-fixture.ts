import type { Locator, Page } from '@playwright/test';
import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { expect } from './fixture.ts';

export const composer = (page: Page): Locator => page.getByRole('dialog', { name: 'New message' });

export const body = (page: Page): Locator => page.getByRole('textbox', { name: 'Message body' });

/** Opens an empty message to somebody. */
export async function startLetter(page: Page, { to, subject }: { to: string; subject: string }): Promise<void> {
  await page.getByRole('button', { name: 'Compose' }).click();
  await composer(page).getByRole('combobox', { name: 'To' }).fill(to);
  await page.keyboard.press('Enter');
  await composer(page).getByRole('textbox', { name: 'Subject' }).fill(subject);
}

export async function send(page: Page): Promise<void> {
  await composer(page).getByRole('button', { name: 'Send', exact: true }).click();
}

/** Has the message that waits for its undo time go at once. */
export async function sendNow(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Outbox,/ }).click();
  await page.getByRole('button', { name: 'Send now' }).click();
  await expect(page.getByRole('dialog', { name: 'Outbox' })).toContainText('Nothing is waiting');
  await page.keyboard.press('Escape');
}

/** The newest message of a mailbox, read back by a parser that is not ours; waits until there are as many as said. */
export async function arrived(device: RawImap, mailbox: string, count: number): Promise<{ raw: string; email: Email }> {
  const counted = async () => {
    await device.command('NOOP'); // Of the mailbox that is selected Dovecot tells what it told last.
    return device.command(`STATUS ${mailbox} (MESSAGES)`);
  };
  await expect.poll(counted, { timeout: 20_000 }).toContain(`MESSAGES ${count})`);
  await device.command(`EXAMINE ${mailbox}`);
  const answer = await device.command(`FETCH ${count} BODY.PEEK[]`);
  const [, size = '0'] = /\{(\d+)\}\r\n/.exec(answer) ?? [];
  const start = answer.indexOf('}\r\n') + 3;
  const raw = Buffer.from(answer, 'latin1').subarray(start, start + Number(size)).toString('latin1');
  return { raw, email: await PostalMime.parse(Buffer.from(raw, 'latin1')) };
}
