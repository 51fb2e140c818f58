import type { Locator, Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { quoteName } from '#tests/support/mail-server/raw-imap.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { expect, signIn, test } from './fixture.ts';
import { pressAtOnce } from './keys.ts';

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ raw: aMessage({ subject: `Number ${index + 1}`, text: `Text ${index + 1}\n` }) }));

const row = (page: Page, number: number): Locator => page.getByRole('row', { name: new RegExp(`Number ${number},`) });
const toast = (page: Page, text: string | RegExp): Locator => page.getByRole('status').filter({ hasText: text });
const rows = (page: Page): Locator => page.getByRole('grid', { name: 'Messages' });

/** Subjects of a mailbox as the other device sees them. */
async function subjectsIn(device: RawImap, mailbox: string, which = 'ALL'): Promise<string[]> {
  await device.command(`SELECT ${quoteName(mailbox)}`);
  const found = /\* SEARCH ?(.*)\r\n/.exec(await device.command(`SEARCH ${which}`))?.[1]?.trim();
  if (!found) return [];
  const answer = await device.command(`FETCH ${found.replaceAll(' ', ',')} (BODY.PEEK[HEADER.FIELDS (SUBJECT)])`);
  return [...answer.matchAll(/^Subject: (.*)\r$/gm)].map(([, subject]) => subject ?? '');
}

const keptIn = (device: RawImap, mailbox: string, which?: string) => expect.poll(() => subjectsIn(device, mailbox, which));

test('archived in the next frame, on the other device a moment later, and back by z', async ({ page, app, person }) => {
  await person.device.append('INBOX', many(4));
  await signIn(page, app, person.user);
  await row(page, 3).focus();
  await page.keyboard.press('e');
  await expect(row(page, 3)).toHaveCount(0);
  await expect(rows(page)).toHaveAttribute('aria-rowcount', '3');
  await expect(row(page, 2)).toBeFocused();
  await expect(page.getByRole('treeitem', { name: 'Inbox, 3 unread' })).toBeVisible();
  await expect(page.getByRole('treeitem', { name: 'Archive, 1 unread' })).toBeVisible();
  await keptIn(person.device, 'Archive').toEqual(['Number 3']);
  await expect(toast(page, 'Archived.').getByRole('button', { name: 'Undo' })).toBeVisible();
  await page.keyboard.press('z');
  await expect(row(page, 3)).toBeVisible();
  await keptIn(person.device, 'Archive').toEqual([]);
  await keptIn(person.device, 'INBOX').toContain('Number 3');
  await toast(page, 'Taken back.').getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, 3)).toHaveCount(0);
  await keptIn(person.device, 'Archive').toEqual(['Number 3']);
});

