import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { expect, signIn, test } from './fixture.ts';

const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
const rounds = 4;
const messages = 120;

test(`the server killed at any moment: the page comes back by itself, and nothing is lost or shown wrong (KILL_SEED=${seed})`, async ({ page, app, person, complaints }) => {
  test.setTimeout(120_000);
  complaints.expected.push(/failed:|ERR_|Failed to|50[0-9]|net::/);
  const random = makeRandom(seed);
  await person.device.append('INBOX', Array.from({ length: messages }, (_, index) => ({ raw: aMessage({ subject: `Number ${index + 1}` }) })));
  await signIn(page, app, person.user);
  const said = page.getByRole('status').filter({ hasText: /could not|failed|not be/i });
  const starred = new Set<number>();
  for (let round = 0; round < rounds; round += 1) {
    await page.getByRole('grid', { name: 'Messages' }).evaluate((grid, top) => grid.scrollTo({ top }), random(3_000));
    const row = page.getByRole('row', { name: /^Unread/ }).nth(random(5));
    const uid = Number(await row.getAttribute('data-uid'));
    await row.getByRole('button', { name: 'Star' }).click();
    starred.add(uid);
    if (random(2) === 1) await page.locator(`[role="row"][data-uid="${uid}"]`).click(); // Opens and reads it.
    await page.waitForTimeout(random(250)); // The moment is what is tried out here.
    await app.kill();
    const connection = page.getByRole('status', { name: 'Connection' });
    await expect(connection).toHaveText('Reconnecting');
    await expect(page.getByRole('row').nth(3)).toBeVisible(); // What stood, stands.
    await person.device.append('INBOX', [{ raw: aMessage({ subject: `Meanwhile ${round}` }) }]);
    await app.revive();
    await expect(connection).toHaveText('Live', { timeout: 40_000 });
    await expect(page.getByRole('grid', { name: 'Messages' })).toHaveAttribute('aria-rowcount', `${messages + round + 1}`);
  }
  await expect(page).toHaveURL(/\/mail\/INBOX/); // Still signed in.
  // Each star is at the server, or it was said that it is not; and what is shown is what is there.
  await expect.poll(() => differences(page, person.device), { timeout: 20_000 }).toEqual([]);
  const flagged = await uidsWith(person.device, 'FLAGGED');
  const lost = [...starred].filter((uid) => !flagged.has(uid));
  if (lost.length > 0) await expect(said).toBeVisible();
});

/** Rows in sight that are other than the server has them. */
async function differences(page: Page, device: RawImap): Promise<string[]> {
  await device.command('SELECT INBOX');
  const [flagged, unseen] = [await uidsWith(device, 'FLAGGED'), await uidsWith(device, 'UNSEEN')];
  const rows = await page.getByRole('row').evaluateAll((elements) => elements.flatMap(({ dataset }) => (dataset.uid ? [{ uid: Number(dataset.uid), isFlagged: dataset.flagged === 'true', isUnread: dataset.unread === 'true' }] : [])));
  return rows.filter(({ uid, isFlagged, isUnread }) => flagged.has(uid) !== isFlagged || unseen.has(uid) !== isUnread).map(({ uid }) => `uid ${uid}`);
}

async function uidsWith(device: RawImap, key: string): Promise<Set<number>> {
  const answer = await device.command(`UID SEARCH ${key}`);
  return new Set(/\* SEARCH ?(.*)\r\n/.exec(answer)?.[1]?.split(' ').filter(Boolean).map(Number));
}

/** mulberry32. */
function makeRandom(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}
