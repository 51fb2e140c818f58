import 'server-only';
import type { ImapFlow } from 'imapflow';
import { MailError } from '#lib/errors.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { rootOf } from '#lib/mail/thread-groups.ts';
import { eachUid } from '#lib/mail/uid-set.ts';
import { checkUidValidity } from './check-uid-validity.ts';
import type { Lane } from './lane.ts';
import { atom, execCommand, listOf, quoted, sequence, textOf, valueAfter } from './protocol.ts';
import type { Token } from './protocol.ts';
import { readRows } from './read-rows.ts';
import type { MessageRow } from './read-rows.ts';
import { mostMessages, threadingOf, threadsFrom } from './read-threads.ts';
import { searchUids, toSearchDate } from './search-uids.ts';
import { readThreadHeaders } from './thread-by-headers.ts';
import type { ThreadHeaders } from './thread-by-headers.ts';
import { withMailbox } from './with-mailbox.ts';

/** What the messages of a conversation have in common, in any mailbox. */
export type ConversationName =
  | { by: 'thread-id' | 'gmail'; id: string }
  /** `first`: what it began with; `members`: those it may be an answer to; `missing`: named by members, and not among them. */
  | { by: 'headers'; first: string[]; members: string[]; missing: string[]; since: Date };

export interface FoundMessages {
  uidValidity: number;
  rows: MessageRow[];
  /** There are more than `mostRows`. */
  isCut: boolean;
}

/** Messages told of one mailbox, the newest. */
const mostRows = 500;
/** Members whose headers are read: the first and the last. */
const mostHeaders = { first: 10, last: 30 } as const;
/** Ids a server is asked for, of each kind. */
const mostIds = { first: 3, members: 12, missing: 12 } as const;
/**
 * What belongs to it may be older than what lies here: so much is looked through at once, the rest only where something
 * is missing. Milliseconds.
 */
const slack = 365 * 86_400_000;
/** Messages looked through at a time for what is older. */
const olderWindow = 20_000;
const timeoutMs = 20_000;

/** The conversation of a message in its own mailbox, and how to know the rest. Throws message-missing, mailbox-changed. */
export async function findConversation(
  lane: Lane,
  ref: MessageRef,
  signal?: AbortSignal,
): Promise<FoundMessages & { name: ConversationName }> {
  return withMailbox(
    lane,
    ref.mailbox,
    async ({ client, mailbox }) => {
      checkUidValidity(mailbox, ref.uidValidity);
      const named = await serverName(client, ref.uid);
      const uids = named ? await uidsOf(client, named) : await threadOf(client, ref.uid, mailbox.exists);
      if (!uids.includes(ref.uid)) uids.push(ref.uid);
      const found = await rowsOf(client, ref.uidValidity, uids);
      const [oldest] = found.rows;
      if (!oldest) throw new MailError('message-missing');
      if (named) return { ...found, name: named };
      const read = [...uids].sort((a, b) => a - b);
      const shown = new Set([...read.slice(0, mostHeaders.first), ...read.slice(-mostHeaders.last)]);
      const headers = await readThreadHeaders(client, [...shown].join(','), 'uid');
      return { ...found, name: nameOf(headers, new Date(oldest.summary.receivedAt)) };
    },
    { signal, timeoutMs },
  );
}

/** The messages of a conversation in another mailbox, but for those that came a year before all that lies in its own. */
export async function findElsewhere(
  lane: Lane,
  path: MailboxPath,
  name: ConversationName,
  signal?: AbortSignal,
): Promise<FoundMessages> {
  return withMailbox(
    lane,
    path,
    async ({ client, mailbox }) => rowsOf(client, Number(mailbox.uidValidity), await uidsOf(client, name)),
    { signal, timeoutMs },
  );
}

/**
 * Those that `findElsewhere` leaves out. They are looked for from the newest on, and not further once it is `end`, in
 * milliseconds since 1970.
 */
export async function findOlder(
  lane: Lane,
  path: MailboxPath,
  name: ConversationName,
  end: number,
  signal?: AbortSignal,
): Promise<FoundMessages> {
  return withMailbox(
    lane,
    path,
    async ({ client, mailbox }) => {
      const keys = keysOf(name, 'older');
      const uids: number[] = [];
      let to = keys ? mailbox.exists : 0;
      for (; keys && to > 0 && Date.now() < end; to -= olderWindow) {
        const window = sequence(`${Math.max(1, to - olderWindow + 1)}:${to}`);
        uids.push(...eachUid(await searchUids(client, [window, ...keys])));
      }
      const found = await rowsOf(client, Number(mailbox.uidValidity), uids);
      return { ...found, isCut: found.isCut || to > 0 };
    },
    { signal, timeoutMs: Math.max(0, end - Date.now()) + timeoutMs },
  );
}

