import 'server-only';
import type { FetchMessageObject, FetchQueryObject, ImapFlow, MessageAddressObject } from 'imapflow';
import libmime from 'libmime';
import { parseAddressList } from '#lib/mail/parse-address-list.ts';
import { isOverlong } from './overlong.ts';

/** Octets of a header that is read whole; beyond, its envelope is made of this beginning. */
const maxHeader = 64 * 1024;
/** Octets of a message whose structure is surely short enough. */
const maxStructured = 512 * 1024;
/** Characters of one field as it is written. */
const maxField = 4_000;

/**
 * Fetches messages. In a mailbox where an answer was too long before, headers are measured first: of a message that is too much for one
 * answer only the beginning of its header is read, and it comes without structure; all others come as they are.
 */
export async function fetchCarefully(
  client: ImapFlow,
  range: string,
  query: FetchQueryObject,
  by: 'seq' | 'uid',
): Promise<FetchMessageObject[]> {
  if (!isOverlong(client)) return client.fetchAll(range, query, { uid: by === 'uid' });
  const measured = await client.fetchAll(
    range,
    {
      uid: true,
      flags: true,
      labels: true,
      internalDate: true,
      size: true,
      bodyParts: [{ key: 'HEADER', start: 0, maxLength: maxHeader }],
    },
    { uid: by === 'uid' },
  );
  const rows = new Map(measured.filter(({ uid }) => uid).map((row) => [row.uid, row]));
  const isShort = ({ headers }: FetchMessageObject) => headers !== undefined && headers.length < maxHeader;
  const short = [...rows.values()].filter(isShort);
  const isSmall = ({ size }: FetchMessageObject) => (size ?? 0) <= maxStructured;
  await add(short.filter(isSmall), query);
  await add(
    short.filter((row) => !isSmall(row)),
    { ...query, bodyStructure: false },
  );
  return [...rows.values()].map((row) => (row.envelope ? row : roughly(row)));

  async function add(wanted: readonly FetchMessageObject[], asked: FetchQueryObject): Promise<void> {
    if (wanted.length === 0) return;
    const uids = wanted.map(({ uid }) => uid).join(',');
    for (const row of await client.fetchAll(uids, asked, { uid: true })) {
      if (row.uid && rows.has(row.uid)) rows.set(row.uid, { ...rows.get(row.uid), ...row });
    }
  }
}

/** An envelope made of the beginning of a header: enough to know the message by. */
function roughly(row: FetchMessageObject): FetchMessageObject {
  const text = (row.headers ?? Buffer.alloc(0)).toString('utf8').replace(/\r?\n[ \t]+/g, ' ');
  const addresses = (name: string): MessageAddressObject[] =>
    parseAddressList(fieldOf(text, name)).map(({ name: shown, address }) => ({ name: shown ?? '', address }));
  const date = new Date(fieldOf(text, 'date'));
  const envelope = {
    subject: fieldOf(text, 'subject'),
    from: addresses('from'),
    to: addresses('to'),
    cc: addresses('cc'),
    messageId: fieldOf(text, 'message-id'),
    ...(Number.isNaN(date.getTime()) ? {} : { date }),
  };
  return { ...row, envelope };
}

function fieldOf(text: string, name: string): string {
  const value = new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(text)?.[1] ?? '';
  try {
    return libmime.decodeWords(value.slice(0, maxField)).trim();
  } catch {
    return value.slice(0, maxField).trim();
  }
}
