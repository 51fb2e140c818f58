import type { ImapFlow } from 'imapflow';
import { ImapStream } from 'imapflow/lib/handler/imap-stream.js';
import { expect, test } from 'vitest';
import { passPlainLines, whileTaking } from '#server/imap/plain-lines.ts';

/** What the server says: flag changes nobody asked for, a row with a literal that looks like one, and lines to take. */
const said = [
  '* 3 EXISTS',
  '* 1 FETCH (UID 11 FLAGS (\\Seen $Plan))',
  '* 2 FETCH (FLAGS (\\Seen) MODSEQ (7))',
  '* 3 FETCH (UID 13 BODY[] {37}\r\n* 4 FETCH (UID 14 FLAGS ())\r\nNot a line) ',
  '* 5 FETCH (UID 15 FLAGS () ENVELOPE {0}\r\n)',
  '* 6 FETCH (UID 16 MODSEQ (8))',
  '* 2 EXPUNGE',
  'A1 OK Done',
];
const bytes = Buffer.from(said.map((line) => `${line}\r\n`).join(''), 'latin1');

/** imapflow's own stream with a connection around it that only notes what reaches it. */
function connection(untagged: Record<string, unknown> = {}) {
  const streamer = new ImapStream({});
  const reached: string[] = [];
  // What the stream puts out, each with what lets the next one come.
  const read = () => streamer.read() as { payload: Buffer; next: () => void } | null;
  streamer.on('readable', () => {
    for (let item = read(); item !== null; item = read()) {
      reached.push(item.payload.toString('latin1'));
      item.next();
    }
  });
  let events = 0;
  const client = { streamer, currentRequest: { options: { untagged } }, mailbox: { path: 'INBOX' }, emit: () => (events += 1) };
  // True for what passPlainLines uses of it.
  const flow = client as unknown as ImapFlow;
  passPlainLines(flow);
  const hearAll = async (all: Buffer, size: number) => {
    for (let at = 0; at < all.length; at += size)
      await new Promise<void>((resolve) => streamer.write(all.subarray(at, at + size), () => resolve()));
  };
  return { flow, reached, hear: (size: number) => hearAll(bytes, size), hearAll, events: () => events };
}

const isRowOrOther = (line: string) => !/^\* [126] FETCH/.test(line);

test('flag changes that nobody asked for pass by wherever the line is cut, and all else arrives in order', async () => {
  for (let size = 1; size <= bytes.length; size += 1) {
    const { reached, hear, events } = connection();
    await hear(size);
    const others = reached.filter(isRowOrOther);
    expect(others.map((line) => line.slice(0, 12))).toEqual(['* 3 EXISTS', '* 3 FETCH (U', '* 5 FETCH (U', '* 2 EXPUNGE', 'A1 OK Done']);
    // One that was cut goes imapflow's way, which tells of it too.
    const passed = 3 - (reached.length - others.length);
    expect(events() > 0).toBe(passed > 0);
    if (size === bytes.length) expect([passed, events()]).toEqual([3, 1]);
  }
});

test('a command that collects rows is given all of them', async () => {
  const { reached, hear, events } = connection({ FETCH: () => {} });
  await hear(bytes.length);
  expect(reached).toHaveLength(said.length);
  expect(events()).toBe(0);
});

test('lines are taken only while somebody takes them', async () => {
  const { flow, reached, hear } = connection({ FETCH: () => {} });
  const taken: string[] = [];
  const take = (line: string) => line.includes('EXPUNGE') && taken.push(line) > 0;
  await whileTaking(flow, take, () => hear(bytes.length));
  await hear(bytes.length);
  expect(taken).toEqual(['* 2 EXPUNGE']);
  expect(reached.filter((line) => line.includes('EXPUNGE'))).toHaveLength(1);
});

test('a row with a literal is taken with its octets where all of them have come, else it goes its usual way, and never both', async () => {
  const header = 'From: Ann\r\n\r\n';
  const rows = Buffer.from([1, 2, 3].map((uid) => `* ${uid} FETCH (UID ${uid} BODY[] {${header.length}}\r\n${header})\r\n`).join('') + '* 4 FETCH (UID 4 BODY[] {2}\r\nab BODY[1] "x")\r\n* 9 EXISTS\r\n');
  for (let size = 1; size <= rows.length; size += 1) {
    const { flow, reached, hearAll } = connection({ FETCH: () => {} });
    const taken: string[] = [];
    const take = (line: string, literal?: Buffer) => {
      if (!literal) return false;
      expect(literal.toString()).toBe(header);
      return taken.push(/UID (\d)/.exec(line)?.[1] ?? '') > 0;
    };
    await whileTaking(flow, take, () => hearAll(rows, size));
    const usual = reached.map((line) => /UID (\d)/.exec(line)?.[1] ?? 'other');
    expect([...taken, ...usual].sort()).toEqual(['1', '2', '3', '4', 'other']);
    if (size === rows.length) expect(taken).toEqual(['1', '2', '3']);
  }
});
