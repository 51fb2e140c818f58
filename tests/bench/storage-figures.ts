import type { StorageLine, StorageReport } from '#lib/mail/storage.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import type { Figure } from './figures.ts';
import { rounds } from './timed.ts';

interface Reader {
  /** Of the running app. */
  address: string;
  cookie: string;
  imap: RawImap;
}

/** When a part of what takes the space is known whole. */
const milestones = {
  folders: ({ mailboxes }: Partial<StorageReport>) => mailboxes?.some(({ bytes }) => bytes !== null) ?? false,
  years: ({ phase }: Partial<StorageReport>) => phase === 'attachments',
  whole: ({ phase }: Partial<StorageReport>) => phase === 'done',
};

type Milestone = keyof typeof milestones;

/** What takes the space, read through our server, beside the bare protocol's FETCHes of the same. */
export async function storageFigures({ address, cookie, imap }: Reader, count: number): Promise<Figure[]> {
  const ours: Record<Milestone, number[]> = { folders: [], years: [], whole: [] };
  for (let round = 0; round <= count; round += 1) {
    const reached = await read(address, cookie);
    if (round === 0) continue;
    for (const name of Object.keys(ours) as Milestone[]) ours[name].push(reached[name]); // Its own keys.
  }
  const mailboxes = [...(await imap.command('LIST "" "*"')).matchAll(/^\* LIST \((?![^)]*noselect)[^)]*\) "[^"]+" ("[^"]*"|\S+)\r$/gim)].map(([, name = '']) => name);
  const fetchAll = async (...items: string[]) => {
    for (const mailbox of mailboxes) {
      const selected = await imap.command(`SELECT ${mailbox}`);
      if (/\* 0 EXISTS/.test(selected)) continue;
      for (const item of items) await imap.command(`FETCH 1:* (UID RFC822.SIZE ${item})`);
    }
  };
  const dates = 'INTERNALDATE';
  const senders = 'BODY.PEEK[HEADER.FIELDS (From)]';
  return [
    { operation: 'storage → what each folder takes', ours: ours.folders, raw: await rounds(count, () => imap.command('LIST "" "*" RETURN (STATUS (MESSAGES SIZE))')), goal: '300' },
    { operation: 'storage → years and largest messages', ours: ours.years, raw: await rounds(count, () => fetchAll(dates)) },
    { operation: 'storage → senders: the whole', ours: ours.whole, raw: await rounds(count, () => fetchAll(dates, senders)) },
  ];
}

/** Milliseconds to each of them. */
async function read(address: string, cookie: string): Promise<Record<Milestone, number>> {
  const start = performance.now();
  const reached: Record<Milestone, number> = { folders: NaN, years: NaN, whole: NaN };
  const response = await fetch(`${address}/api/storage`, { method: 'POST', headers: { cookie, origin: address }, body: JSON.stringify({ timeZone: 'Europe/Berlin' }) });
  if (!response.ok || !response.body) throw new Error(`/api/storage answered ${response.status}`);
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of response.body) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      const line = JSON.parse(text) as StorageLine; // Our own server's words.
      if (line.type === 'error') throw new Error(line.error.code);
      for (const name of Object.keys(reached) as Milestone[]) // Its own keys.
        if (Number.isNaN(reached[name]) && milestones[name](line.report)) reached[name] = performance.now() - start;
    }
  }
  if (Object.values(reached).some(Number.isNaN)) throw new Error('The reading ended early');
  return reached;
}
