import 'server-only';
import type { ImapFlow } from 'imapflow';
import type { UidSet } from '#lib/mail/event.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import { formatUidSet, uniteUids } from '#lib/mail/uid-set.ts';
import { pieces } from './pieces.ts';
import { havingKeyword, searchUids, undeleted, withUids } from './search-uids.ts';
import { has } from './transfer.ts';

/** Which of these messages the selected mailbox still has, or of them those that have a keyword, or lack it. */
export async function findAmong(
  client: ImapFlow,
  uids: UidSet,
  having: { keyword: Keyword; value: boolean } | null,
): Promise<UidSet> {
  const keys = having === null ? [] : havingKeyword(client, having.keyword, having.value);
  // What was moved or deleted before may still stand there, marked (expunge-uids.ts).
  if (!has(client, 'UIDPLUS')) keys.push(...undeleted);
  let found: UidSet = [];
  for (const piece of pieces(uids))
    found = uniteUids(found, await searchUids(client, [...withUids(formatUidSet(piece)), ...keys]));
  return found;
}
