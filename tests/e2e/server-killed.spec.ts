import type { Page } from '@playwright/test';
import { makeRandom } from '#tests/demo/mailbox/random.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { expect, signIn, test } from './fixture.ts';

const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
const rounds = 3;
const messages = 120;

test('the server killed at any moment: the page comes back by itself, and nothing is lost or shown wrong', async ({ page, app, person, complaints }) => {
  test.setTimeout(120_000);
  process.stdout.write(`KILL_SEED=${seed}\n`); // Repeats this run.
  complaints.expected.push(/failed:|ERR_|Failed to|50[0-9]|net::/);
  const random = makeRandom(seed).below;
  await person.device.append('INBOX', Array.from({ length: messages }, (_, index) => ({ raw: aMessage({ subject: `Number ${index + 1}` }) })));
  await signIn(page, app, person.user);
  const said = page.getByRole('status').filter({ hasText: /could not|failed|not be/i });
  const starred = new Set<number>();
  for (let round = 0; round < rounds; round += 1) {
    await page.getByRole('grid', { name: 'Messages' }).evaluate((grid, top) => grid.scrollTo({ top }), random(3_000));
    const uid = await uidInSight(page, random(5));
    const row = page.locator(`[role="row"][data-uid="${uid}"]`);
    if (random(2) === 1) await row.click(); // Opens and reads it.
    await row.getByRole('button', { name: 'Star' }).click();
    if (starred.has(uid)) starred.delete(uid);
    else starred.add(uid);
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

/** The UID of a row in the middle of what is seen, once scrolling has come to rest. */
async function uidInSight(page: Page, place: number): Promise<number> {
  const uids = () =>
    page.getByRole('grid', { name: 'Messages' }).evaluate((grid) => {
      const { top, bottom } = grid.getBoundingClientRect();
      const rows = [...grid.querySelectorAll<HTMLElement>('[role="row"][data-uid]')];
      return rows.flatMap((row) => (row.getBoundingClientRect().top > top + 80 && row.getBoundingClientRect().bottom < bottom - 80 ? [Number(row.dataset.uid)] : []));
    });
  await expect.poll(async () => (await uids()).length).toBeGreaterThan(5);
  let seen = await uids();
  await expect.poll(async () => {
    const before = seen.join();
    seen = await uids();
    return seen.join() === before;
  }).toBe(true);
  return seen[place] ?? 0;
}

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
