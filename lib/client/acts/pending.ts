import type { ActState } from './act-state.ts';
import { departedKey } from './act-state.ts';
import type { PendingBulk } from '#lib/client/bulk/bulk-store.ts';
import type { UidSet } from '#lib/mail/event.ts';
import { hasUid, uniteUids } from '#lib/mail/uid-set.ts';
import type { MailChange } from '#lib/mail/change.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import { withoutDeparted, withoutMessages, withoutUids } from '#lib/client/message-list/without-messages.ts';
import type { ListState } from '#lib/client/message-list/list-state.ts';

/**
 * Changes under way, laid over confirmed truth when it is read. Nothing is written to a cache before the server has said so,
 * hence there is nothing to roll back: a change that fails is simply no longer pending.
 */
export interface Pending {
  changes: readonly MailChange[];
  /** What left a mailbox for good, as act-state.ts says. */
  departed: ActState['departed'];
  /** Acts on many messages, which follow all changes. */
  bulks: readonly PendingBulk[];
}

/** The same object when no pending change concerns it. */
export function overlayMessage<T extends { keywords: Keyword[] }>(
  message: T,
  ref: { mailbox: string; uid: number },
  pending: Pending,
): T {
  const keywords = overlayKeywords(message.keywords, ref, pending);
  return keywords === message.keywords ? message : { ...message, keywords };
}

/** A list without what is being moved out of it or destroyed; the same object when nothing is. */
export function overlayList(state: ListState, { changes, departed, bulks }: Pending): ListState {
  const gone = departed.get(departedKey(state));
  const there = gone ? withoutDeparted(state, gone) : state;
  const leaving = leavingUids(state, changes);
  const left = leaving.size === 0 ? there : withoutMessages(there, leaving);
  const many = leavingInBulk(state, bulks);
  return many.length === 0 ? left : withoutUids(left, many);
}

/** Counts with the pending changes, as far as the confirmed state of those messages is known. */
export function overlayMailboxes(
  mailboxes: Mailbox[],
  pending: Pending,
  listOf: (mailbox: string) => ListState | undefined,
): Mailbox[] {
  const shifts = countShifts(pending.changes, listOf);
  if (shifts.size === 0 && pending.bulks.length === 0) return mailboxes;
  return mailboxes.map((one) => {
    const mailbox = overlaySweeps(one, pending.bulks);
    const shift = shifts.get(mailbox.path);
    if (!shift || !mailbox.counts) return mailbox;
    const messages = Math.max(0, mailbox.counts.messages + shift.messages);
    const unseen = Math.max(0, mailbox.counts.unseen + shift.unseen);
    return { ...mailbox, counts: { ...mailbox.counts, messages, unseen } };
  });
}

/** An act on a whole mailbox is counted as done; the same object when there is none. */
function overlaySweeps(mailbox: Mailbox, bulks: readonly PendingBulk[]): Mailbox {
  const { path, counts } = mailbox;
  if (!counts) return mailbox;
  return bulks.reduce((drawn, { acts, messages }) => {
    const isWhole = messages.some(
      ({ mailbox: own, uidValidity, uids: [first, ...rest] }) =>
        own === path &&
        uidValidity === counts.uidValidity &&
        rest.length === 0 &&
        first?.[0] === 1 &&
        first[1] >= counts.uidNext - 1,
    );
    if (!isWhole) return drawn;
    if (acts.some((act) => act.type === 'destroy')) return { ...drawn, counts: { ...counts, messages: 0, unseen: 0 } };
    const isRead = acts.some((act) => act.type === 'set-keyword' && act.keyword === '$seen' && act.value);
    return isRead ? { ...drawn, counts: { ...counts, unseen: 0 } } : drawn;
  }, mailbox);
}

type MoveChange = Extract<MailChange, { type: 'move' }>;

interface Shift {
  messages: number;
  unseen: number;
}

/** Follows each message whose row is known through all pending changes, from where it is to where it is to be. */
function countShifts(
  changes: readonly MailChange[],
  listOf: (mailbox: string) => ListState | undefined,
): Map<string, Shift> {
  const shifts = new Map<string, Shift>();
  const shift = (mailbox: string, messages: number, unseen: number) => {
    const sum = shifts.get(mailbox) ?? { messages: 0, unseen: 0 };
    shifts.set(mailbox, { messages: sum.messages + messages, unseen: sum.unseen + unseen });
  };
  const unseen = new Map<string, boolean>();
  for (const change of changes) {
    for (const { mailbox, uid } of change.messages) {
      const name = `${uid}:${mailbox}`;
      const row = listOf(mailbox)?.rows.get(uid);
      if (!row) continue; // Gone already, or never loaded.
      const wasUnseen = unseen.get(name) ?? !row.keywords.includes('$seen');
      const unseenBy = wasUnseen ? 1 : 0;
      if (change.type === 'set-keyword' && change.keyword === '$seen') {
        shift(mailbox, 0, (change.value ? 0 : 1) - unseenBy);
        unseen.set(name, !change.value);
      }
      if (change.type === 'move' || change.type === 'destroy') shift(mailbox, -1, -unseenBy);
      // By its date a message may go to any mailbox below.
      const isKnown = change.type === 'copy' || (change.type === 'move' && !change.by);
      if (isKnown) shift(change.to, 1, unseenBy);
    }
  }
  return shifts;
}

/** Whether a move may leave messages of a mailbox where they are: it is the target, or one that messages are filed in by their dates. */
export function mayStay({ to, by }: Pick<MoveChange, 'to' | 'by'>, mailbox: string): boolean {
  return mailbox === to || (by !== undefined && mailbox.startsWith(to));
}

function leavingUids({ mailbox, uidValidity }: ListState, changes: readonly MailChange[]): Set<number> {
  const leaving = new Set<number>();
  for (const change of changes) {
    if (change.type !== 'move' && change.type !== 'destroy') continue;
    if (change.type === 'move' && mayStay(change, mailbox)) continue;
    for (const ref of change.messages)
      if (ref.mailbox === mailbox && ref.uidValidity === uidValidity) leaving.add(ref.uid);
  }
  return leaving;
}

function leavingInBulk({ mailbox, uidValidity }: ListState, bulks: readonly PendingBulk[]): UidSet {
  let leaving: UidSet = [];
  for (const { acts, messages } of bulks) {
    if (!acts.some((act) => act.type === 'destroy' || (act.type === 'move' && !mayStay(act, mailbox)))) continue;
    for (const range of messages) {
      if (range.mailbox === mailbox && range.uidValidity === uidValidity) leaving = uniteUids(leaving, range.uids);
    }
  }
  return leaving;
}

function overlayKeywords(keywords: Keyword[], ref: { mailbox: string; uid: number }, pending: Pending): Keyword[] {
  let wanted = keywords;
  for (const change of pending.changes) {
    if (change.type !== 'set-keyword') continue;
    if (!change.messages.some(({ mailbox, uid }) => mailbox === ref.mailbox && uid === ref.uid)) continue;
    wanted = withKeyword(wanted, change);
  }
  for (const { acts, messages } of pending.bulks) {
    if (!messages.some(({ mailbox, uids }) => mailbox === ref.mailbox && hasUid(uids, ref.uid))) continue;
    for (const act of acts) if (act.type === 'set-keyword') wanted = withKeyword(wanted, act);
  }
  return wanted;
}

/** The same array when it is so already. */
function withKeyword(keywords: Keyword[], { keyword, value }: { keyword: Keyword; value: boolean }): Keyword[] {
  if (keywords.includes(keyword) === value) return keywords;
  return value ? [...keywords, keyword] : keywords.filter((one) => one !== keyword);
}
