import 'server-only';
import type { ImapFlow } from 'imapflow';
import { atom, execCommand, headerFields, sequence, withRawFetches } from './protocol.ts';

export interface MessageDates {
  uid: number;
  /** The Date field, in milliseconds since 1970; NaN where there is none that can be read. */
  sent: number;
  /** INTERNALDATE, likewise. */
  received: number;
}

/** Tells when messages were written and when they came. Read past imapflow's parser: they may be ten thousand. */
export async function readDates(client: ImapFlow, uids: string, tell: (message: MessageDates) => void): Promise<void> {
  const items = [atom('UID'), atom('INTERNALDATE'), headerFields('Date')];
  await withRawFetches(
    client,
    ({ payload, literals }) => {
      const line = payload.toString('latin1');
      const uid = Number(/[( ]UID (\d{1,10})[ )]/i.exec(line)?.[1]);
      const received = Date.parse(/INTERNALDATE "([^"]{1,40})"/i.exec(line)?.[1]?.trim() ?? '');
      if (!(uid > 0) || Number.isNaN(received) || !/BODY\[/i.test(line)) return false;
      tell({ uid, sent: dateIn(literals?.[0]?.toString('latin1', 0, 400) ?? ''), received });
      return true;
    },
    () => execCommand(client, 'UID FETCH', [sequence(uids), items], { FETCH: () => {} }),
  );
}

/** Of several the first; folded and with comments as they may be (RFC 5322 section 3.3). */
function dateIn(header: string): number {
  const value = /^date:((?:[^\r\n]|\r?\n[ \t])*)/i.exec(header)?.[1] ?? '';
  return Date.parse(value.replace(/\s+/g, ' ').trim());
}
