import AxeBuilder from '@axe-core/playwright';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import { arrived, body, composer, send, sendNow, startLetter } from './compose-fixture.ts';
import { rules } from './accessible.ts';
import { expect, signIn, test } from './fixture.ts';
import { password } from './start-app.ts';

test('a letter is written with the keyboard, kept within seconds, sent, and arrives as it was written', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await page.getByRole('grid', { name: 'Messages' }).focus();
  await page.keyboard.press('c');
  const to = composer(page).getByRole('combobox', { name: 'To' });
  await expect(to).toBeFocused();
  await page.keyboard.type(`Me Myself <${person.user}>,`);
  await page.getByRole('button', { name: 'Cc/Bcc' }).click();
  await composer(page).getByRole('combobox', { name: 'Bcc' }).fill(person.user.toUpperCase());
  await composer(page).getByRole('textbox', { name: 'Subject' }).fill('Grüße ☀');
  await body(page).click();
  await page.keyboard.type('Dear all,');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('bold');
  await page.keyboard.press('Control+b');
  await page.keyboard.press('Enter');
  await page.keyboard.type('- one');
  await page.keyboard.press('Enter');
  await page.keyboard.type('two');
  await composer(page).locator('input[type=file]').setInputFiles([{ name: 'résumé.txt', mimeType: 'text/plain', buffer: Buffer.from('The file\n') }]);
  await expect(composer(page).getByRole('list', { name: 'Attachments' })).toContainText('résumé.txt');
  await expect(composer(page).getByRole('status').filter({ hasText: /Saved \d/ })).toBeVisible();
  const draft = await arrived(person.device, 'Drafts', 1);
  expect(draft.email.subject).toBe('Grüße ☀');
  expect(draft.email.text).toContain('Dear all,');
  expect(draft.email.attachments.map(({ filename }) => filename)).toEqual(['résumé.txt']);
  await body(page).focus();
  await page.keyboard.press('Control+Enter');
  await expect(composer(page)).toHaveCount(0);
  await expect(page.getByRole('status').filter({ hasText: 'Message sent' })).toBeVisible();
  await sendNow(page);
  const { email, raw } = await arrived(person.device, 'INBOX', 1);
  expect([email.subject, email.from?.address, email.to?.[0]]).toEqual(['Grüße ☀', person.user, { name: 'Me Myself', address: person.user }]);
  expect(raw).not.toMatch(/^bcc:/im);
  expect(email.text).toBe('Dear all,\nbold\n\n- one\n- two\n');
  expect(email.html).toContain('<strong>bold</strong>');
  expect(email.html).toMatch(/<ul[^>]*>\s*<li/);
  expect(Buffer.from(email.attachments[0]?.content as ArrayBuffer).toString()).toBe('The file\n');
  await arrived(person.device, 'Sent', 1);
  await expect.poll(() => person.device.command('STATUS Drafts (MESSAGES)')).toContain('MESSAGES 0');
});

test('an answer to all quotes, threads, leaves the own address out, and marks the message', async ({ page, app, person }) => {
  const original = aMessage({ subject: 'Plan', from: 'Ann Lee <person60@example.test>', to: `${person.user}, Bo <person59@example.test>`, cc: 'person58@example.test', messageId: '<second@example.test>', references: ['<first@example.test>'], html: '<p>Shall we <i>meet</i>?</p>' });
  await person.device.append('INBOX', [{ raw: original }]);
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /Plan,/ }).click();
  await expect(page.getByRole('region', { name: 'Message' }).getByRole('heading', { name: 'Plan' })).toBeVisible();
  await page.getByRole('region', { name: 'Message' }).getByRole('button', { name: 'Reply all' }).click();
  await expect(composer(page).getByRole('textbox', { name: 'Subject' })).toHaveValue('Re: Plan');
  await expect(body(page)).toBeFocused();
  await page.keyboard.type('Yes.');
  await expect(body(page)).toContainText('Ann Lee wrote:');
  await expect(body(page)).toContainText('Shall we meet?');
  await send(page);
  await sendNow(page);
  const { email } = await arrived(person.device, 'Sent', 1);
  expect(email.to?.map(({ address }) => address)).toEqual(['person60@example.test', 'person59@example.test']);
  expect(email.cc?.map(({ address }) => address)).toEqual(['person58@example.test']);
  expect([email.inReplyTo, email.references]).toEqual(['<second@example.test>', '<first@example.test> <second@example.test>']);
  expect(email.html).toMatch(/Yes\.[\s\S]*<blockquote[^>]*type="cite"[\s\S]*Shall we <em>meet<\/em>\?/);
  expect(email.text).toMatch(/^Yes\.\s+On .*Ann Lee wrote:\n\n?> Shall we meet\?/);
  await person.device.command('SELECT INBOX');
  await expect.poll(() => person.device.command('FETCH 1 FLAGS')).toContain('\\Answered');
});

