import type { SearchLine } from '#lib/mail/search-results.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import type { Figure } from './figures.ts';
import { rounds, timed } from './timed.ts';

interface Searcher {
  /** Of the running app. */
  address: string;
  cookie: string;
  imap: RawImap;
}

const searches = [
  { name: 'subject and sender', q: 'subject:budget from:ann', raw: 'UID SEARCH RETURN (ALL) SUBJECT budget FROM ann', first: '300' },
  { name: 'text', q: 'photos', raw: 'UID SEARCH RETURN (ALL) TEXT photos', first: '1000' },
  { name: 'attachments', q: 'has:attachment', raw: 'UID FETCH 1:* (UID BODYSTRUCTURE)', first: '1000' },
];

/** A search's first results and its end, through our server, beside the one command that asks a bare server the same. */
export async function searchFigures({ address, cookie, imap }: Searcher, count: number): Promise<Figure[]> {
  await imap.command('SELECT INBOX');
  const figures: Figure[] = [];
  for (const { name, q, raw, first } of searches) {
    const times = { first: [] as number[], whole: [] as number[] };
    for (let round = 0; round <= count; round += 1) {
      const { firstFound, done } = await searched(address, cookie, q);
      if (round === 0) continue;
      times.first.push(firstFound);
      times.whole.push(done);
    }
    const bare = await rounds(count, () => imap.command(raw));
    figures.push({ operation: `search ${name} → first results`, ours: times.first, raw: null, goal: first });
    figures.push({ operation: `search ${name} → exact count`, ours: times.whole, raw: bare, goal: 'raw × 1.2' });
  }
  figures.push(await openedMeanwhile({ address, cookie, imap }, count));
  return figures;
}

/** Milliseconds to the first line with results, and to the last line. */
async function searched(address: string, cookie: string, q: string): Promise<{ firstFound: number; done: number }> {
  const start = performance.now();
  let firstFound = NaN;
  let done = NaN;
  await read(address, cookie, q, new AbortController().signal, (line) => {
    if (line.type === 'found' && Number.isNaN(firstFound)) firstFound = performance.now() - start;
    if (line.type === 'done') done = performance.now() - start;
    if (line.type === 'error') throw new Error(line.error.code);
  });
  if (Number.isNaN(done) || Number.isNaN(firstFound)) throw new Error(`The search for ${q} found nothing`);
  return { firstFound, done };
}

/** A message is opened while a text search runs; beside it the same with nothing else under way. */
async function openedMeanwhile({ address, cookie, imap }: Searcher, count: number): Promise<Figure> {
  const uidValidity = Number(/UIDVALIDITY (\d+)/.exec(await imap.command('STATUS INBOX (UIDVALIDITY)'))?.[1]);
  const open = (round: number) => fetch(`${address}/api/messages/${50 + round}?${new URLSearchParams({ mailbox: 'INBOX', uidValidity: `${uidValidity}`, body: 'html' })}`, { headers: { cookie } }).then((response) => response.text());
  const quiet = await rounds(count, open);
  const ours: number[] = [];
  for (let round = 1; round <= count; round += 1) {
    const stop = new AbortController();
    const { promise: isUnderWay, resolve } = Promise.withResolvers<void>();
    const search = read(address, cookie, 'nothing-of-this-kind', stop.signal, () => resolve()).catch(() => {});
    await isUnderWay;
    ours.push(await timed(() => open(round)));
    stop.abort();
    await search;
  }
  return { operation: 'open a message while a text search runs (raw: with none)', ours, raw: quiet };
}

async function read(address: string, cookie: string, q: string, signal: AbortSignal, tell: (line: SearchLine) => void): Promise<void> {
  const response = await fetch(`${address}/api/search`, { method: 'POST', headers: { cookie, origin: address }, body: JSON.stringify({ mailbox: 'INBOX', scope: 'mailbox', q }), signal });
  if (!response.ok || !response.body) throw new Error(`The search answered ${response.status}`);
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of response.body) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) tell(JSON.parse(line) as SearchLine); // Our own server's words.
  }
}
