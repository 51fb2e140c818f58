import type { Page } from '@playwright/test';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { arrived, body, composer, send, sendNow, startLetter } from './compose-fixture.ts';
import { expect, signIn, test } from './fixture.ts';
import { hostileBodies } from './hostile-bodies.ts';

const active = 'script,iframe:not([src="/mail-frame"]),object,embed,form,base,meta,link,svg,math,video,audio,template,style';

/** What is active in the text being written, and every sign that something ran or asked elsewhere. */
async function dangers(page: Page): Promise<unknown[]> {
  return body(page).evaluate((root, selector) => {
    const found = [...root.querySelectorAll(selector)].map(({ outerHTML }) => outerHTML);
    for (const element of root.querySelectorAll('*')) {
      for (const name of element.getAttributeNames()) {
        const value = element.getAttribute(name) ?? '';
        const isOurs = element.closest('[data-node-view-wrapper], button') !== null;
        if (name.startsWith('on') || ['srcset', 'ping', 'formaction', 'background', 'srcdoc'].includes(name)) found.push(`${name}=${value}`);
        if (name === 'href' && !/^(?:https?|mailto|tel):/i.test(value)) found.push(`href=${value}`);
        if (name === 'src' && !isOurs && /^https?:/i.test(value)) found.push(`src=${value}`);
        if (name === 'id' && !isOurs) found.push(`id=${value}`);
      }
    }
    return found;
  }, active);
}

