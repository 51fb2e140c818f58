import 'server-only';
import type { MailboxObject } from 'imapflow';
import { MailError } from '#lib/errors.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import { mutedKeyword } from '#lib/mail/muted.ts';
import { saysWhen } from '#lib/mail/snooze.ts';
import { toFlag } from './keywords.ts';

/** Some servers answer a STORE in a mailbox selected [READ-ONLY] with OK and do nothing. Throws permission-denied. */
export function checkWritable(mailbox: MailboxObject): void {
  if (mailbox.readOnly) throw new MailError('permission-denied');
}

/** Whether a flag stays when it is set: PERMANENTFLAGS names it, or allows any keyword by \* (RFC 9051 section 7.1). */
export function keepsFlag({ permanentFlags }: MailboxObject, flag: string): boolean {
  if (!permanentFlags) return true; // Not told: then all are (RFC 9051 section 6.3.2).
  const kept = new Set([...permanentFlags].map((one) => one.toLowerCase()));
  return kept.has(flag.toLowerCase()) || (!flag.startsWith('\\') && kept.has('\\*'));
}

/**
 * What of the keywords that go along with a move a mailbox takes. Throws keyword-refused where that leaves out until when a message is
 * snoozed, for nobody would wake it, or that it is muted, for it would only be archived.
 */
export function keptOf<T extends { keyword: Keyword; value: boolean }>(
  mailbox: MailboxObject,
  keywords: readonly T[],
): T[] {
  const kept = keywords.filter(({ keyword }) => keepsFlag(mailbox, toFlag(keyword)));
  const isNeeded = ({ keyword, value }: T) => value && (saysWhen(keyword) || keyword === mutedKeyword);
  if (keywords.some((one) => isNeeded(one) && !kept.includes(one))) throw new MailError('keyword-refused');
  return kept;
}
