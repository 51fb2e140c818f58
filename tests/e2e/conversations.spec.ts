import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { aLetter } from '#tests/support/mail-server/a-letter.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { rules } from './accessible.ts';
import { expect, signIn, test } from './fixture.ts';

const ann = 'Ann Lee <ann@example.test>';
const bob = 'Bob <bob@example.test>';
const rows = (page: Page) => page.getByRole('treegrid', { name: 'Messages' }).getByRole('row');
const trip = (page: Page) => rows(page).filter({ hasText: 'Trip to the lake' });
const region = (page: Page) => page.getByRole('region', { name: 'Message' });
const items = (page: Page) => region(page).getByRole('list', { name: 'Conversation' }).locator('> li');
const hour = (count: number) => new Date(Date.UTC(2026, 8, 1, count));

/** Three of a trip, one of another thing between them, and the person's own answer in Sent. */
async function fill(device: RawImap, user: string): Promise<void> {
  await device.append('INBOX', [
    { raw: aLetter('trip-1', [], { from: ann, text: 'Shall we go?\n' }), flags: ['\\Seen'], internalDate: hour(1) },
    { raw: aMessage({ subject: 'Budget', from: bob }), flags: ['\\Seen'], internalDate: hour(2) },
    { raw: aLetter('trip-2', ['trip-1'], { from: bob, text: 'Yes, on Sunday.\n' }), flags: ['\\Seen'], internalDate: hour(3) },
    { raw: aLetter('trip-4', ['trip-1', 'trip-2', 'trip-3'], { from: ann, text: 'I bring the boat.\n' }), internalDate: hour(5) },
  ]);
  const own = aLetter('trip-3', ['trip-1', 'trip-2'], { from: user, text: 'So do I.\n' });
  await device.append('Sent', [{ raw: own, flags: ['\\Seen'], internalDate: hour(4) }]);
}

async function showConversations(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show as conversations' }).click();
  await expect(rows(page)).toHaveCount(2);
}

test('a mailbox is switched to conversations and back, and remembers it', async ({ page, app, person }) => {
  await fill(person.device, person.user);
  await signIn(page, app, person.user);
  await showConversations(page);
  await expect(rows(page).first()).toHaveAccessibleName(/^Unread, Ann, Bob, 3 messages, Re: Trip to the lake, /);
  await page.reload();
  await expect(rows(page)).toHaveCount(2);
  const html = await (await page.request.get(`${app.address}/mail/INBOX`)).text();
  expect(html.match(/role="row"/g)).toHaveLength(2); // Folded already in the first HTML.
  await person.device.append('Archive', [{ raw: aLetter('trip-0') }]);
  await page.goto(`${app.address}/mail/Archive`); // Each mailbox by itself.
  await expect(page.getByRole('grid', { name: 'Messages' }).getByRole('row')).toHaveCount(1);
  await page.goBack();
  await page.getByRole('button', { name: 'Show single messages' }).click();
  await expect(page.getByRole('grid', { name: 'Messages' }).getByRole('row')).toHaveCount(4);
});

test('an opened conversation holds the answer from Sent, in order, read ones folded, and is walked with n and p', async ({ page, app, person }) => {
  await fill(person.device, person.user);
  await signIn(page, app, person.user);
  await showConversations(page);
  await trip(page).click();
  await expect(region(page).getByRole('heading', { name: 'Trip to the lake', exact: true })).toBeVisible();
  await expect(items(page)).toHaveCount(4);
  await expect(items(page).nth(2)).toContainText('me');
  await expect(region(page).getByRole('article')).toHaveCount(1);
  await expect(items(page).nth(3)).toContainText('I bring the boat.');
  await expect(region(page).getByText('1 message of this conversation is in Sent.')).toBeVisible();
  await expect.poll(() => person.device.command('STATUS INBOX (UNSEEN)')).toContain('UNSEEN 0');
  await expect(trip(page)).toHaveAttribute('data-unread', 'false');
  await page.keyboard.press('p');
  await expect(items(page).nth(2)).toBeFocused();
  await expect(items(page).nth(2)).toContainText('So do I.');
  await page.keyboard.press('p');
  await page.keyboard.press('n');
  await expect(items(page).nth(2)).toBeFocused();
  await items(page).nth(3).getByRole('button', { name: 'Fold message' }).click();
  await expect(items(page).nth(3).getByRole('button', { expanded: false })).toBeVisible();
});

