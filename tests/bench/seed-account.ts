import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import type { RawImap, RawMessage } from '#tests/support/mail-server/raw-imap.ts';
import type { MailServer } from '#tests/support/mail-server/start-mail-server.ts';

const batch = 5_000;
const people = ['Ann Lee', 'Björn Åkesson', 'Çiğdem Yılmaz', 'Dr. Eva Novák', '田中 花子', 'Karim Haddad', 'Lagerverwaltung Süd', 'The Weekly Digest'];
const topics = ['Budget for the second quarter', 'Re: the roof', 'Ihre Bestellung ist unterwegs', '会議の件', 'Minutes of Tuesday', 'Invoice 2026-114', 'Photos', 'Fwd: train times'];

export const openables = { plain: 'Open plain', newsletter: 'Open newsletter', large: 'Open large' } as const;

/** Fills a user's INBOX up to `count` messages and makes a mailbox of 2,000; what is there already is kept. */
export async function seedAccount(server: MailServer, user: string, password: string, count: number): Promise<void> {
  const imap = await connectRawImap(server.imapPort, user, password);
  try {
    const status = await imap.command('STATUS INBOX (MESSAGES)');
    const have = Number(/MESSAGES (\d+)/.exec(status)?.[1] ?? 0);
    if (have === 0) {
      await imap.create('Two thousand');
      await imap.append('Two thousand', Array.from({ length: 2_000 }, (_, index) => letter(index)));
    }
    for (let from = have; from < count - 3; from += batch) {
      await imap.append('INBOX', Array.from({ length: Math.min(batch, count - 3 - from) }, (_, index) => letter(from + index)));
    }
    if (have < count) await imap.append('INBOX', toOpen());
    await sweep(imap);
  } finally {
    imap.close();
  }
}

/** Takes away what a run that was cut short left behind. */
async function sweep(imap: RawImap): Promise<void> {
  await imap.command('SELECT INBOX');
  const found = await imap.command(`UID SEARCH SUBJECT "${openables.plain}"`);
  const newest = Number(/\* SEARCH.* (\d+)\r\n/.exec(found)?.[1]);
  const left = await imap.command(`UID SEARCH UID ${newest + 1}:*`);
  if (Number(/\* SEARCH.* (\d+)\r\n/.exec(left)?.[1]) > newest) {
    await imap.command(`UID STORE ${newest + 1}:* +FLAGS.SILENT (\\Deleted)`);
    await imap.command('EXPUNGE');
  }
  const listed = await imap.command('LIST "" "*"');
  for (const [, name] of listed.matchAll(/"((?:Made|Named) [^"]*)"\r\n/g)) await imap.command(`DELETE "${name}"`);
}

function letter(index: number): RawMessage {
  const who = people[index % people.length] ?? '';
  const topic = topics[(index * 7) % topics.length] ?? '';
  const isNews = index % 5 === 0;
  const raw = aMessage({
    from: `${who} <sender${index % 997}@example.test>`,
    subject: `${topic} ${index}`,
    date: new Date(Date.UTC(2020, 0, 1) + index * 60_000),
    text: `Dear reader,\n\nthis is message ${index} about ${topic}.\n`,
    ...(isNews ? { html: `<p>This is message <b>${index}</b></p>` } : {}),
    ...(index % 11 === 0 ? { attachments: [{ name: `Plan ${index}.pdf`, mediaType: 'application/pdf', content: Buffer.from('%PDF-1.4 nothing') }] } : {}),
  });
  return { raw, flags: index % 10 === 0 ? [] : ['\\Seen'] };
}

function toOpen(): RawMessage[] {
  const rows = Array.from({ length: 300 }, (_, index) => `<tr><td style="padding:8px;font:14px Arial"><a href="https://shop.example/${index}"><b>Offer ${index}</b></a> A thing you never knew you needed, now at a price of its own.</td></tr>`);
  return [
    { raw: aMessage({ subject: openables.large, text: 'The large file is attached.\n', attachments: [{ name: 'Film.mp4', mediaType: 'video/mp4', content: Buffer.alloc(5 * 1024 * 1024, 7) }] }) },
    { raw: aMessage({ subject: openables.newsletter, html: `<html><head><style>td{color:#333}</style></head><body><h1>This week</h1><table>${rows.join('')}</table></body></html>` }) },
    { raw: aMessage({ subject: openables.plain, text: 'A short text, nothing else.\n' }) },
  ];
}
