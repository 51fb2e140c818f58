import AxeBuilder from '@axe-core/playwright';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import { sharedConfig } from '#tests/support/mail-server/shared-config.ts';
import { isRoot, makeFoldersOf, unprivilegedOwner } from '#tests/support/mail-server/unprivileged-owner.ts';
import { body, composer } from './compose-fixture.ts';
import { expect, signIn, test } from './fixture.ts';
import { hostileBodies } from './hostile-bodies.ts';
import { password, startApp } from './start-app.ts';

test('check 78: a hostile draft that somebody else left in a folder they share is inert in the list, read, and taken as one’s own draft', async ({ page, complaints }) => {
  complaints.expected.push(/404/, /Blocked script execution/, /base URI/, /Loading media from/);
  const dir = mkdtempSync(join(tmpdir(), 'pipit-shared-'));
  if (isRoot()) makeFoldersOf(unprivilegedOwner(), [dir]);
  const app = await startApp({ people: 2, extraConfig: sharedConfig(dir) });
  try {
    const [owner, reader] = [app.nextUser(), app.nextUser()];
    const [theirs, mine] = [await connectRawImap(app.mail.imapPort, owner, password), await connectRawImap(app.mail.imapPort, reader, password)];
    const markup = '<img src=x onerror=alert(1)>';
    const html = `<p>Beginning</p><svg><style><a id="</style>${markup}">${Object.values(hostileBodies).join('')}`;
    const headers = { 'X-Pipit-Draft': `"${markup}`, 'Reply-To': `"${markup}" <evil@z.test>`, 'Disposition-Notification-To': `${markup} <evil@z.test>`, 'List-Id': `${markup} <x>` };
    await theirs.command(`SETACL Drafts ${reader} lr`);
    await theirs.append('Drafts', [{ raw: aMessage({ subject: `Left ${markup}`, from: `"${markup}" <${owner}>`, to: `"${markup}" <b@else.test>`, html, headers }), flags: ['\\Draft'] }]);
    await signIn(page, app, reader);
    const seen: string[] = [];
    page.on('dialog', (dialog) => {
      seen.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.context().on('request', (request) => /^(?:https?|wss?):/.test(request.url()) && !request.url().startsWith(`${app.address}/`) && seen.push(request.url()));

    // It stands below whose it is, with its own name: one's own Drafts is another.
    const tree = page.getByRole('tree');
    await expect(tree.getByRole('treeitem', { name: /^Other Users/ })).toBeVisible();
    await expect(tree.getByRole('treeitem', { name: new RegExp(`^${owner}`) })).toBeVisible();
    await tree.getByRole('treeitem', { name: /^Drafts/ }).and(page.locator('[aria-level="3"]')).click();
    await page.getByRole('row', { name: /Left <img src=x/ }).click();
    const message = page.getByRole('region', { name: 'Message' });
    await expect(message.getByRole('heading', { name: `Left ${markup}`, exact: true })).toBeVisible();
    await expect(page.frameLocator('iframe[title="Message body"]').getByText('Beginning', { exact: true })).toBeVisible();

    // Opening it would mark it as read, which the reader may not: nobody asked for that, so nobody is told, and it stays unread.
    const refusal = page.getByText('The mail server does not allow this in this folder.');
    const refused = page.waitForResponse(async (response) => response.request().method() === 'POST' && (await response.text().catch(() => '')).includes('permission-denied'));
    await page.reload();
    await refused;
    await expect(tree.getByRole('treeitem', { name: /^Drafts.*1 unread/ })).toBeVisible();
    await expect(refusal).toHaveCount(0);

    // What the owner does not allow is known beforehand, and said; what somebody may do with any folder is not.
    await expect(message.getByRole('heading', { name: `Left ${markup}`, exact: true })).toBeVisible();
    const asked: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && /acts|tasks/.test(request.url()) && asked.push(request.url()));
    for (const name of ['Archive', 'Delete', 'Star']) await expect(message.getByRole('button', { name, exact: true })).toHaveAttribute('aria-description', 'Whoever shares this folder does not allow it.');
    await message.focus();
    await page.keyboard.press('#');
    await expect(page.getByRole('status').filter({ hasText: 'Delete: Whoever shares this folder does not allow it.' })).toBeVisible();
    await expect(page.getByRole('row', { name: /Left <img src=x/ })).toBeVisible();
    await page.getByRole('row', { name: /Left <img src=x/ }).getByRole('button', { name: 'Star' }).last().click();
    await expect(page.getByRole('status').filter({ hasText: 'Star: Whoever shares this folder does not allow it.' })).toBeVisible();
    expect(asked).toEqual([]);
    await expect(message.getByRole('button', { name: 'Forward', exact: true })).not.toHaveAttribute('aria-description');
    const { violations } = await new AxeBuilder({ page }).include('#message').exclude('iframe').analyze();
    expect(violations).toEqual([]);

    await mine.command(`SELECT "Other Users/${owner}/Drafts"`);
    await mine.command('UID COPY 1 Drafts');
    await tree.getByRole('treeitem', { name: /^Drafts/ }).and(page.locator('[aria-level="1"]')).click();
    await page.getByRole('row', { name: /Left <img src=x/ }).click();
    await expect(composer(page).getByRole('textbox', { name: 'Subject' })).toHaveValue(`Left ${markup}`);
    await expect(body(page).getByText('Beginning').or(body(page).getByRole('button', { name: /original message/ })).first()).toBeVisible();
    await page.evaluate(() => fetch('/healthz').then((response) => response.text()));
    expect(seen).toEqual([]);
    theirs.close();
    mine.close();
  } finally {
    await page.close(); // Else it complains that its server is gone.
    await app.stop();
    rmSync(dir, { recursive: true, force: true });
  }
});
