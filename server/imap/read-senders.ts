import 'server-only';
import type { ImapFlow } from 'imapflow';
import { whileTaking } from './plain-lines.ts';
import type { TakeLine } from './plain-lines.ts';
import { atom, execCommand, headerFields, sequence, withRawFetches } from './protocol.ts';

export interface SentBy {
  uid: number;
  /** Octets. */
  size: number;
  /** The From field as it stands, with its name; empty where there is none. */
  from: string;
}

const usual = /^\* \d+ FETCH \(UID (\d{1,10}) RFC822\.SIZE (\d{1,19}) BODY\[HEADER\.FIELDS \("?FROM"?\)\] \{\d+\}$/i;
/** Of a header that is longer nobody reads the rest. */
const maxHeader = 2_000;

/** Tells who sent the messages of a range. Read past imapflow's parser, and not as ENVELOPE: that is seven times as much. */
export async function readSenders(
  client: ImapFlow,
  range: string,
  by: 'seq' | 'uid',
  tell: (message: SentBy) => void,
): Promise<void> {
  const plain: TakeLine = (line, literal) => {
    const match = literal && usual.exec(line);
    if (!match) return false;
    tell({ uid: Number(match[1]), size: Number(match[2]), from: literal.toString('utf8', 0, maxHeader) });
    return true;
  };
  const command = by === 'uid' ? 'UID FETCH' : 'FETCH';
  const items = [atom('UID'), atom('RFC822.SIZE'), headerFields('From')];
  await withRawFetches(
    client,
    ({ payload, literals }) => {
      const line = payload.toString('latin1');
      const uid = Number(/[( ]UID (\d{1,10})[ )]/i.exec(line)?.[1]);
      const size = Number(/RFC822\.SIZE (\d{1,19})/i.exec(line)?.[1]);
      if (!(uid > 0) || !(size >= 0) || !/BODY\[/i.test(line)) return false;
      tell({ uid, size, from: (literals?.[0] ?? Buffer.from('')).toString('utf8', 0, maxHeader) });
      return true;
    },
    () => whileTaking(client, plain, () => execCommand(client, command, [sequence(range), items], { FETCH: () => {} })),
  );
}
