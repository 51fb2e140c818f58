import type { Keyword } from './keyword.ts';
import { keywordText } from './label.ts';
import type { MailboxPath } from './mailbox.ts';

/**
 * A snoozed message lies in the mailbox "Snoozed" and carries in keywords when it is to come back, and where to, so that any program of
 * the account sees both and any Pipit wakes it. The field has the mailbox (attribute `Snoozed`) and `$new` for what came back, in
 * draft-ietf-mailmaint-messageflag-mailboxattribute; for the time it has an extension of IMAP that no server we know speaks
 * (draft-ietf-extra-email-snooze), so ours is in keywords, in UTC, a keyword for each part: `$SnoozedUntil-Y2026`, `-M11`, `-D25`, `-H08`,
 * `-Min30`. Parts repeat, and a mailbox never comes to know more than some eighty of them; a keyword for each moment would use up what a
 * mailbox can hold (Cyrus: 128, Maildir: 26 of them on disk).
 */
const untilPrefix = '$SnoozedUntil-';
/** Where it came from; none: from the inbox. */
const fromPrefix = '$SnoozedFrom-';
/** It came back and was not read since. */
export const awakened: Keyword = '$new';

/** Times are rounded up to this, in milliseconds. */
const snoozeStep = 15 * 60_000;

/** Days that a message can be snoozed for. */
export const longestSnooze = 366;

const parts = /^\$snoozeduntil-(y|m|d|h|min)(\d{2,4})$/i;

/** What is set on a message of the mailbox `from` that is to come back at `at` (ISO 8601), rounded up. */
export function snoozeKeywords(at: string, from: MailboxPath): Keyword[] {
  const time = new Date(Math.ceil(Date.parse(at) / snoozeStep) * snoozeStep).toISOString();
  const [year, month, day, hour, minute] = time.split(/[-T:]/);
  const until = [`Y${year}`, `M${month}`, `D${day}`, `H${hour}`, `Min${minute}`].map((part) => untilPrefix + part);
  return from === 'INBOX' ? until : [...until, originKeyword(from)];
}

/** The keywords of an act that snoozes, for messages of the mailbox `from`: the act may have been worded for another. */
export function snoozeFrom(
  keywords: readonly { keyword: Keyword; value: boolean }[],
  from: MailboxPath,
): { keyword: Keyword; value: boolean }[] {
  const own = originKeyword(from);
  const others = keywords.filter(
    ({ keyword, value }) => !hasPrefix(keyword, fromPrefix) || (!value && keyword.toLowerCase() !== own.toLowerCase()),
  );
  return from === 'INBOX' ? others : [...others, { keyword: own, value: true }];
}

/** When a message is to come back, ISO 8601; null where it does not say. Where leftovers of another time stand beside it, the earliest. */
export function snoozedUntil(keywords: readonly Keyword[]): string | null {
  const least = new Map<string, string>();
  for (const keyword of keywords) {
    const [, part = '', value = ''] = parts.exec(keyword) ?? [];
    const known = least.get(part.toLowerCase());
    if (part !== '' && (known === undefined || value < known)) least.set(part.toLowerCase(), value);
  }
  const [year, month, day, hour, minute] = ['y', 'm', 'd', 'h', 'min'].map((part) => least.get(part));
  const time =
    year && month && day && hour && minute ? Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`) : NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** Where a message came from: the mailbox of `paths` that its keyword names, else the inbox. */
export function snoozedFrom(keywords: readonly Keyword[], paths: readonly MailboxPath[]): MailboxPath {
  const named = keywords.find((keyword) => hasPrefix(keyword, fromPrefix))?.toLowerCase();
  return (named && paths.find((path) => originKeyword(path).toLowerCase() === named)) || 'INBOX';
}

/** Whether a keyword says when, or where to. */
export function isSnoozeKeyword(keyword: Keyword): boolean {
  return saysWhen(keyword) || hasPrefix(keyword, fromPrefix);
}

export function saysWhen(keyword: Keyword): boolean {
  return hasPrefix(keyword, untilPrefix);
}

function hasPrefix(keyword: Keyword, prefix: string): boolean {
  return keyword.toLowerCase().startsWith(prefix.toLowerCase());
}

/** Readable as far as servers take it: Dovecot has fifty octets. Else told apart by a sum of its letters. */
function originKeyword(path: MailboxPath): Keyword {
  const written = keywordText(path);
  return fromPrefix + (written.length <= 50 - fromPrefix.length ? written : `#${checksum(path)}`);
}

/** FNV-1a of the UTF-16 units, twice from different beginnings. */
function checksum(text: string): string {
  return [0x811c9dc5, 0x01000193].map((start) => fnv(text, start).toString(36)).join('-');
}

function fnv(text: string, start: number): number {
  let sum = start;
  for (let index = 0; index < text.length; index += 1) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return sum;
}
