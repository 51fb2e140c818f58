import { joinGroups, parseGroups, rootOf, toGroups } from '#lib/mail/thread-groups.ts';
import type { MailboxThreads, ThreadGroups } from '#lib/mail/thread-groups.ts';

/** What the server said of a mailbox's threads; kept in the query cache. Which messages there are is the list's to know. */
export interface ThreadState {
  uidValidity: number;
  /** What has this UID or a greater one was not looked at yet. */
  uidNext: number;
  /** What is below stands alone. */
  firstUid: number;
  groups: ThreadGroups;
  /** Nothing more would be told: only the newest messages were asked for otherwise. */
  isAll: boolean;
}

/** All that was read, in place of what was known. */
export function toThreadState({ groups, uidValidity, uidNext, firstUid }: MailboxThreads, isAll: boolean): ThreadState {
  return { uidValidity, uidNext, firstUid, groups: parseGroups(groups), isAll: isAll || firstUid <= 1 };
}

/** Messages that the server told to be of one conversation; the same object where that was known. */
export function joinTold(state: ThreadState, uids: readonly number[]): ThreadState {
  const { groups } = state;
  const roots = new Set(uids.map((uid) => rootOf(groups, uid)));
  return roots.size < 2 ? state : { ...state, groups: joinGroups(groups, toGroups([uids])) };
}

/** What arrived joins what it belongs to; null where it is another mailbox's or leaves a gap, and all is to be read anew. */
export function joinArrived(state: ThreadState, read: MailboxThreads, fromUid: number): ThreadState | null {
  if (read.uidValidity !== state.uidValidity || fromUid > state.uidNext) return null;
  return {
    ...state,
    uidNext: Math.max(state.uidNext, read.uidNext),
    groups: joinGroups(state.groups, parseGroups(read.groups)),
  };
}
