import { quoteName } from '#tests/support/mail-server/raw-imap.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import type { Figure } from './figures.ts';
import { rounds } from './timed.ts';

const rowItems = '(UID FLAGS MODSEQ ENVELOPE INTERNALDATE RFC822.SIZE BODYSTRUCTURE)';

export interface Reader {
  /** GET of our own JSON with the person's cookie; throws unless it is 200. */
  get(path: string): Promise<unknown>;
  imap: RawImap;
  /** Of INBOX. */
  messages: number;
}

/** What our server adds to the bare protocol: the reads of the browser's cache. */
export async function serverFigures({ get, imap, messages }: Reader, count: number): Promise<Figure[]> {
  await imap.command('SELECT INBOX');
  const at = (round: number) => 1 + Math.floor(((round * 0.381) % 1) * (messages - 60));
  const window = (from: number) => get(`/api/messages?mailbox=INBOX&from=${from}&to=${from + 49}`);
  const fetchRows = (from: number) => imap.command(`FETCH ${from}:${from + 49} ${rowItems}`);
  const listed = (await imap.command('LIST "" "*"')).match(/^\* LIST/gm) ?? [];
  return [
    {
      operation: 'window of 50 rows, the newest',
      ours: await rounds(count, () => get('/api/messages?mailbox=INBOX&newest=50')),
      raw: await rounds(count, () => fetchRows(messages - 49)),
      goal: 'raw + 12',
    },
    {
      operation: 'window of 50 rows, any depth',
      ours: await rounds(count, (round) => window(at(round))),
      raw: await rounds(count, (round) => fetchRows(at(round))),
      goal: 'raw + 12',
    },
    {
      operation: `${listed.length} mailboxes with counts`,
      ours: await rounds(count, () => get('/api/mailboxes')),
      raw: await rounds(count, () => imap.command('LIST (SUBSCRIBED) "" "*" RETURN (SPECIAL-USE CHILDREN STATUS (MESSAGES UNSEEN UIDNEXT UIDVALIDITY HIGHESTMODSEQ))')),
    },
    {
      operation: 'first look at a mailbox of 2,000',
      ours: await rounds(count, () => get(`/api/messages?mailbox=${encodeURIComponent('Two thousand')}&newest=50`)),
      raw: await rounds(count, async () => {
        await imap.command(`SELECT ${quoteName('Two thousand')}`);
        await imap.command(`FETCH 1951:2000 ${rowItems}`);
        await imap.command('SELECT INBOX');
      }),
    },
  ];
}
