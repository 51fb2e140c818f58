import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChangeOutcome, MailChange } from '#lib/mail/change.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture, ImapPerson } from './imap-fixture.ts';
import { aMessage, multipart } from '#tests/support/mail-server/a-message.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';

let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture();
});
afterAll(() => fixture.end());

const received = new Date(Date.UTC(2021, 4, 6, 7, 8, 9));
const pdf = (bytes: number) => ({ name: 'Übersicht 2021.pdf', mediaType: 'application/pdf', content: Buffer.alloc(bytes, 7) });

async function personWith(raw: Buffer): Promise<ImapPerson & { uidValidity: number }> {
  const person = await fixture.newPerson();
  await person.device.append('INBOX', [{ raw, flags: ['\\Seen', '\\Flagged', '$Forwarded', 'todo'], internalDate: received }]);
  const status = await person.device.command('STATUS INBOX (UIDVALIDITY)');
  return { ...person, uidValidity: Number(/UIDVALIDITY (\d+)/.exec(status)?.[1]) };
}

function remove({ session, uidValidity }: { session: ImapPerson['session']; uidValidity: number }, uid = 1): Promise<ChangeOutcome> {
  const change: MailChange = { type: 'remove-attachments', messages: [{ mailbox: 'INBOX', uidValidity, uid }], to: 'Trash', language: 'en' };
  return executeChange(session, change);
}

/** Everything another program sees of a mailbox's messages. */
async function messagesIn(device: RawImap, mailbox: string) {
  const selected = await device.command(`SELECT ${mailbox}`);
  if (/\* 0 EXISTS/.test(selected)) return [];
  const fetched = await device.command('FETCH 1:* (UID FLAGS INTERNALDATE BODY.PEEK[])');
  return [...fetched.matchAll(/\* \d+ FETCH \(UID (\d+) FLAGS \(([^)]*)\) INTERNALDATE "([^"]+)" BODY\[\] \{(\d+)\}\r\n/g)].map((match) => {
    const start = match.index + match[0].length;
    const [, uid, flags = '', date = '', size] = match;
    return { uid: Number(uid), flags: flags.split(' ').filter((flag) => flag !== '\\Recent').sort(), date: new Date(date).getTime(), raw: Buffer.from(fetched, 'latin1').toString('latin1').slice(start, start + Number(size)) };
  });
}

test('attachments go, text, headers, flags and date stay, the original is in Trash, and all is taken back and done again', async () => {
  const raw = aMessage({ subject: 'Plans', text: 'Dear reader.\n', html: '<p>Dear reader.</p>', headers: { 'X-Odd': '  kept as  it is', Received: 'from a by b' }, attachments: [pdf(5_000), { name: 'n.txt', mediaType: 'text/plain', content: Buffer.from('notes') }] });
  const person = await personWith(raw);
  const outcome = await remove(person);
  const [left] = await messagesIn(person.device, 'INBOX');
  const [original] = await messagesIn(person.device, 'Trash');
  expect(await messagesIn(person.device, 'INBOX')).toHaveLength(1);
  expect(left).toMatchObject({ flags: ['$Forwarded', '\\Flagged', '\\Seen', 'todo'], date: received.getTime() });
  expect(original?.raw).toBe(raw.toString('latin1'));
  const header = (text: string) => text.slice(0, text.indexOf('\r\n\r\n'));
  expect(header(left?.raw ?? '')).toBe(header(raw.toString('latin1')));
  const mail = await PostalMime.parse(Buffer.from(left?.raw ?? '', 'latin1'));
  expect(mail.attachments).toEqual([]);
  expect(mail.html).toContain('Dear reader.');
  expect(mail.text).toContain('[Attachment removed: Übersicht 2021.pdf (5');
  expect(mail.text).toContain('application/pdf), received on May 6, 2021]');
  expect(left?.raw.length).toBeLessThan(raw.length - 5_000);
  expect(outcome.placed.at(-1)).toMatchObject({ from: { mailbox: 'INBOX' }, to: { mailbox: 'INBOX' }, uids: [[1, left?.uid]] });

  const backs: MailChange[] = [];
  for (const change of outcome.undo as MailChange[]) backs.push(...((await executeChange(person.session, change)).undo as MailChange[]));
  expect((await messagesIn(person.device, 'INBOX')).map((message) => message.raw)).toEqual([raw.toString('latin1')]);
  expect((await messagesIn(person.device, 'Trash')).map((message) => message.raw)).toEqual([left?.raw]);
  for (const change of backs.toReversed()) await executeChange(person.session, change);
  expect((await messagesIn(person.device, 'INBOX')).map((message) => message.raw)).toEqual([left?.raw]);
});

test('a message of 25 MB, one that is a file and nothing else, and pictures of the text, which stay', async () => {
  const big = await personWith(aMessage({ text: 'Short.\n', attachments: [pdf(18_500_000)] }));
  await remove(big);
  const [left] = await messagesIn(big.device, 'INBOX');
  expect(left?.raw.length).toBeLessThan(2_000);
  const alone = await personWith(Buffer.from('From: a@b.test\r\nSubject: Fax\r\nMessage-ID: <fax@b.test>\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf; name="fax.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAABBBB\r\n'));
  await remove(alone);
  const [fax] = await messagesIn(alone.device, 'INBOX');
  expect(await PostalMime.parse(Buffer.from(fax?.raw ?? '', 'latin1'))).toMatchObject({ subject: 'Fax', messageId: '<fax@b.test>', attachments: [], text: expect.stringContaining('fax.pdf') as string });
  const picture = { name: 'p.png', mediaType: 'image/png', content: Buffer.from('png'), contentId: 'p' };
  const drawn = await personWith(aMessage({ html: '<img src="cid:p">', inline: [picture], attachments: [pdf(900)] }));
  await remove(drawn);
  const [kept] = await messagesIn(drawn.device, 'INBOX');
  expect((await PostalMime.parse(Buffer.from(kept?.raw ?? '', 'latin1'))).attachments.map(({ contentId }) => contentId)).toEqual(['<p>']);
});

test('what is signed or encrypted, or has nothing attached, stays as it is', async () => {
  const text = { headers: { 'Content-Type': 'text/plain' }, body: Buffer.from('Hello') };
  const file = { headers: { 'Content-Type': 'application/pdf; name=a.pdf', 'Content-Disposition': 'attachment; filename=a.pdf' }, body: Buffer.from('x') };
  const signature = { headers: { 'Content-Type': 'application/pgp-signature' }, body: Buffer.from('-----') };
  const signed = multipart('signed', [multipart('mixed', [text, file]), signature], '; protocol="application/pgp-signature"');
  const whole = ({ headers, body }: typeof signed) => Buffer.concat([Buffer.from(`From: a@b.test\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`), body]);
  const cases: [Buffer, string][] = [
    [whole(signed), 'message-protected'],
    [whole(multipart('mixed', [signed, file])), 'message-protected'],
    [Buffer.from('From: a@b.test\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n\r\nx'), 'message-protected'],
    [aMessage({ text: 'Nothing.\n' }), 'part-missing'],
  ];
  for (const [raw, code] of cases) {
    const person = await personWith(raw);
    await expect(remove(person)).rejects.toMatchObject({ code });
    expect((await messagesIn(person.device, 'INBOX')).map((message) => message.raw)).toEqual([raw.toString('latin1')]);
    expect(await messagesIn(person.device, 'Trash')).toEqual([]);
    await person.leave();
  }
});
