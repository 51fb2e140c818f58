import 'server-only';
import type { ImapFlow } from 'imapflow';
import type { UidSet } from '#lib/mail/event.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import { parseUidSet } from '#lib/mail/uid-set.ts';
import { havingLabel, isGmailLabel } from './gmail-labels.ts';
import { toFlag } from './keywords.ts';
import { atom, execCommand, sequence, textOf } from './protocol.ts';
import type { Token } from './protocol.ts';

/** Search keys of the selected mailbox, as they travel. */
export const withUids = (set: string): Token[] => [atom('UID'), sequence(set)];
export const everything: Token[] = [atom('ALL')];
export const undeleted: Token[] = [atom('UNDELETED')];

/** Messages that have a keyword, or lack it (RFC 9051 section 6.4.4). */
export function havingKeyword(client: ImapFlow, keyword: Keyword, value: boolean): Token[] {
  if (isGmailLabel(client, keyword)) return [...(value ? [] : [atom('NOT')]), ...havingLabel(client, keyword)];
  const flag = toFlag(keyword);
  if (flag.startsWith('\\')) return [atom(`${value ? '' : 'UN'}${flag.slice(1).toUpperCase()}`)];
  return [atom(value ? 'KEYWORD' : 'UNKEYWORD'), atom(flag)];
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day as search keys have it, by UTC. */
export function toSearchDate(date: Date): Token {
  return atom(`${date.getUTCDate()}-${months[date.getUTCMonth()]}-${date.getUTCFullYear()}`);
}

/** Messages put into the mailbox before a day of the server's (SAVEDATE, RFC 8514 section 4.3). */
export function savedBefore(day: string): Token[] {
  return [atom('SAVEDBEFORE'), toSearchDate(new Date(day))];
}

/**
 * UIDs of the selected mailbox that match all keys, as ranges. With ESEARCH (RFC 4731) the server sends ranges too: 95
 * octets for 100,000 messages without gaps; without it, every UID. `charset` is search-program.ts's.
 */
export async function searchUids(client: ImapFlow, keys: Token[], charset: Token[] = []): Promise<UidSet> {
  const isExtended = client.capabilities.has('ESEARCH') || client.capabilities.has('IMAP4rev2');
  const found: string[] = [];
  const program = [...charset, ...keys];
  await execCommand(client, 'UID SEARCH', isExtended ? [atom('RETURN'), [atom('ALL')], ...program] : program, {
    ESEARCH({ attributes = [] }) {
      const at = attributes.findIndex((node) => textOf(node)?.toUpperCase() === 'ALL');
      if (at >= 0) found.push(textOf(attributes[at + 1]) ?? '');
    },
    SEARCH({ attributes = [] }) {
      for (const node of attributes) found.push(textOf(node) ?? '');
    },
  });
  return parseUidSet(found.join(','));
}
