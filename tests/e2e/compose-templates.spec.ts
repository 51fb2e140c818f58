import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { arrived, body, composer, send, sendNow, startLetter } from './compose-fixture.ts';
import { expect, signIn, test } from './fixture.ts';

test('what is written is kept as a template in the account, and inserted into the next message with its files', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await startLetter(page, { to: person.user, subject: 'Weekly report' });
  await body(page).fill('What we did, and what comes next.');
  await composer(page).locator('input[type=file]').setInputFiles([{ name: 'form.txt', mimeType: 'text/plain', buffer: Buffer.from('Form') }]);
  await expect(composer(page).getByRole('status').filter({ hasText: /Saved \d/ })).toBeVisible();
  await composer(page).getByRole('button', { name: 'More options' }).click();
  await page.getByRole('menuitem', { name: 'Save as template' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save as template' });
  await expect(dialog.getByRole('textbox')).toHaveValue('Weekly report');
  await dialog.getByRole('button', { name: 'Save as template' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Template “Weekly report” saved' })).toBeVisible();
  const kept = await arrived(person.device, 'Templates', 1);
  expect([kept.email.subject, kept.email.to ?? []]).toEqual(['Weekly report', []]);
  expect(kept.email.attachments.map(({ filename }) => filename)).toEqual(['form.txt']);
  await composer(page).getByRole('button', { name: 'Discard draft' }).click();
  // Another mail program's.
  await person.device.append('Templates', [{ raw: aMessage({ subject: 'From elsewhere', html: '<p>Theirs</p><script>alert(1)</script>' }), flags: ['\\Draft', '\\Seen'] }]);

  await startLetter(page, { to: person.user, subject: '' });
  await body(page).click();
  await page.keyboard.type('First. ');
  for (const name of ['Weekly report', 'From elsewhere']) {
    await composer(page).getByRole('button', { name: 'More options' }).click();
    await page.getByRole('menuitem', { name: 'Insert template…' }).click();
    const finder = page.getByRole('dialog', { name: 'Insert template…' });
    await expect(finder.getByRole('option')).toHaveCount(2);
    await finder.getByRole('combobox').fill(name.slice(0, 6));
    await page.keyboard.press('Enter');
    await expect(finder).toHaveCount(0);
    await expect(body(page)).toContainText(name === 'Weekly report' ? 'what comes next' : 'Theirs');
  }
  await expect(composer(page).getByRole('textbox', { name: 'Subject' })).toHaveValue('Weekly report');
  await expect(composer(page).getByRole('button', { name: 'Remove form.txt' })).toBeVisible();
  await expect(body(page)).toContainText('First.');
  await send(page);
  await sendNow(page);
  const { email } = await arrived(person.device, 'Sent', 1);
  expect(email.text).toMatch(/First\.[\s\S]*what comes next[\s\S]*Theirs/);
  expect(email.html).not.toContain('script');
  expect(Buffer.from(email.attachments[0]?.content as ArrayBuffer).toString()).toBe('Form');
});

test('a template goes into a plain message where the cursor stands', async ({ page, app, person }) => {
  await person.device.command('CREATE Templates');
  await person.device.append('Templates', [{ raw: aMessage({ subject: 'Closing', html: '<p>Kind <b>regards</b></p>' }), flags: ['\\Draft', '\\Seen'] }]);
  await signIn(page, app, person.user);
  await startLetter(page, { to: person.user, subject: 'Plain' });
  await composer(page).getByRole('button', { name: 'More options' }).click();
  await page.getByRole('menuitem', { name: 'Plain text' }).click();
  await body(page).fill('Before.\nAfter.');
  await body(page).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(8, 8));
  await composer(page).getByRole('button', { name: 'More options' }).click();
  await page.getByRole('menuitem', { name: 'Insert template…' }).click();
  await page.getByRole('option', { name: /Closing/ }).click();
  await expect(body(page)).toHaveValue('Before.\nKind regardsAfter.');
  await expect.poll(async () => (await arrived(person.device, 'Drafts', 1)).email.text).toContain('Kind regards');
});

test('templates are made, changed and deleted in the settings', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await page.goto(`${app.address}/settings/writing`);
  await page.getByRole('button', { name: 'New template' }).click();
  const dialog = page.getByRole('dialog', { name: 'Template' });
  await dialog.getByRole('textbox', { name: /^Name/ }).fill('Directions');
  await dialog.getByRole('textbox', { name: 'Text' }).fill('Take the tram.');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  expect((await arrived(person.device, 'Templates', 1)).email.text).toContain('Take the tram.');
  await page.getByRole('button', { name: 'Edit Directions' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Text' })).toHaveText('Take the tram.');
  await dialog.getByRole('textbox', { name: 'Text' }).fill('Take the bus.');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect.poll(async () => (await arrived(person.device, 'Templates', 1)).email.text).toContain('Take the bus.');
  await page.getByRole('button', { name: 'Delete Directions' }).click();
  await expect(page.getByText('There are none yet.')).toBeVisible();
  await person.device.command('EXAMINE INBOX'); // What is selected is told as it was.
  expect(await person.device.command('STATUS Templates (MESSAGES)')).toContain('MESSAGES 0');
  expect(await person.device.command('STATUS Trash (MESSAGES)')).toContain('MESSAGES 1');
});
