import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import { expect, signIn, test } from './fixture.ts';
import { password } from './start-app.ts';

const three = ['One', 'Two', 'Three'].map((subject) => ({ raw: aMessage({ subject }) }));

test('a password changed elsewhere is asked for in place, and what was done meanwhile is sent', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/401/); // Reads that the mail server refused.
  await person.device.append('INBOX', three);
  await signIn(page, app, person.user);
  app.mail.setPassword(person.user, 'another one');
  // Dovecot looks at the file's time in seconds: it holds once the old one is refused.
  await expect.poll(() => connectRawImap(app.mail.imapPort, person.user, password).then((imap) => imap.close(), () => 'refused')).toBe('refused');
  await app.mail.doveadm('kick', person.user);
  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  const row = page.getByRole('row', { name: /Two,/ });
  await row.getByRole('button', { name: 'Star' }).click();
  await expect(row).toHaveAttribute('data-flagged', 'true');
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await dialog.getByLabel(/^Password of/).fill('wrong again');
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog.getByRole('alert')).toContainText('password is not right');
  await dialog.getByLabel(/^Password of/).fill('another one');
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live');
  const device = await connectRawImap(app.mail.imapPort, person.user, 'another one');
  await device.command('SELECT INBOX');
  await expect.poll(() => device.command('SEARCH FLAGGED')).toContain('* SEARCH 2\r\n');
  await device.append('INBOX', [{ raw: aMessage({ subject: 'After' }) }]);
  await expect(page.getByRole('row', { name: /After,/ })).toBeVisible();
  device.close();
});

test('while the mail server is away what stands stays, and what was missed comes exactly', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/50[0-9]|failed:/);
  await person.device.append('INBOX', three);
  await signIn(page, app, person.user);
  await app.mail.kill();
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Reconnecting');
  await expect(page.getByRole('row', { name: /Two,/ })).toBeVisible();
  await page.getByRole('row', { name: /One,/ }).getByRole('button', { name: 'Star' }).click();
  await expect(page.getByRole('row', { name: /One,/ })).toHaveAttribute('data-flagged', 'true');
  await app.mail.start();
  const device = await connectRawImap(app.mail.imapPort, person.user, password);
  await device.append('INBOX', [{ raw: aMessage({ subject: 'Meanwhile' }) }]);
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live', { timeout: 40_000 });
  await expect(page.getByRole('row', { name: /Meanwhile,/ })).toBeVisible();
  await device.command('SELECT INBOX');
  await expect.poll(() => device.command('SEARCH FLAGGED'), { timeout: 20_000 }).toContain('* SEARCH 1\r\n');
  await expect(page.getByRole('grid', { name: 'Messages' })).toHaveAttribute('aria-rowcount', '4');
  device.close();
});

test('a tab that was offline gets exactly what it missed, without loading the list again', async ({ page, app, person, context, complaints }) => {
  complaints.expected.push(/failed:|ERR_INTERNET_DISCONNECTED/);
  await person.device.append('INBOX', Array.from({ length: 30 }, (_, index) => ({ raw: aMessage({ subject: `Number ${index + 1}` }) })));
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /Number 20,/ }).focus();
  await context.setOffline(true);
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Reconnecting');
  await person.device.command('SELECT INBOX');
  await person.device.command('STORE 15:18 +FLAGS (\\Seen)');
  await person.device.command('STORE 1:3 +FLAGS (\\Deleted)');
  await person.device.command('EXPUNGE');
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Late' }) }]);
  const lists: string[] = [];
  page.on('request', (request) => /\/api\/messages\?/.test(request.url()) && lists.push(request.url()));
  await context.setOffline(false);
  await expect(page.getByRole('row', { name: /Late,/ })).toBeAttached();
  await expect(page.getByRole('grid', { name: 'Messages' })).toHaveAttribute('aria-rowcount', '28');
  await expect(page.getByRole('row', { name: /^Ann Lee, Number 16,/ })).toHaveAttribute('data-unread', 'false');
  await expect(page.getByRole('row', { name: /Number 20,/ })).toBeFocused();
  expect(lists).toEqual([]);
});

test('a mailbox deleted and made again is read anew, and the open message is followed', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/409/); // Previews asked for of the one that went.
  await person.device.create('Plans');
  const kept = { raw: aMessage({ subject: 'Two', messageId: '<two@example.test>' }) };
  await person.device.append('Plans', [{ raw: aMessage({ subject: 'One' }) }, kept]);
  await signIn(page, app, person.user);
  await page.getByRole('treeitem', { name: /Plans/ }).click();
  // All is read: Dovecot 2.3 damages a mailbox that is made again while someone reads in the one before.
  await expect(page.getByRole('row', { name: /Two,/ })).toContainText('Hello.');
  const neighbour = page.waitForResponse(/\/api\/messages\/1\?/);
  await page.getByRole('row', { name: /Two,/ }).click();
  await expect(page.getByRole('heading', { name: 'Two' })).toBeVisible();
  await expect(page.getByRole('treeitem', { name: 'Plans, 1 unread' })).toBeVisible();
  await neighbour;
  await person.device.command('SELECT Plans');
  await expect.poll(() => person.device.command('FETCH 2 FLAGS')).toContain('Seen');
  await person.device.command('UNSELECT');
  await person.device.command('DELETE Plans');
  await person.device.create('Plans');
  // What was UID 2 is another message now; the one that is open was moved to UID 3.
  await person.device.append('Plans', [{ raw: aMessage() }, { raw: aMessage({ subject: 'Anew' }) }, kept]);
  await expect(page.getByRole('row', { name: /Anew,/ })).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Messages' })).toHaveAttribute('aria-rowcount', '3');
  await expect(page).toHaveURL(`${app.address}/mail/Plans/3`);
  await expect(page.getByRole('heading', { name: 'Two' })).toBeVisible();
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByText('Everything was up to date')).toBeVisible();
});