test('delete goes to Trash, and from Trash for good after one question', async ({ page, app, person }) => {
  await person.device.append('INBOX', many(2));
  await signIn(page, app, person.user);
  await row(page, 2).focus();
  await page.keyboard.press('#');
  await expect(row(page, 2)).toHaveCount(0);
  await keptIn(person.device, 'Trash').toEqual(['Number 2']);
  await page.getByRole('treeitem', { name: /^Trash/ }).click();
  await row(page, 2).focus();
  await page.keyboard.press('#');
  const dialog = page.getByRole('dialog', { name: 'Delete this message for good?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(row(page, 2)).toBeVisible();
  await row(page, 2).focus();
  await page.keyboard.press('#');
  await dialog.getByRole('button', { name: 'Delete for good' }).click();
  await expect(row(page, 2)).toHaveCount(0);
  await keptIn(person.device, 'Trash').toEqual([]);
});

test('spam is reported with its keyword, and taken out of Spam again', async ({ page, app, person }) => {
  await person.device.append('INBOX', many(2));
  await signIn(page, app, person.user);
  await row(page, 1).click();
  const message = page.getByRole('region', { name: 'Message' });
  await message.getByRole('button', { name: 'Report spam' }).click();
  await expect(message.getByRole('heading', { name: 'Number 2' })).toBeVisible();
  await keptIn(person.device, 'Junk', 'KEYWORD $Junk').toEqual(['Number 1']);
  await page.getByRole('treeitem', { name: /^Spam/ }).click();
  await row(page, 1).click();
  await expect(message.getByRole('button', { name: 'Report spam' })).toHaveCount(0);
  await message.getByRole('button', { name: 'Not spam' }).click();
  await keptIn(person.device, 'INBOX', 'KEYWORD $NotJunk').toEqual(['Number 1']);
  await keptIn(person.device, 'Junk').toEqual([]);
});

test('moved and copied to a mailbox that is chosen by typing; the last choice comes first', async ({ page, app, person }) => {
  await person.device.create('Work/Clients');
  await person.device.create('Plans');
  await person.device.append('INBOX', many(3));
  await signIn(page, app, person.user);
  await row(page, 3).focus();
  await page.keyboard.press('v');
  const dialog = page.getByRole('dialog', { name: 'Move to…' });
  await expect(dialog.getByRole('option', { name: 'Archive', exact: true })).toBeVisible();
  await expect(dialog.getByRole('option', { name: 'Inbox', exact: true })).toHaveCount(0);
  await page.keyboard.type('clie');
  await expect(dialog.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(row(page, 3)).toHaveCount(0);
  await keptIn(person.device, 'Work/Clients').toEqual(['Number 3']);
  await expect(row(page, 2)).toBeFocused();
  await page.keyboard.press('Shift+v');
  const copy = page.getByRole('dialog', { name: 'Copy to…' });
  await expect(copy.getByRole('option').first()).toHaveAccessibleName('Clients');
  await copy.getByRole('textbox').fill('plans');
  await copy.getByRole('option', { name: 'Plans' }).click();
  await keptIn(person.device, 'Plans').toEqual(['Number 2']);
  await expect(row(page, 2)).toBeVisible();
  await page.keyboard.press('z');
  await keptIn(person.device, 'Plans').toEqual([]);
});

test('a selection is archived together and comes back together', async ({ page, app, person }) => {
  await person.device.append('INBOX', many(6));
  await signIn(page, app, person.user);
  for (const number of [2, 4, 5]) await row(page, number).getByRole('checkbox', { name: 'Select' }).click();
  await expect(page.getByText('3 selected')).toBeVisible();
  await page.getByRole('toolbar', { name: 'Actions' }).getByRole('button', { name: 'Archive' }).click();
  await expect(rows(page)).toHaveAttribute('aria-rowcount', '3');
  await expect(page.getByText('3 selected')).toHaveCount(0);
  await keptIn(person.device, 'Archive').toEqual(['Number 2', 'Number 4', 'Number 5']);
  await toast(page, '3 messages archived.').getByRole('button', { name: 'Undo' }).click();
  await expect(rows(page)).toHaveAttribute('aria-rowcount', '6');
  await keptIn(person.device, 'Archive').toEqual([]);
});

test('Shift+u closes to the list, and the message stays unread', async ({ page, app, person }) => {
  await person.device.append('INBOX', many(2));
  await signIn(page, app, person.user);
  await row(page, 2).click();
  await expect(row(page, 2)).toHaveAttribute('data-unread', 'false');
  await page.keyboard.press('Shift+u');
  await expect(page).toHaveURL(`${app.address}/mail/INBOX`);
  await expect(row(page, 2)).toHaveAttribute('data-unread', 'true');
  await keptIn(person.device, 'INBOX', 'UNSEEN').toEqual(['Number 1', 'Number 2']);
});

test('undo never overwrites what another device did since', async ({ page, app, person }) => {
  await person.device.append('INBOX', many(3));
  await signIn(page, app, person.user);
  const { device } = person;
  await row(page, 3).focus();
  await page.keyboard.press('s');
  await keptIn(device, 'INBOX', 'FLAGGED').toEqual(['Number 3']);
  await device.command('STORE 3 -FLAGS (\\Flagged)');
  await expect(row(page, 3)).toHaveAttribute('data-flagged', 'false');
  await device.command('STORE 3 +FLAGS (\\Flagged)');
  await expect(row(page, 3)).toHaveAttribute('data-flagged', 'true');
  await page.keyboard.press('z');
  await row(page, 2).focus();
  await page.keyboard.press('e');
  await keptIn(device, 'Archive').toEqual(['Number 2']);
  expect(await subjectsIn(device, 'INBOX', 'FLAGGED')).toEqual(['Number 3']);
  await device.create('Work');
  await device.command('SELECT Archive');
  await device.command('MOVE 1 Work');
  await page.keyboard.press('z');
  await expect(toast(page, 'One message was no longer there')).toBeVisible();
  expect(await subjectsIn(device, 'Work')).toEqual(['Number 2']);
  expect(await subjectsIn(device, 'INBOX')).toEqual(['Number 1', 'Number 3']);
});

test('what was done can be taken back after a reload', async ({ page, app, person }) => {
  await person.device.append('INBOX', many(3));
  await signIn(page, app, person.user);
  await row(page, 3).focus();
  await page.keyboard.press('e');
  await page.keyboard.press('#');
  await keptIn(person.device, 'Trash').toEqual(['Number 2']);
  // Also in the first instant in which the page hears keys.
  await pressAtOnce(page, 'z');
  await page.reload();
  await keptIn(person.device, 'Trash').toEqual([]);
  await expect(page.getByText('There is nothing to undo.')).toHaveCount(0);
  await page.keyboard.press('z');
  await keptIn(person.device, 'Archive').toEqual([]);
  await expect(rows(page)).toHaveAttribute('aria-rowcount', '3');
});

test('acts made offline wait in order, survive a reload, and go out when the line is back', async ({ page, app, person, context, complaints }) => {
  complaints.expected.push(/failed:|ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
  await person.device.append('INBOX', many(5));
  await signIn(page, app, person.user);
  await row(page, 5).focus();
  await context.setOffline(true);
  await page.keyboard.press('e');
  await page.keyboard.press('s');
  await page.keyboard.press('#');
  await page.keyboard.press('e');
  await page.keyboard.press('z');
  await expect(rows(page)).toHaveAttribute('aria-rowcount', '3');
  await expect(toast(page, '3 changes wait to be sent.')).toBeVisible();
  expect(await subjectsIn(person.device, 'INBOX')).toHaveLength(5);
  // Meanwhile the other device takes one of them away.
  await person.device.command('STORE 4 +FLAGS (\\Deleted)');
  await person.device.command('EXPUNGE');
  // The page is gone with its memory; what waits is read from the browser's store.
  await page.goto('about:blank');
  await context.setOffline(false);
  await page.goto(`${app.address}/mail/INBOX`);
  await keptIn(person.device, 'Archive').toEqual(['Number 5']);
  await keptIn(person.device, 'INBOX').toEqual(['Number 1', 'Number 2', 'Number 3']);
  await expect(toast(page, 'no longer there')).toBeVisible();
  await expect(rows(page)).toHaveAttribute('aria-rowcount', '3');
  await expect(toast(page, 'wait to be sent')).toHaveCount(0);
});

test('a second tab follows, and what waits in a tab that was closed is sent by the next', async ({ page, app, person, context, complaints }) => {
  complaints.expected.push(/failed:|ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
  await person.device.append('INBOX', many(4));
  await signIn(page, app, person.user);
  const second = await context.newPage();
  await second.goto(`${app.address}/mail/INBOX`);
  await expect(second.getByRole('status', { name: 'Connection' })).toHaveText('Live');
  await row(page, 4).focus();
  await page.keyboard.press('e');
  await expect(row(second, 4)).toHaveCount(0);
  await expect(rows(second)).toHaveAttribute('aria-rowcount', '3');
  await context.setOffline(true);
  await page.keyboard.press('e');
  await expect(row(page, 3)).toHaveCount(0);
  await page.close();
  await context.setOffline(false);
  await second.reload();
  await keptIn(person.device, 'Archive').toEqual(['Number 4', 'Number 3']);
  await expect(row(second, 3)).toHaveCount(0);
});

test('a hundred messages triaged at ten keys a second: no row comes back, no wrong one goes, the focus is never lost', async ({ page, app, person }) => {
  test.setTimeout(90_000);
  await person.device.append('INBOX', many(100));
  await signIn(page, app, person.user);
  await row(page, 100).focus();
  await watchRows(page);
  const left = Array.from({ length: 100 }, (_, index) => 100 - index);
  const done: Record<'e' | '#', number[]> = { e: [], '#': [] };
  const starred = new Set<number>();
  let place = 0;
  const keys = 'jsejk#ese#kjse#jjeske##esj'.repeat(4).slice(0, 100) as Iterable<string>;
  const start = Date.now();
  let pressed = 0;
  for (const key of keys) {
    // The hand's pace is what is tested; a slow machine may fall behind.
    await page.waitForTimeout(Math.max(0, start + pressed * 100 - Date.now()));
    pressed += 1;
    await page.keyboard.press(key);
    const number = left[place] ?? 0;
    if (key === 'j') place = Math.min(place + 1, left.length - 1);
    if (key === 'k') place = Math.max(place - 1, 0);
    if (key === 's' && !starred.delete(number)) starred.add(number);
    if (key === 'e' || key === '#') {
      done[key].push(number);
      left.splice(place, 1);
    }
  }
  await expect(row(page, left[place] ?? 0)).toBeFocused();
  await expect(rows(page)).toHaveAttribute('aria-rowcount', `${left.length}`);
  const sorted = (numbers: Iterable<number>) => [...numbers].map((number) => `Number ${number}`).sort();
  await expect.poll(async () => (await subjectsIn(person.device, 'Archive')).sort(), { timeout: 20_000 }).toEqual(sorted(done.e));
  await expect.poll(async () => (await subjectsIn(person.device, 'Trash')).sort()).toEqual(sorted(done['#']));
  const stillStarred = left.filter((number) => starred.has(number));
  await expect.poll(async () => (await subjectsIn(person.device, 'INBOX', 'FLAGGED')).sort()).toEqual(sorted(stillStarred));
  expect(await page.evaluate(() => window.seen)).toEqual({ returned: [], unfocused: 0 });
});

declare global {
  interface Window {
    seen: { returned: string[]; unfocused: number };
  }
}

/** Notes at every change of the page which rows came back after they had gone by an act, and whether the focus was on none. */
async function watchRows(page: Page): Promise<void> {
  await page.evaluate(() => {
    const acted = new Set<string>();
    const gone = new Set<string>();
    window.seen = { returned: [], unfocused: 0 };
    const focused = () => document.activeElement?.closest('[role=row]')?.getAttribute('data-uid') ?? null;
    document.addEventListener('keydown', ({ key }) => {
      const uid = focused();
      if (uid && (key === 'e' || key === '#')) acted.add(uid);
    }, true);
    const look = () => {
      const drawn = new Set([...document.querySelectorAll('#messages [data-uid]')].map((element) => element.getAttribute('data-uid') ?? ''));
      for (const uid of acted) {
        if (!drawn.has(uid)) gone.add(uid);
        else if (gone.has(uid)) window.seen.returned.push(uid);
      }
      if (focused() === null) window.seen.unfocused += 1;
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
}
