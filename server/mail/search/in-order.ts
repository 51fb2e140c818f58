import 'server-only';
import libmime from 'libmime';
import { visibleText } from '#lib/format/visible-text.ts';
import { baseSubject } from '#lib/mail/base-subject.ts';
import type { SearchSort } from '#lib/mail/search-query.ts';
import { senderAddress, senderName } from '#server/content/sender-of.ts';
import type { SortFields } from '#server/imap/read-sort-fields.ts';

/** By what a message is compared. */
export interface SortKey {
  uid: number;
  /** As servers compare it; empty in an order of numbers. */
  text: string;
  /** Octets, or when it was sent. */
  number: number;
  received: number;
}

/** Cheap: it is asked of twenty thousand while they come. */
export function sortKeyOf({ uid, received, size, header }: SortFields, sort: SearchSort): SortKey {
  if (sort === 'size') return { uid, text: '', number: size, received };
  const number = Date.parse(field(header, date)) || received;
  if (sort === 'date') return { uid, text: '', number, received };
  return { uid, text: casemap(sort === 'subject' ? subjectOf(header) : senderOf(header)), number, received };
}

/**
 * In the order in which a server would put messages of one mailbox (RFC 5256 section 3, RFC 5957): the latest and the largest first;
 * senders by the name that is shown and subjects without "Re:" from A on, of the same the latest first.
 */
export function compareInOrder(a: SortKey, b: SortKey): number {
  if (a.text !== b.text) return a.text < b.text ? -1 : 1;
  return b.number - a.number || b.received - a.received || b.uid - a.uid;
}

const date = /^date:((?:[^\r\n]|\r?\n[ \t])*)/im;
const subject = /^subject:((?:[^\r\n]|\r?\n[ \t])*)/im;
const from = /^from:((?:[^\r\n]|\r?\n[ \t])*)/im;

/** Unfolded (RFC 5322 section 2.2.3); empty where there is none. */
function field(header: string, pattern: RegExp): string {
  const value = pattern.exec(header)?.[1] ?? '';
  return (value.includes('\n') ? value.replace(/\r?\n[ \t]+/g, ' ') : value).trim();
}

function subjectOf(header: string): string {
  const value = field(header, subject);
  return baseSubject(value.includes('=?') ? visibleText(decoded(value)) : value).base;
}

function decoded(value: string): string {
  try {
    return libmime.decodeWords(value);
  } catch {
    return value;
  }
}

function senderOf(header: string): string {
  const value = field(header, from);
  return senderName(value) ?? senderAddress(value);
}

/** As servers compare (i;unicode-casemap, RFC 5051). */
function casemap(text: string): string {
  return text.toUpperCase().normalize('NFKD');
}