test('a mailbox that is deleted and made again is shown empty while it is', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/40[49]/); // Asked for of the one that went.
  await person.device.create('Plans');
  await person.device.append('Plans', three);
  await signIn(page, app, person.user);
  await page.getByRole('treeitem', { name: /Plans/ }).click();
  await expect(page.getByRole('row', { name: /Two,/ })).toContainText('Hello.'); // All is read, as in the test above.
  await person.device.command('DELETE Plans');
  await person.device.create('Plans');
  await expect(page.getByText('No messages in Plans')).toBeVisible();
  await person.device.append('Plans', [{ raw: aMessage({ subject: 'Anew' }) }]);
  await expect(page.getByRole('row', { name: /Anew,/ })).toBeVisible();
});

test('in a mailbox deleted and made again with the same messages the selection, the focus and the place stay', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/409/); // Previews asked for of the one that went.
  await person.device.create('Plans');
  const message = (number: number) => ({ raw: aMessage({ subject: `Plan ${number}`, messageId: `<plan${number}@example.test>` }), flags: ['\\Seen'] });
  const all = Array.from({ length: 200 }, (_, index) => message(index + 1));
  await person.device.append('Plans', all);
  await signIn(page, app, person.user);
  await page.getByRole('treeitem', { name: /Plans/ }).click();
  const row = (number: number) => page.getByRole('row', { name: new RegExp(`Plan ${number},`) });
  await row(190).getByRole('checkbox', { name: 'Select' }).click();
  const grid = page.getByRole('grid', { name: 'Messages' });
  const scrollTo = (number: number) => grid.evaluate((element, top) => element.scrollTo(0, top), (200 - number) * 54);
  await scrollTo(80);
  await row(78).getByRole('checkbox', { name: 'Select' }).click();
  await row(75).getByRole('checkbox', { name: 'Select' }).click();
  await expect(row(75).getByText('Hello.')).toBeVisible(); // All is read, as in the test above.
  await row(75).focus();
  const topOf = async (number: number) => (await row(number).boundingBox())?.y ?? NaN;
  const before = await topOf(76);

  await person.device.command('DELETE Plans');
  await person.device.create('Plans');
  // Two that are new stand before all others, so that every UID is another message's; the newest three and the 77th are no more.
  await person.device.append('Plans', [message(901), message(902), ...all.filter((_, index) => index < 197 && index !== 76)]);
  await expect(grid).toHaveAttribute('aria-rowcount', '198');
  await expect(row(77)).toHaveCount(0);
  await expect(row(75)).toBeFocused();
  expect(Math.abs((await topOf(76)) - before)).toBeLessThanOrEqual(54);
  await expect(page.getByText('3 selected')).toBeVisible();
  for (const number of [78, 75]) await expect(row(number)).toHaveAttribute('aria-selected', 'true');
  await expect(row(76)).toHaveAttribute('aria-selected', 'false');
  await grid.evaluate((element) => element.scrollTo(0, 0));
  await expect(row(190)).toHaveAttribute('aria-selected', 'true');
  await expect(row(191)).toHaveAttribute('aria-selected', 'false');
});

test('what no event told of is found by the comparison of the minute, repaired without a word, and counted', async ({ page, app, person }) => {
  await page.addInitScript(() => {
    const own = window as unknown as { isDeaf: boolean; eachMinute: (() => void)[] };
    own.eachMinute = [];
    Object.defineProperty(EventSource.prototype, 'onmessage', {
      set(this: EventSource, hear: (event: MessageEvent) => void) {
        this.addEventListener('message', (event) => own.isDeaf || hear(event));
      },
    });
    const start = window.setInterval.bind(window);
    window.setInterval = ((call: () => void, ms: number) => {
      if (ms === 60_000) own.eachMinute.push(call);
      return start(call, ms);
    }) as typeof window.setInterval;
  });
  await person.device.append('INBOX', three);
  await signIn(page, app, person.user);
  await page.evaluate(() => Object.assign(window, { isDeaf: true }));
  await person.device.command('SELECT INBOX');
  await person.device.command('STORE 2 +FLAGS (\\Flagged)');
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Unheard' }) }]);
  const aMinuteLater = () => page.evaluate(() => (window as unknown as { eachMinute: (() => void)[] }).eachMinute.forEach((call) => call()));
  await aMinuteLater();
  await expect(page.getByRole('row', { name: /Unheard,/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Two,/ })).toHaveAttribute('data-flagged', 'true');
  await expect(page.getByRole('region', { name: 'Notices' }).getByRole('status')).toHaveCount(0);
  const told = page.waitForRequest(/\/api\/messages\/changes\?.*drift=1/);
  await aMinuteLater();
  await told;
});