test('what was taken back by Undo is open again with everything', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await startLetter(page, { to: person.user, subject: 'Too soon' });
  await body(page).fill('Half a thought');
  await composer(page).locator('input[type=file]').setInputFiles([{ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('A') }]);
  await send(page);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(composer(page).getByRole('textbox', { name: 'Subject' })).toHaveValue('Too soon');
  await expect(body(page)).toHaveText('Half a thought');
  await expect(composer(page).getByRole('button', { name: 'Remove a.txt' })).toBeVisible();
  await composer(page).getByRole('button', { name: 'Discard draft' }).click();
  await expect(composer(page)).toHaveCount(0);
  await expect.poll(() => person.device.command('STATUS Drafts (MESSAGES)')).toContain('MESSAGES 0');
  expect(await person.device.command('STATUS INBOX (MESSAGES)')).toContain('MESSAGES 0');
});

test('what is no address is marked, and Send goes to it', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await startLetter(page, { to: 'Ann Lee, bo@example.test; 用户@例子.广告', subject: 'Whom' });
  await send(page);
  await expect(composer(page).getByRole('alert')).toContainText('one of the addresses is not valid');
  await expect(composer(page).getByRole('button', { name: 'Ann Lee is not a valid address' })).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(composer(page).getByRole('button', { name: 'bo@example.test', exact: true })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(composer(page).getByRole('combobox', { name: 'To' })).toBeFocused();
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await expect(composer(page).getByRole('button', { name: '用户@例子.广告', exact: true })).toHaveCount(0);
  await composer(page).getByRole('textbox', { name: 'Subject' }).fill('');
  await send(page);
  const question = page.getByRole('dialog', { name: 'Send it like this?' });
  await expect(question).toContainText('There is no subject.');
  await question.getByRole('button', { name: 'Keep writing' }).last().click();
  await expect(composer(page)).toBeVisible();
});

test('plain text and formatting are switched without loss', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await startLetter(page, { to: person.user, subject: 'Formats' });
  await body(page).click();
  await page.keyboard.press('Control+b');
  await page.keyboard.type('Strong words');
  await composer(page).getByRole('button', { name: 'More options' }).click();
  await page.getByRole('menuitem', { name: 'Plain text' }).click();
  await page.getByRole('dialog', { name: 'Switch to plain text?' }).getByRole('button', { name: 'Plain text' }).click();
  await expect(body(page)).toHaveValue('Strong words');
  await composer(page).getByRole('button', { name: 'More options' }).click();
  await page.getByRole('menuitem', { name: 'With formatting' }).click();
  await expect(body(page).locator('strong')).toHaveText('Strong words');
  await composer(page).getByRole('button', { name: 'More options' }).click();
  await page.getByRole('menuitem', { name: 'Plain text' }).click();
  await page.getByRole('dialog', { name: 'Switch to plain text?' }).getByRole('button', { name: 'Plain text' }).click();
  const long = 'A long line that goes on and on, beyond the seventy-six characters after which mail lines are broken.';
  await body(page).fill(`${long}\n> quoted\nEnd`);
  await send(page);
  await sendNow(page);
  const { email, raw } = await arrived(person.device, 'INBOX', 1);
  expect(email.html).toBeUndefined();
  expect(raw).toMatch(/^content-type: text\/plain;[\s\S]*?format=flowed/im);
  expect(email.text?.replace(/ \n/g, ' ')).toContain(long);
});

test('the composer holds to WCAG where a machine can tell, in light and dark', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await startLetter(page, { to: `not one, ${person.user}`, subject: 'Audit' });
  await composer(page).locator('input[type=file]').setInputFiles([{ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('A') }]);
  await expect(composer(page).getByRole('status').filter({ hasText: /Saved \d/ })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).withTags(rules).disableRules('label-content-name-mismatch').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
});

test('a mail address on a page of the web opens a new message, and its own address survives a reload', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await page.goto(`${app.address}/compose?mailto=${encodeURIComponent(`mailto:${person.user}?subject=From%20a%20page&cc=person60@example.test&body=Hello%0AAnn`)}`);
  const region = page.getByRole('region', { name: 'New message' });
  await expect(region.getByRole('textbox', { name: 'Subject' })).toHaveValue('From a page');
  await expect(body(page)).toContainText('Hello');
  await region.getByRole('textbox', { name: 'Subject' }).fill('Changed here');
  await expect(page).toHaveURL(/\/compose\?draft=[\da-f-]{36}$/);
  await page.reload();
  await expect(region.getByRole('textbox', { name: 'Subject' })).toHaveValue('Changed here');
  await expect(region.getByRole('button', { name: 'person60@example.test', exact: true })).toBeVisible();
});

