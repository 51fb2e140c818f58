import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { expect, signIn, test } from './fixture.ts';

const checked = (results: string) => ({ 'Authentication-Results': `mx.example.test; ${results}` });

test('check 42: a sender that pretends is called that in words, an honest one is left in peace', async ({ page, app, person }) => {
  await person.device.append('INBOX', [
    { raw: aMessage({ subject: 'Honest', from: 'Ann <ann@else.test>', headers: checked('dmarc=pass header.from=else.test') }) },
    { raw: aMessage({ subject: 'Forged', from: 'Chief <chief@bank.test>', headers: checked('dmarc=fail; spf=fail') }) },
    { raw: aMessage({ subject: 'Pretends', from: '"ceo@corp.test" <evil@z.test>' }) },
    { raw: aMessage({ subject: 'Thinly', from: '"ceo@corp.test\u2009\u2009\u2009\u2009" <evil@z.test>' }) },
    { raw: aMessage({ subject: 'Backwards', from: '\u202etset.proc@oec <evil@z.test>' }) },
    { raw: aMessage({ subject: 'At length', from: `"ceo@corp.test ${'and many others of the company '.repeat(40)}" <evil@z.test>` }) },
    { raw: aMessage({ subject: 'Nearly us', from: 'Chief <chief@examp1e.test>' }) },
    // Whoever writes such a field without being the server named in it is not believed, encoded or not.
    { raw: aMessage({ subject: 'Self-praise', from: 'A <a@self.test>', headers: { 'Authentication-Results': 'mx.evil.test; dmarc=pass' } }) },
    { raw: aMessage({ subject: 'In disguise', from: 'B <b@self.test>', headers: { 'Authentication-Results': '=?utf-8?q?mx.example.test=3B_dmarc=3Dpass?=' } }) },
  ]);
  await signIn(page, app, person.user);
  const message = page.getByRole('region', { name: 'Message' });
  const open = async (subject: string) => {
    await page.getByRole('row', { name: new RegExp(`${subject},`) }).click();
    await expect(message.getByRole('heading', { name: subject })).toBeVisible();
  };
  const details = async () => {
    await message.getByRole('button', { name: 'Show all recipients' }).click();
    return message.getByRole('definition').filter({ hasText: /domain it names|says nothing/ });
  };
  await open('Honest');
  await expect(message.getByRole('note')).toHaveCount(0);
  await expect(await details()).toContainText(/Sent by the domain it names\.\s*SPF none · DKIM none · DMARC passed/);
  await open('Forged');
  await expect(message.getByRole('note')).toContainText('says that this message does not come from it');
  await open('Pretends');
  await expect(message.getByRole('note')).toContainText('calls itself ceo@corp.test, but wrote from another address');
  await expect(message.getByText('evil@z.test')).toBeVisible();
  // Whatever the name does, the address stands whole beside it, in sight.
  for (const subject of ['Thinly', 'Backwards', 'At length']) {
    await open(subject);
    const address = message.getByText('evil@z.test', { exact: true }).or(message.getByText('<evil@z.test>', { exact: true })).first();
    await expect(address).toBeInViewport({ ratio: 1 });
    expect(await message.innerText()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    if (subject !== 'Backwards') await expect(message.getByRole('note')).toContainText('calls itself ceo@corp.test');
  }
  await open('Nearly us');
  await expect(message.getByRole('note')).toContainText('looks like example.test, and is not');
  for (const subject of ['Self-praise', 'In disguise']) {
    await open(subject);
    await expect(await details()).toContainText('Your mail server says nothing about who sent this.');
  }
});