test('a reply that comes, and one of the own that another device sends, stand in the open conversation by themselves', async ({ page, app, person }) => {
  const { device, user } = person;
  await fill(device, user);
  await signIn(page, app, user);
  await showConversations(page);
  await trip(page).click();
  await expect(items(page)).toHaveCount(4);
  await device.append('INBOX', [{ raw: aLetter('trip-5', ['trip-1', 'trip-4'], { from: bob, text: 'And I the rods.\n' }) }]);
  await expect(items(page)).toHaveCount(5);
  await expect(items(page).nth(4)).toContainText('And I the rods.');
  await expect(trip(page)).toHaveAccessibleName(/4 messages/);
  await expect(rows(page)).toHaveCount(2);
  await device.append('Sent', [{ raw: aLetter('trip-6', ['trip-1', 'trip-5'], { from: user, text: 'Good.\n' }), flags: ['\\Seen'] }]);
  await expect(items(page)).toHaveCount(6);
  await expect(items(page).nth(5)).toContainText('Good.');
  await device.command('SELECT INBOX');
  await device.command('STORE 4 +FLAGS (\\Flagged)');
  await expect(trip(page)).toHaveAttribute('data-flagged', 'true');
  await device.command('STORE 1 +FLAGS (\\Deleted)');
  await device.command('EXPUNGE');
  await expect(items(page)).toHaveCount(5);
  await expect(trip(page)).toHaveAccessibleName(/3 messages/);
  await expect(region(page)).toBeVisible();
});

test('what is done with a conversation is done with all of it in this mailbox, says what stays, and is taken back', async ({ page, app, person, browser }) => {
  const { device, user } = person;
  await fill(device, user);
  await signIn(page, app, user);
  await showConversations(page);
  const elsewhere = await (await browser.newContext()).newPage();
  await signIn(elsewhere, app, user);
  await expect(rows(elsewhere)).toHaveCount(2); // Remembered in the account.
  await trip(page).click();
  await expect(region(page).getByText('1 message of this conversation is in Sent.')).toBeVisible();
  await page.keyboard.press('e');
  await expect(page.getByText('3 messages archived. 1 message of the conversation stays in another folder.')).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(elsewhere)).toHaveCount(1);
  await expect.poll(() => device.command('STATUS Archive (MESSAGES)')).toContain('MESSAGES 3');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(trip(page)).toHaveAccessibleName(/3 messages/);
  await expect(trip(elsewhere)).toHaveAccessibleName(/3 messages/);
  await expect.poll(() => device.command('STATUS INBOX (MESSAGES)')).toContain('MESSAGES 4');
  await elsewhere.context().close();
});

test('every act on an open conversation takes all of it in this mailbox, leaves what is in Sent, says both, and is taken back whole', async ({ page, app, person: { device, user } }) => {
  await fill(device, user);
  await device.create('Plans');
  await signIn(page, app, user);
  await showConversations(page);
  const stays = '1 message of the conversation stays in another folder.';
  const dialog = page.getByRole('dialog');
  const acts: { key: string; choose?: () => Promise<void>; to: string | null; said: string }[] = [
    { key: '#', to: 'Trash', said: `3 messages moved to Trash. ${stays}` },
    { key: '!', to: 'Junk', said: `3 messages reported as spam. ${stays}` },
    { key: 'v', choose: () => dialog.getByRole('option', { name: 'Plans', exact: true }).click(), to: 'Plans', said: `3 messages moved to Plans. ${stays}` },
    { key: 'b', choose: () => dialog.getByRole('button', { name: /^Tomorrow/ }).click(), to: 'Snoozed', said: stays },
    { key: 'l', choose: () => label(page), to: null, said: '3 messages labelled Lake.' },
  ];
  const countIn = async (mailbox: string, what = 'ALL') => {
    const selected = await device.command(`EXAMINE ${mailbox}`).catch(() => null);
    if (selected === null) return 0;
    return (/\* SEARCH ?([\d ]*)/.exec(await device.command(`SEARCH ${what}`))?.[1] ?? '').split(' ').filter(Boolean).length;
  };
  for (const { key, choose, to, said } of acts) {
    await trip(page).click();
    await expect(region(page).getByText('1 message of this conversation is in Sent.')).toBeVisible();
    await page.keyboard.press(key);
    await choose?.();
    await expect(page.getByRole('status').filter({ hasText: said })).toBeVisible();
    if (to === null) {
      await expect.poll(() => countIn('INBOX', 'KEYWORD Lake')).toBe(3);
    } else {
      await expect(rows(page)).toHaveCount(1);
      await expect.poll(() => countIn(to)).toBe(3);
      expect(await countIn('INBOX')).toBe(1);
    }
    expect(await countIn('Sent')).toBe(1);
    expect(await countIn('Sent', 'KEYWORD Lake')).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(trip(page)).toHaveAccessibleName(/3 messages/);
    if (to === null) await expect.poll(() => countIn('INBOX', 'KEYWORD Lake')).toBe(0);
    else await expect.poll(() => countIn(to)).toBe(0);
    await expect.poll(() => countIn('INBOX')).toBe(4);
  }
  // Unread is the conversation where any of it is, and all of it here is marked so.
  await trip(page).click();
  await page.keyboard.press('Shift+u');
  await expect(trip(page)).toHaveAttribute('data-unread', 'true');
  await expect.poll(() => countIn('INBOX', 'UNSEEN')).toBe(3);
  expect(await countIn('Sent', 'UNSEEN')).toBe(0);
});