/**
 * Whether messages that belong to a conversation may be a year older than all that lies in its mailbox: somebody names one that is not
 * among these, and answers come after what they answer.
 */
export function mayBeOlder(name: ConversationName, found: readonly FoundMessages[]): boolean {
  if (name.by !== 'headers') return false;
  const there = new Set(found.flatMap(({ rows }) => rows.map(({ summary }) => summary.messageId)));
  return [...name.first, ...name.missing].some((id) => !there.has(id));
}

async function rowsOf(client: ImapFlow, uidValidity: number, uids: readonly number[]): Promise<FoundMessages> {
  const newest = [...uids].sort((a, b) => a - b).slice(-mostRows);
  const wanted = new Set(newest);
  const rows = newest.length > 0 ? await readRows(client, newest.join(','), 'uid') : [];
  return {
    uidValidity,
    rows: rows.filter(({ summary }) => wanted.has(summary.uid)),
    isCut: uids.length > newest.length,
  };
}

/** What the server calls the conversation, where it does (RFC 8474 section 5.2; Gmail). */
async function serverName(client: ImapFlow, uid: number): Promise<ConversationName | null> {
  const by = threadingOf(client);
  if (by !== 'thread-id' && by !== 'gmail') return null;
  const item = by === 'gmail' ? 'X-GM-THRID' : 'THREADID';
  let id: string | null = null;
  await execCommand(client, 'UID FETCH', [sequence(`${uid}`), [atom('UID'), atom(item)]], {
    FETCH({ attributes = [] }) {
      const value = valueAfter(listOf(attributes[1]), item);
      id ??= textOf(Array.isArray(value) ? value[0] : value);
    },
  });
  return id === null || id === 'NIL' ? null : { by, id };
}

async function threadOf(client: ImapFlow, uid: number, messages: number): Promise<number[]> {
  const { groups } = await threadsFrom(client, Math.max(1, messages - mostMessages(client) + 1));
  const root = rootOf(groups, uid);
  return [...groups.uids].filter((_, index) => groups.roots[index] === root);
}

async function uidsOf(client: ImapFlow, name: ConversationName): Promise<number[]> {
  const keys = keysOf(name);
  return keys ? [...eachUid(await searchUids(client, keys))] : [];
}

function keysOf(name: ConversationName, age: 'newer' | 'older' = 'newer'): Token[] | null {
  if (name.by !== 'headers') return [atom(name.by === 'gmail' ? 'X-GM-THRID' : 'THREADID'), atom(name.id)];
  const header = (field: string) => (id: string) => [atom('HEADER'), atom(field), quoted(id)];
  const alternatives = [
    ...name.first.map(header('References')),
    ...[...name.first, ...name.members].map(header('In-Reply-To')),
    ...[...name.first, ...name.missing, ...name.members].map(header('Message-ID')),
  ];
  if (alternatives.length === 0) return null;
  const any = alternatives.reduceRight<Token[]>(
    (rest, key) => (rest.length === 0 ? key : [atom('OR'), ...key, ...rest]),
    [],
  );
  const day = toSearchDate(new Date(name.since.getTime() - slack));
  return [atom(age === 'newer' ? 'SINCE' : 'BEFORE'), day, ...any];
}

function nameOf(headers: readonly ThreadHeaders[], since: Date): ConversationName {
  const byAge = [...headers].sort((a, b) => a.uid - b.uid);
  const own = byAge.flatMap(({ messageId }) => messageId ?? []);
  const [oldest] = byAge;
  const roots = byAge.flatMap(({ references, messageId }) => references[0] ?? messageId ?? []);
  // What the oldest names first is where it all began.
  const first = [...new Set([...(oldest?.references.slice(0, 1) ?? []), ...roots])].slice(0, mostIds.first);
  const members = own.filter((id) => !first.includes(id)).slice(-mostIds.members);
  const named = new Set(byAge.flatMap(({ references }) => references.slice(-4)));
  const missing = [...named].filter((id) => !own.includes(id) && !first.includes(id)).slice(-mostIds.missing);
  return { by: 'headers', first, members, missing, since };
}