test('answering and forwarding hostile mail runs nothing, asks nobody, and sends nothing active', async ({ page, app, person, complaints }) => {
  test.setTimeout(120_000);
  complaints.expected.push(/404/, /Blocked script execution/, /base URI/);
  const bodies = Object.entries(hostileBodies);
  await person.device.append('INBOX', bodies.map(([name, html]) => ({ raw: aMessage({ subject: name, html: `<p>The beginning</p>${html}` }) })).reverse());
  await signIn(page, app, person.user);
  const asked: string[] = [];
  page.on('request', (request) => /^https?:/.test(request.url()) && !request.url().startsWith(`${app.address}/`) && asked.push(request.url()));
  const ran: string[] = [];
  page.on('dialog', (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  await page.getByRole('row').first().focus();
  for (const [name] of bodies) {
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
    await page.keyboard.press('r');
    await expect(composer(page).getByRole('textbox', { name: 'Subject' })).toHaveValue(`Re: ${name}`);
    const original = body(page).getByRole('button', { name: 'Show the original message' });
    await expect(body(page).getByText('The beginning').or(original).first()).toBeVisible();
    expect(await dangers(page), name).toEqual([]);
    await composer(page).getByRole('button', { name: 'Discard draft' }).click();
    await expect(composer(page)).toHaveCount(0);
    await page.getByRole('row', { name: new RegExp(`, ${name},`) }).focus();
    await page.keyboard.press('j');
  }
  // One letter with all of it, sent and read back.
  await person.device.append('INBOX', [{ raw: aMessage({ subject: 'Everything', html: `<p>The beginning</p>${Object.values(hostileBodies).slice(0, -3).join('<p>-</p>')}` }) }]);
  await page.reload(); // The list was held where the keys stood.
  await page.getByRole('row', { name: /Everything,/ }).click();
  await expect(page.getByRole('heading', { name: 'Everything', exact: true })).toBeVisible();
  await page.keyboard.press('f');
  await composer(page).getByRole('combobox', { name: 'To' }).fill(person.user);
  await send(page);
  await sendNow(page);
  const { email } = await arrived(person.device, 'Sent', 1);
  expect(email.html).toContain('The beginning');
  expect(email.html).not.toMatch(/<(?:script|iframe|object|embed|form|base|meta http-equiv|link|svg|math|video|audio|template|style)\b/i);
  expect(email.html).not.toMatch(/<[^>]*\s(?:on\w+|srcset|ping|formaction|background|srcdoc)\s*=/i);
  expect(email.html).not.toMatch(/(?:href|src)\s*=\s*["']?\s*(?:javascript|vbscript|data:text)/i);
  expect([asked, ran]).toEqual([[], []]);
});

/** Pastes as the browser does: the editor hears the event, nothing else differs. */
async function paste(page: Page, data: Record<string, string>): Promise<void> {
  await body(page).evaluate((root, given) => {
    const clipboardData = new DataTransfer();
    for (const [type, text] of Object.entries(given)) clipboardData.setData(type, text);
    root.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, data);
}

test('pasting hostile HTML puts nothing active into the text', async ({ page, app, person, complaints }) => {
  complaints.expected.push(/base URI/, /Blocked script execution/);
  await signIn(page, app, person.user);
  await startLetter(page, { to: person.user, subject: 'Pasted' });
  const asked: string[] = [];
  page.on('request', (request) => /^https?:/.test(request.url()) && !request.url().startsWith(`${app.address}/`) && asked.push(request.url()));
  await body(page).click();
  for (const [name, html] of Object.entries(hostileBodies)) {
    await paste(page, { 'text/html': `<p>Pasted ${name}</p>${html}`, 'text/plain': name });
    await expect(body(page)).toContainText(`Pasted ${name}`);
    expect(await dangers(page), name).toEqual([]);
  }
  expect(asked).toEqual([]);
});

test('what comes from Word, Docs and the web is clean', async ({ page, app, person }) => {
  await signIn(page, app, person.user);
  await startLetter(page, { to: person.user, subject: 'Clean' });
  await body(page).click();
  const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0cm;font-family:Calibri}</style></head><body><!--StartFragment--><p class=MsoNormal style='font-family:Calibri'><b>Agenda</b><o:p></o:p></p><p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>      </span></span><![endif]>First<o:p></o:p></p><p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o<span>   </span></span><![endif]>Inner<o:p></o:p></p><!--EndFragment--></body></html>`;
  await paste(page, { 'text/html': word, 'text/plain': 'Agenda' });
  const written = () => body(page).evaluate((root) => root.innerHTML.replace(/ (?:dir|style|class|data-[\w-]+|contenteditable)="[^"]*"/g, ''));
  expect(await written()).toContain('<strong>Agenda</strong>');
  expect(await written()).toMatch(/<ul><li><p>First<\/p><ul><li><p>Inner<\/p><\/li><\/ul><\/li><\/ul>/);
  await page.keyboard.press('Control+a');
  const docs = '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38"><span style="font-size:11pt;font-family:Arial;color:#000000;background-color:transparent;font-weight:700">Heavy</span><span style="font-size:11pt;font-family:Arial;color:#000000;font-weight:400"> and light</span></p></b>';
  await paste(page, { 'text/html': docs, 'text/plain': 'Heavy and light' });
  expect(await written()).toContain('<strong>Heavy</strong> and light');
  expect(await body(page).evaluate((root) => root.innerHTML)).not.toMatch(/Arial|11pt|rgb\(0, 0, 0\)/);
});

test('on a shared computer nothing of what is written stays in the browser', async ({ page, app, person }) => {
  await page.goto(`${app.address}/login`);
  await page.getByRole('textbox', { name: 'Email address' }).fill(person.user);
  await page.getByLabel('Password').fill('kingfisher');
  await page.getByRole('checkbox', { name: 'This is a shared or public computer' }).check();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/mail\/INBOX/);
  await startLetter(page, { to: person.user, subject: 'Private' });
  await body(page).fill('Not for this computer');
  await expect(composer(page).getByRole('status').filter({ hasText: /Saved \d/ })).toBeVisible();
  const held = await page.evaluate(async () => ({
    local: localStorage.length,
    session: Object.keys(sessionStorage).filter((key) => !key.startsWith('__next')).length,
    databases: (await indexedDB.databases()).length,
  }));
  expect(held).toEqual({ local: 0, session: 0, databases: 0 });
});