async function label(page: Page): Promise<void> {
  await expect(page.getByRole('textbox', { name: 'Find or make a label' })).toBeFocused();
  await page.keyboard.type('Lake');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('checkbox', { name: 'Lake' })).toBeChecked();
  await page.keyboard.press('Escape');
}

test('an act before it is known what belongs together takes the whole conversation, says how much more that was, and is taken back whole', async ({ page, app, person: { device, user } }) => {
  await fill(device, user);
  await signIn(page, app, user);
  const { promise: isKnown, resolve: tell } = Promise.withResolvers<void>();
  await page.route(/\/api\/threads\?/, async (route) => {
    await isKnown;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Show as conversations' }).click();
  // Of the last letter only In-Reply-To was read: it answers one that lies in Sent.
  await expect(trip(page)).toHaveCount(2);
  await trip(page).first().focus();
  await page.keyboard.press('e');
  await expect(page.getByText('2 more messages of the conversation were included.')).toBeVisible();
  await expect(trip(page)).toHaveCount(0);
  await expect.poll(() => device.command('STATUS Archive (MESSAGES)')).toContain('MESSAGES 3');
  await page.keyboard.press('z');
  await expect.poll(() => device.command('STATUS INBOX (MESSAGES)')).toContain('MESSAGES 4');
  tell();
  await expect(rows(page)).toHaveCount(2);
  await expect(trip(page)).toHaveAccessibleName(/3 messages/);
});

test('the newest unread message is in view though newer ones are read, and n and p go on from it', async ({ page, app, person: { device, user } }) => {
  const long = 'A line of it.\n'.repeat(60);
  const letters = Array.from({ length: 12 }, (_, index) => ({
    raw: aLetter(`long-${index}`, index === 0 ? [] : [`long-${index - 1}`], { from: ann, subject: 'Long talk', text: `Word ${index}\n${long}` }),
    flags: index === 5 ? [] : ['\\Seen'],
    internalDate: hour(index),
  }));
  await device.append('INBOX', letters);
  await signIn(page, app, user);
  await page.getByRole('button', { name: 'Show as conversations' }).click();
  await expect(rows(page)).toHaveCount(1);
  await rows(page).first().click();
  await expect(items(page)).toHaveCount(12);
  await expect(items(page).nth(5)).toContainText('Word 5');
  await expect(items(page).nth(5)).toBeInViewport();
  await expect(items(page).nth(11)).not.toBeInViewport();
  for (const read of [0, 4, 6, 10]) await expect(items(page).nth(read).getByRole('button', { expanded: false })).toHaveCount(1);
  await page.keyboard.press('n');
  await expect(items(page).nth(6)).toBeFocused();
  await page.keyboard.press('p');
  await page.keyboard.press('p');
  await expect(items(page).nth(4)).toBeFocused();
});

test('a selection of conversations is one of their messages', async ({ page, app, person }) => {
  const { device, user } = person;
  await fill(device, user);
  await signIn(page, app, user);
  await showConversations(page);
  await trip(page).getByRole('checkbox', { name: 'Select' }).click();
  await expect(page.getByText('3 selected')).toBeVisible();
  await rows(page).nth(1).getByRole('checkbox', { name: 'Select' }).click();
  await expect(page.getByText('4 selected')).toBeVisible();
  await rows(page).nth(1).getByRole('checkbox', { name: 'Select' }).click();
  await page.getByRole('toolbar', { name: 'Actions' }).getByRole('button', { name: 'Mark as read' }).click();
  await expect(trip(page)).toHaveAttribute('data-unread', 'false');
  await trip(page).getByRole('button', { name: 'Star' }).click();
  await expect(trip(page)).toHaveAttribute('data-flagged', 'true');
  await expect.poll(async () => ((await device.command('STATUS INBOX (UNSEEN)')) + (await device.command('SELECT INBOX')) + (await device.command('SEARCH FLAGGED'))).replace(/\s+/g, ' ')).toMatch(/UNSEEN 0.*SEARCH 1 3 4/);
  await page.keyboard.press('Escape');
  await trip(page).focus();
  await page.keyboard.press('x');
  await expect(page.getByText('3 selected')).toBeVisible();
});

test('five hundred messages in one conversation, a circle, and strangers who claim to belong', async ({ page, app, person }) => {
  const { device, user } = person;
  const many = Array.from({ length: 500 }, (_, index) => ({
    raw: aLetter(`many-${index}`, index === 0 ? [] : ['many-0', `many-${index - 1}`], { from: index % 2 ? ann : bob, subject: 'Very long talk', text: `Word ${index}\n` }),
    flags: index < 400 ? ['\\Seen'] : [],
    internalDate: new Date(Date.UTC(2026, 7, 1, 0, index)),
  }));
  await device.append('INBOX', many);
  await device.append('INBOX', [{ raw: aLetter('ring-1', ['ring-2'], { subject: 'Ring' }) }, { raw: aLetter('ring-2', ['ring-1'], { subject: 'Ring' }) }]);
  await device.append('INBOX', [{ raw: aLetter('forged', ['many-0', 'ring-1'], { from: 'Bank <bank@evil.test>', subject: 'Your account', text: 'Click here.\n' }) }]);
  await signIn(page, app, user);
  await page.getByRole('button', { name: 'Show as conversations' }).click();
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).nth(1)).toHaveAccessibleName(/^Unread, .*500 messages/);
  await rows(page).first().click();
  await expect(items(page)).toHaveCount(3); // It claims to belong to both; who it is really from stands beside the name.
  await expect(items(page).last()).toContainText('bank@evil.test');
  await rows(page).nth(1).click();
  await expect(items(page)).toHaveCount(500);
  await expect(items(page).last()).toBeInViewport();
  await expect(items(page).last()).toContainText('Word 499');
  expect(await region(page).getByRole('article').count()).toBeLessThan(9);
  await page.keyboard.press('e');
  await expect(rows(page)).toHaveCount(1);
  await expect.poll(() => device.command('STATUS Archive (MESSAGES)')).toContain('MESSAGES 500');
});

