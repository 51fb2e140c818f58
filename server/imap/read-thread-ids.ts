import 'server-only';
import type { ImapFlow } from 'imapflow';
import { toGroups } from '#lib/mail/thread-groups.ts';
import type { ThreadGroups } from '#lib/mail/thread-groups.ts';
import { atom, execCommand, sequence, withRawFetches } from './protocol.ts';

const items = { 'thread-id': 'THREADID', gmail: 'X-GM-THRID' } as const;
/** "(NIL)" is what Cyrus says without its database of conversations. */
const patterns = {
  'thread-id': /THREADID \((?!NIL\))([A-Za-z0-9_-]{1,255})\)/i,
  gmail: /X-GM-THRID (\d{1,20})/i,
} as const;

/**
 * Threads by the names the server has for them (THREADID, RFC 8474 section 5.2; Gmail's X-GM-THRID). Read past imapflow's parser: it
 * may be a hundred thousand. `hasIds`: at least one message had a name.
 */
export async function readThreadIds(
  client: ImapFlow,
  range: string,
  by: keyof typeof items,
): Promise<{ groups: ThreadGroups; lowest: number; hasIds: boolean }> {
  const threads = new Map<string, number[]>();
  const most = client.mailbox ? client.mailbox.exists : 0;
  let lowest = 0xffffffff;
  let count = 0;
  await withRawFetches(
    client,
    ({ payload }) => {
      const line = payload.toString('latin1');
      const uid = Number(/[( ]UID (\d{1,10})[ )]/i.exec(line)?.[1]);
      if (!(uid > 0)) return false;
      const name = patterns[by].exec(line)?.[1];
      count += 1;
      if (count > most) return true; // More than there are: not taken.
      lowest = Math.min(lowest, uid);
      if (name === undefined) return !/FLAGS/i.test(line); // NIL; a flag change is imapflow's to hear of.
      const known = threads.get(name);
      if (known) known.push(uid);
      else threads.set(name, [uid]);
      return true;
    },
    () => execCommand(client, 'FETCH', [sequence(range), [atom('UID'), atom(items[by])]], { FETCH: () => {} }),
  );
  return { groups: toGroups(threads.values()), lowest, hasIds: threads.size > 0 };
}
