import 'server-only';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { mutedKeyword } from '#lib/mail/muted.ts';
import { countUids, formatUidSet, sliceUids } from '#lib/mail/uid-set.ts';
import { checkUidValidity } from './check-uid-validity.ts';
import { fetchCarefully } from './fetch-carefully.ts';
import { messageIdsIn, referencesIn } from './message-ids.ts';
import { atom, quoted } from './protocol.ts';
import type { Token } from './protocol.ts';
import { havingKeyword, searchUids } from './search-uids.ts';
import type { ImapSession } from './sessions.ts';
import { toAddresses } from './to-address.ts';
import type { Source } from './transfer.ts';
import { withMailbox } from './with-mailbox.ts';

/** What a message says of what it answers, and of who else is to read it. */
export interface Answer {
  uid: number;
  /** Message-IDs, each once. */
  names: string[];
  /** Addresses in lower case; at most `mostPeople` of each field. */
  to: string[];
  cc: string[];
}

/** Ids of one message: what began the conversation, and the last before it. */
const mostNames = { first: 1, last: 5 } as const;
const mostPeople = 2;
/** Ids in one command. */
const perSearch = 20;
const mostHits = 500;
/** A mailbox is given so long, in milliseconds: new mail is told of meanwhile. */
const timeoutMs = 10_000;

/** Of the named messages those that are still there. Throws mailbox-changed. */
export async function readAnswers(
  session: ImapSession,
  { mailbox: path, uidValidity }: Source,
  uids: readonly number[],
): Promise<Answer[]> {
  const query = { uid: true, envelope: true, headers: ['References'] };
  const rows = await withMailbox(
    session.commands,
    path,
    ({ client, mailbox }) => {
      checkUidValidity(mailbox, uidValidity);
      return fetchCarefully(client, uids.join(','), query, 'uid');
    },
    { timeoutMs },
  );
  return rows
    .filter(({ uid, envelope }) => uids.includes(uid) && envelope !== undefined)
    .map(({ uid, envelope, headers }) => {
      const references = referencesIn(headers).filter(isSearchable);
      const names = [
        ...messageIdsIn(envelope?.inReplyTo ?? '').slice(0, 1),
        ...references.slice(0, mostNames.first),
        ...references.slice(-mostNames.last),
      ];
      return {
        uid,
        names: [...new Set(names.filter(isSearchable))],
        to: toAddresses(envelope?.to, mostPeople).map(({ address }) => address.toLowerCase()),
        cc: toAddresses(envelope?.cc, mostPeople).map(({ address }) => address.toLowerCase()),
      };
    });
}

/** Which of these Message-IDs a mailbox holds on messages that are muted. */
export async function findMuted(
  session: ImapSession,
  path: MailboxPath,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  return withMailbox(
    session.commands,
    path,
    async ({ client }) => {
      const found = new Set<string>();
      const isMuted = havingKeyword(client, mutedKeyword, true);
      if ((await searchUids(client, isMuted)).length === 0) return found;
      for (let from = 0; from < names.length; from += perSearch) {
        const keys = names.slice(from, from + perSearch).map((id) => [atom('HEADER'), atom('Message-ID'), quoted(id)]);
        const any = keys.reduceRight<Token[]>((rest, key) => (rest.length ? [atom('OR'), ...key, ...rest] : key), []);
        const hits = sliceUids(await searchUids(client, [...isMuted, ...any]), 1, mostHits);
        if (hits.length === 0) continue;
        // HEADER finds parts of words: what the messages are called decides.
        const rows = await fetchCarefully(client, formatUidSet(hits), { uid: true, envelope: true }, 'uid');
        for (const { envelope } of rows) {
          const [id] = messageIdsIn(envelope?.messageId ?? '');
          if (id !== undefined) found.add(id);
        }
      }
      return found;
    },
    { timeoutMs },
  );
}

/** Message-IDs of the messages that are muted in these mailboxes, at most so many of each, and in all; the newest last. */
export async function readMutedIds(
  session: ImapSession,
  places: readonly MailboxPath[],
  most: number,
): Promise<string[]> {
  const ids: { id: string; at: number }[] = [];
  for (const path of places) {
    const rows = await withMailbox(
      session.commands,
      path,
      async ({ client }) => {
        const found = await searchUids(client, havingKeyword(client, mutedKeyword, true));
        const newest = sliceUids(found, Math.max(1, countUids(found) - most + 1), countUids(found));
        if (newest.length === 0) return [];
        return fetchCarefully(client, formatUidSet(newest), { uid: true, envelope: true, internalDate: true }, 'uid');
      },
      { timeoutMs },
    );
    for (const { envelope, internalDate } of rows) {
      const [id] = messageIdsIn(envelope?.messageId ?? '');
      if (id !== undefined && isSearchable(id)) ids.push({ id, at: new Date(internalDate ?? 0).getTime() });
    }
  }
  const inOrder = ids.sort((one, other) => one.at - other.at).map(({ id }) => id);
  return [...new Set(inOrder)].slice(-most);
}

/** Others come from no program, and are nothing to ask a server for. */
function isSearchable(id: string): boolean {
  return /^<[\x21-\x7e]+>$/.test(id);
}
