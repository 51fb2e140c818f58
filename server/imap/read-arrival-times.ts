import 'server-only';
import type { ImapFlow } from 'imapflow';
import { atom, execCommand, sequence, withRawFetches } from './protocol.ts';

/** INTERNALDATE of messages by UID, in seconds since 1970. Read past imapflow's parser: results may be a hundred thousand. */
export async function readArrivalTimes(client: ImapFlow, uids: string): Promise<Map<number, number>> {
  const times = new Map<number, number>();
  await withRawFetches(
    client,
    ({ payload }) => {
      const line = payload.toString('latin1');
      const uid = Number(/[( ]UID (\d{1,10})[ )]/.exec(line)?.[1]);
      const date = /INTERNALDATE "([^"]{1,40})"/.exec(line)?.[1];
      const time = date === undefined ? NaN : Date.parse(date.trim());
      if (!(uid > 0) || Number.isNaN(time)) return false;
      times.set(uid, Math.floor(time / 1000));
      return true;
    },
    () => execCommand(client, 'UID FETCH', [sequence(uids), [atom('UID'), atom('INTERNALDATE')]], { FETCH: () => {} }),
  );
  return times;
}