test('a conversation is unread where any of it is, however long ago that came', async ({ page, app, person: { device, user } }) => {
  const letter = (index: number) => ({
    raw: aLetter(`old-${index}`, index === 0 ? [] : ['old-0'], { from: ann, subject: 'Old talk' }),
    flags: index === 3 ? [] : ['\\Seen'],
    internalDate: hour(index),
  });
  await device.append('INBOX', Array.from({ length: 300 }, (_, index) => letter(index)));
  await signIn(page, app, user);
  await page.getByRole('button', { name: 'Show as conversations' }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toHaveAccessibleName(/^Unread, .*300 messages/);
});

test('an empty mailbox as conversations says so', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await page.getByRole('button', { name: 'Show as conversations' }).click();
  await expect(page.getByText('All done. The inbox is empty.')).toBeVisible();
  await person.device.append('INBOX', [{ raw: aLetter('trip-1') }]);
  await expect(rows(page)).toHaveCount(1);
  await person.device.append('INBOX', [{ raw: aLetter('trip-2', ['trip-1']) }]);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toHaveAccessibleName(/2 messages/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`an open conversation is accessible also on a phone (${colorScheme})`, async ({ page, app, person }) => {
    await page.emulateMedia({ colorScheme });
    await fill(person.device, person.user);
    await signIn(page, app, person.user);
    await showConversations(page);
    await trip(page).click();
    await expect(items(page)).toHaveCount(4);
    await expect(region(page).getByText('is in Sent')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include('#message').include('#messages').withTags(rules).exclude('iframe').analyze();
    expect(violations).toEqual([]);
    await page.screenshot({ path: `.data/shots/conversation-${colorScheme}.png` });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: `.data/shots/conversation-phone-${colorScheme}.png` });
    const phone = await new AxeBuilder({ page }).include('#message').withTags(rules).exclude('iframe').analyze();
    expect(phone.violations).toEqual([]);
    await page.goBack();
    await page.screenshot({ path: `.data/shots/conversations-phone-${colorScheme}.png` });
  });
}

test('a message that a search finds opens its conversation, with that message in view, and its verbs mean all of it', async ({ page, app, person: { device, user } }) => {
  await fill(device, user);
  await signIn(page, app, user);
  await showConversations(page);
  const field = page.getByRole('searchbox', { name: 'Search mail' });
  await field.fill('Sunday');
  await field.press('Enter');
  const found = page.getByRole('grid', { name: 'Messages' }).getByRole('row');
  await expect(found).toHaveCount(1);
  await found.click();
  await expect(items(page)).toHaveCount(4);
  await expect(items(page).nth(1)).toContainText('Yes, on Sunday.');
  await expect(items(page).nth(1)).toBeInViewport();
  await expect(items(page).nth(0).getByRole('button', { expanded: false })).toBeVisible();
  await page.keyboard.press('n');
  await expect(items(page).nth(2)).toBeFocused();
  await page.reload();
  await expect(items(page)).toHaveCount(4);
  await region(page).getByRole('button', { name: 'Archive' }).first().click();
  await expect.poll(() => device.command('STATUS INBOX (MESSAGES)')).toContain('MESSAGES 1');
  await expect(found).toHaveCount(0);
});
