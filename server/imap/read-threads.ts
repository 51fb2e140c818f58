import 'server-only';
import type { ImapFlow, MailboxObject } from 'imapflow';
import type { MailboxCounts, MailboxPath } from '#lib/mail/mailbox.ts';
import { toGroups } from '#lib/mail/thread-groups.ts';
import type { ThreadGroups } from '#lib/mail/thread-groups.ts';
import type { Lane } from './lane.ts';
import { atom, execTakingResponses, sequence } from './protocol.ts';
import { readCounts } from './read-counts.ts';
import { readThreadIds } from './read-thread-ids.ts';
import { threadByHeaders } from './thread-by-headers.ts';
import { eachThread, makeThreadParser } from './thread-parser.ts';
import { withMailbox } from './with-mailbox.ts';

export interface ImapThreads {
  /** The mailbox as it was before it was looked at. */
  counts: MailboxCounts;
  /** 1 where all messages were looked at. */
  firstUid: number;
  groups: ThreadGroups;
}

/** Messages looked at, at most: what is older stands alone. Where only headers tell, reading them is much more work. */
const most = { told: 200_000, headers: 5_000, arrivals: 500 } as const;
/** The server may have to read every header there is, once. Milliseconds. */
const timeoutMs = 120_000;

/**
 * Which of a mailbox's newest messages belong together: by the server's own names for threads (THREADID, RFC 8474; X-GM-THRID), else by
 * its UID THREAD (RFC 5256: REFS before REFERENCES), else by the messages' headers. On the connection of searches, so that no click
 * waits. `fromUid`: only the threads of what has this UID or a greater one are wanted. Throws a MailError.
 */
export async function readImapThreads(
  lane: Lane,
  path: MailboxPath,
  { newest, fromUid }: { newest: number; fromUid: number | null },
  signal?: AbortSignal,
): Promise<ImapThreads> {
  return withMailbox(
    lane,
    path,
    async ({ client }) => {
      const counts = await readCounts(client, path);
      const isTold = threadingOf(client) !== 'headers';
      const limit = Math.min(newest, isTold || fromUid === null ? mostMessages(client) : most.arrivals);
      const from = Math.max(1, counts.messages - limit + 1);
      const read = counts.messages === 0 ? nothing : await threadsFrom(client, from);
      return { counts, groups: read.groups, firstUid: from === 1 ? 1 : Math.min(read.lowest, counts.uidNext) };
    },
    { signal, timeoutMs },
  );
}

/** How many of a mailbox's newest messages are looked at. */
export function mostMessages(client: ImapFlow): number {
  return threadingOf(client) === 'headers' ? most.headers : most.told;
}

export type Threading = 'thread-id' | 'gmail' | 'refs' | 'references' | 'headers';

/** What the server has to tell threads by. */
export function threadingOf({ capabilities }: ImapFlow): Threading {
  if (capabilities.has('OBJECTID')) return 'thread-id';
  if (capabilities.has('X-GM-EXT-1')) return 'gmail';
  if (capabilities.has('THREAD=REFS')) return 'refs';
  return capabilities.has('THREAD=REFERENCES') ? 'references' : 'headers';
}

const nothing = { groups: toGroups([]), lowest: 1 };

/** The threads of the messages from a sequence number on, and the lowest UID among them. */
export async function threadsFrom(client: ImapFlow, from: number): Promise<{ groups: ThreadGroups; lowest: number }> {
  const threading = threadingOf(client);
  switch (threading) {
    case 'thread-id':
    case 'gmail': {
      const read = await readThreadIds(client, `${from}:*`, threading);
      // A server may offer OBJECTID and have no names for threads: NIL (RFC 8474 section 5.2).
      return read.hasIds ? read : threadsByServer(client, from);
    }
    default:
      return threadsByServer(client, from);
  }
}

const threaded = new WeakSet<MailboxObject>();

/**
 * Dovecot 2.3 keeps what THREAD found for as long as a mailbox is selected, and brings it up to date wrongly where messages went since: it
 * then tells of threads without their newest message, or dies ("array.c: assertion failed"). Selected again it looks anew.
 */
async function openAnew(client: ImapFlow): Promise<void> {
  const { mailbox } = client;
  if (mailbox && threaded.has(mailbox)) await client.mailboxOpen(mailbox.path, { readOnly: mailbox.readOnly ?? false });
  if (client.mailbox) threaded.add(client.mailbox);
}

async function threadsByServer(client: ImapFlow, from: number): Promise<{ groups: ThreadGroups; lowest: number }> {
  const { capabilities } = client;
  const algorithm = ['REFS', 'REFERENCES'].find((name) => capabilities.has(`THREAD=${name}`));
  if (!algorithm) return threadByHeaders(client, `${from}:*`);
  await openAnew(client);
  const parser = makeThreadParser(client.mailbox ? client.mailbox.exists : 0);
  const prefix = /^\* THREAD/i;
  await execTakingResponses(
    client,
    'UID THREAD',
    [atom(algorithm), atom('UTF-8'), ...(from === 1 ? [atom('ALL')] : [sequence(`${from}:*`)])],
    ({ payload }) => {
      if (!prefix.test(payload.toString('latin1', 0, 8))) return false;
      parser.push(payload.subarray(8));
      return true;
    },
  );
  const threads = parser.end();
  let lowest = 0xffffffff;
  for (const uid of threads.uids) if (uid < lowest) lowest = uid;
  return { groups: toGroups(eachThread(threads)), lowest };
}