test('a draft of another mail program is opened to be written on', async ({ page, app, person }) => {
  await person.device.append('Drafts', [{ raw: aMessage({ subject: 'Begun elsewhere', to: 'Bo Ek <person60@example.test>', text: 'First line\n' }), flags: ['\\Draft', '\\Seen'] }]);
  await signIn(page, app, person.user);
  await page.getByRole('treeitem', { name: 'Drafts' }).click();
  await page.getByRole('row', { name: /Begun elsewhere/ }).click();
  await expect(composer(page).getByRole('textbox', { name: 'Subject' })).toHaveValue('Begun elsewhere');
  await expect(body(page)).toContainText('First line');
  await composer(page).getByRole('textbox', { name: 'Subject' }).fill('Ended here');
  await expect(composer(page).getByRole('status').filter({ hasText: /Saved \d/ })).toBeVisible();
  const { email } = await arrived(person.device, 'Drafts', 1);
  expect(email.subject).toBe('Ended here');
});

test('a message for later waits in the outbox and can be taken back to be changed', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await startLetter(page, { to: person.user, subject: 'For later' });
  await body(page).fill('Good morning');
  await composer(page).getByRole('button', { name: 'Schedule send' }).click();
  await page.getByRole('dialog', { name: 'Schedule send' }).getByRole('button', { name: /^Tomorrow morning/ }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Will be sent on' })).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Outbox, 1' }).click();
  const outbox = page.getByRole('dialog', { name: 'Outbox' });
  await expect(outbox.getByRole('listitem')).toContainText('For later');
  await outbox.getByRole('button', { name: 'Edit' }).click();
  await expect(body(page)).toHaveText('Good morning');
  expect(await person.device.command('STATUS INBOX (MESSAGES)')).toContain('MESSAGES 0');
});

test('a recipient that the server refuses is named', async ({ page, app, person }) => {
  const other = await connectRawImap(app.mail.imapPort, 'person57@example.test', password);
  await signIn(page, app, person.user);
  await startLetter(page, { to: 'person57@example.test, nobody@example.test', subject: 'Half way' });
  await body(page).fill('Hello');
  await send(page);
  await page.getByRole('button', { name: /^Outbox,/ }).click();
  const outbox = page.getByRole('dialog', { name: 'Outbox' });
  await outbox.getByRole('button', { name: 'Send now' }).click();
  await expect(outbox).toContainText('nobody@example.test did not get it: there is no such address');
  await expect(outbox).toContainText('Sent to: person57@example.test');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('status').filter({ hasText: '“Half way” did not reach nobody@example.test. It was sent to person57@example.test.' })).toBeVisible();
  await arrived(other, 'INBOX', 1);
  other.close();
});

test('on a phone the bar begins a letter, which folds to a strip and opens again as it was', async ({ page, app, person }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, app, person.user);
  await startLetter(page, { to: person.user, subject: 'On the way' });
  await body(page).fill('From the train');
  await composer(page).getByRole('button', { name: 'Fold' }).click();
  await expect(body(page)).toBeHidden();
  await expect(page.getByRole('button', { name: 'Compose' })).toBeVisible();
  await composer(page).getByRole('button', { name: 'On the way' }).click();
  await expect(body(page)).toHaveText('From the train');
  const box = await composer(page).boundingBox();
  expect([box?.width, box?.height]).toEqual([390, 844]);
});

test('a message is forwarded whole as a file, and written once more as a new one', async ({ page, app, person }) => {
  const original = aMessage({ subject: 'Minutes', from: 'Ann Lee <person60@example.test>', to: 'Bo <person59@example.test>', messageId: '<minutes@example.test>', html: '<p>All agreed.</p>' });
  await person.device.append('INBOX', [{ raw: original }]);
  await signIn(page, app, person.user);
  await page.getByRole('row', { name: /Minutes,/ }).click();
  const message = page.getByRole('region', { name: 'Message' });
  await expect(message.getByRole('heading', { name: 'Minutes' })).toBeVisible();
  await message.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Edit as new message' }).click();
  await expect(composer(page).getByRole('textbox', { name: 'Subject' })).toHaveValue('Minutes');
  await expect(composer(page).getByRole('button', { name: 'Bo, person59@example.test' })).toBeVisible();
  await expect(body(page)).toHaveText('All agreed.');
  await composer(page).getByRole('button', { name: 'Discard draft' }).click();
  await message.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Forward as attachment' }).click();
  await expect(composer(page).getByRole('list', { name: 'Attachments' })).toContainText('Minutes.eml');
  await composer(page).getByRole('combobox', { name: 'To' }).fill(person.user);
  await send(page);
  await sendNow(page);
  const { email, raw } = await arrived(person.device, 'Sent', 1);
  expect(email.subject).toBe('Fwd: Minutes');
  expect(raw).toContain('Content-Type: message/rfc822');
  expect(raw).toContain('<minutes@example.test>');
});
