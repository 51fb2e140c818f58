import 'server-only';
import { hasUid } from '#lib/mail/uid-set.ts';
import type { UidSet } from '#lib/mail/event.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { compareModseq } from '#lib/mail/sync-token.ts';
import { singleton } from '#server/singleton.ts';

/** Messages whose keywords we changed, with the least and the greatest modseq (RFC 7162) that led to. */
interface OwnChange {
  mailbox: MailboxPath;
  uidValidity: number;
  uids: UidSet;
  low: string;
  high: string;
}

const kept = singleton('own-changes', () => new Map<string, OwnChange[]>());

/** Of each session so many are remembered, the latest; what is not counts as another device's. */
const maxKept = 500;

/**
 * What takes an act back spares messages that were changed since, and must not take the person's own later acts on them, taken back by
 * then, for another device's.
 */
export interface OwnChanges {
  /** The modseqs are what a command of ours told. */
  note(uids: UidSet, low: string, high: string): void;
  /** Whether what happened to the message last was ours. */
  isLast(uid: number, modseq: string): boolean;
}

/** Those of one session in one mailbox, known to this process. The account's other sessions are other devices. */
export function ownChanges(sessionId: string, mailbox: MailboxPath, uidValidity: number): OwnChanges {
  const mine = () => kept.get(sessionId) ?? [];
  return {
    note(uids, low, high) {
      if (uids.length > 0) kept.set(sessionId, [...mine(), { mailbox, uidValidity, uids, low, high }].slice(-maxKept));
    },
    isLast(uid, modseq) {
      return mine().some(
        (change) =>
          change.mailbox === mailbox &&
          change.uidValidity === uidValidity &&
          compareModseq(change.low, modseq) <= 0 &&
          compareModseq(modseq, change.high) <= 0 &&
          hasUid(change.uids, uid),
      );
    },
  };
}

/** The session has ended. */
export function forgetOwnChanges(sessionId: string): void {
  kept.delete(sessionId);
}
