import type { MailChange } from '../mail/change.ts';
import type { Mailbox } from '../mail/mailbox.ts';
import type { Keyword } from '../mail/keyword.ts';
import type { ListState } from './message-window.ts';

/**
 * Changes under way, laid over confirmed truth when it is read. Nothing is written to a cache before the server has said so,
 * hence there is nothing to roll back: a change that fails is simply no longer pending.
 */
export type Pending = readonly MailChange[];

/** The same object when no pending change concerns it. */
export function overlayMessage<T extends { keywords: Keyword[] }>(
  message: T,
  ref: { mailbox: string; uid: number },
  pending: Pending,
): T {
  const keywords = overlayKeywords(message.keywords, ref, pending);
  return keywords === message.keywords ? message : { ...message, keywords };
}

/** Unread counts with pending $seen changes, as far as the confirmed state of those messages is known. */
export function overlayMailboxes(
  mailboxes: Mailbox[],
  pending: Pending,
  listOf: (mailbox: string) => ListState | undefined,
): Mailbox[] {
  const shift = new Map<string, number>();
  const final = new Map<string, { mailbox: string; uid: number; seen: boolean }>();
  for (const change of pending) {
    if (change.keyword !== '$seen') continue;
    for (const { mailbox, uid } of change.messages)
      final.set(`${uid}:${mailbox}`, { mailbox, uid, seen: change.value });
  }
  for (const { mailbox, uid, seen } of final.values()) {
    const row = listOf(mailbox)?.rows.get(uid);
    const isSeen = row?.keywords.includes('$seen');
    if (isSeen === undefined || isSeen === seen) continue;
    shift.set(mailbox, (shift.get(mailbox) ?? 0) + (seen ? -1 : 1));
  }
  if (shift.size === 0) return mailboxes;
  return mailboxes.map((mailbox) => {
    const by = shift.get(mailbox.path);
    if (!by || !mailbox.counts) return mailbox;
    return { ...mailbox, counts: { ...mailbox.counts, unseen: Math.max(0, mailbox.counts.unseen + by) } };
  });
}

function overlayKeywords(keywords: Keyword[], ref: { mailbox: string; uid: number }, pending: Pending): Keyword[] {
  let wanted = keywords;
  for (const change of pending) {
    if (!change.messages.some(({ mailbox, uid }) => mailbox === ref.mailbox && uid === ref.uid)) continue;
    const has = wanted.includes(change.keyword);
    if (change.value && !has) wanted = [...wanted, change.keyword];
    if (!change.value && has) wanted = wanted.filter((keyword) => keyword !== change.keyword);
  }
  return wanted;
}
