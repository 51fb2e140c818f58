import 'server-only';
import type { ImapFlow } from 'imapflow';
import { yearAt } from '#lib/mail/day-start.ts';
import { whileTaking } from './plain-lines.ts';
import type { TakeLine } from './plain-lines.ts';
import { atom, execCommand, sequence, withRawFetches } from './protocol.ts';

/** What a message takes, and when it came. */
export interface MessageSize {
  uid: number;
  /** Octets (RFC822.SIZE). */
  size: number;
  /** INTERNALDATE as it stands, such as "01-Feb-2026 10:00:00 +0100". */
  date: string;
}

const usual = /^\* \d+ FETCH \(UID (\d{1,10}) RFC822\.SIZE (\d{1,19}) INTERNALDATE "([^"]{1,40})"\)$/i;

/** Tells sizes and dates of a range, in the server's order. Read past imapflow's parser: they may be a hundred thousand. */
export async function readSizes(
  client: ImapFlow,
  range: string,
  by: 'seq' | 'uid',
  tell: (message: MessageSize) => void,
): Promise<void> {
  const plain: TakeLine = (line) => {
    const [whole, uid, size, date = ''] = usual.exec(line) ?? [];
    if (whole === undefined) return false;
    tell({ uid: Number(uid), size: Number(size), date });
    return true;
  };
  const command = by === 'uid' ? 'UID FETCH' : 'FETCH';
  const items = [atom('UID'), atom('RFC822.SIZE'), atom('INTERNALDATE')];
  await withRawFetches(
    client,
    ({ payload }) => {
      const line = payload.toString('latin1');
      const uid = Number(/[( ]UID (\d{1,10})[ )]/i.exec(line)?.[1]);
      const size = Number(/RFC822\.SIZE (\d{1,19})/i.exec(line)?.[1]);
      const date = /INTERNALDATE "([^"]{1,40})"/i.exec(line)?.[1];
      if (!(uid > 0) || !(size >= 0) || date === undefined) return false; // An unsolicited flag change.
      tell({ uid, size, date });
      return true;
    },
    () => whileTaking(client, plain, () => execCommand(client, command, [sequence(range), items], { FETCH: () => {} })),
  );
}

const nearNewYear = /^ ?(0?[12]-Jan|3[01]-Dec)-/i;

/** The year in which INTERNALDATE lies where the person is. */
export function yearOf(date: string, timeZone: string): number {
  const told = Number(/-(\d{4}) /.exec(date)?.[1] ?? 0);
  // Only there can two zones differ, and asking a zone takes a while.
  const time = nearNewYear.test(date) ? Date.parse(date.trim()) : NaN;
  return Number.isNaN(time) ? told : yearAt(time, timeZone);
}
