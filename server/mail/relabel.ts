import 'server-only';
import { MailError } from '#lib/errors.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { UidSet } from '#lib/mail/event.ts';
import type { Relabelled, Relabelling } from '#lib/mail/relabelling.ts';
import type { UidRanges } from '#lib/mail/task.ts';
import { labelNameOf } from '#lib/mail/label.ts';
import { countUids, formatUidSet } from '#lib/mail/uid-set.ts';
import { listMailboxes } from '#server/imap/list-mailboxes.ts';
import { checkWritable, keepsFlag } from '#server/imap/check-writable.ts';
import { deleteMailboxes } from '#server/imap/change-mailbox.ts';
import { isGmailLabel } from '#server/imap/gmail-labels.ts';
import { readCounts } from '#server/imap/read-counts.ts';
import { havingKeyword, searchUids } from '#server/imap/search-uids.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { withConnection, withMailbox } from '#server/imap/with-mailbox.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { findTask, keepDone, startTask } from './tasks/tasks.ts';

/**
 * Gives every message of the account that has one keyword another instead, or none: as a task, which goes on when the tab closes, shows its
 * progress, and can be cancelled and taken back. Answers when it has begun. A wish that is sent again, because its answer was lost, is
 * carried out once.
 */
export async function relabel(session: ImapSession, wish: Relabelling): Promise<Relabelled> {
  return oneAtATime(
    `relabel ${wish.id}`,
    async () => (await relabelGmail(session, wish)) ?? relabelKeyword(session, wish),
  );
}

async function relabelKeyword(session: ImapSession, { id, from, to }: Relabelling): Promise<Relabelled> {
  const known = findTask(session, id);
  if (known) return { messages: known.total, left: [], task: known, isMailbox: false };
  const mailboxes = (await listMailboxes(session)).filter(({ selectable }) => selectable);
  const found: UidRanges[] = [];
  const left: string[] = [];
  let messages = 0;
  for (const { path } of mailboxes) {
    try {
      const { uids, uidValidity } = await find(session, path, from, to);
      if (uids.length > 0) found.push({ mailbox: path, uidValidity, uids: formatUidSet(uids) });
      messages += countUids(uids);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      left.push(path);
    }
  }
  if (found.length === 0 && left.length > 0) throw new MailError('permission-denied');
  if (found.length === 0) return { messages, left, task: null, isMailbox: false };
  const remove = { type: 'set-keyword', keyword: from, value: false } as const;
  const add = to === null ? [] : [{ type: 'set-keyword', keyword: to, value: true } as const];
  const task = startTask(session, { id, acts: [...add, remove], messages: found, count: messages });
  return { messages, left, task, isMailbox: false };
}

/**
 * Gmail's label is a mailbox, and is renamed or deleted as one: its messages stay where they are. Which had it is kept before it goes, as
 * the way back of a task that is over. Null where labels are keywords.
 */
async function relabelGmail(session: ImapSession, { id, from, to }: Relabelling): Promise<Relabelled | null> {
  const path = labelNameOf(from);
  const isGmail = await withConnection(session.commands, async (client) => isGmailLabel(client, from));
  if (!isGmail) return null;
  const isRepeat = findTask(session, id) !== null;
  if (!isRepeat) await keepWayBack(session, id, from, to);
  // It may have been kept, and the process ended before the mailbox was changed.
  const isDone = isRepeat && !(await listMailboxes(session)).some((mailbox) => mailbox.path === path);
  const task = findTask(session, id);
  const messages = await withConnection(session.commands, async (client) => {
    if (to === null) {
      if (!isDone) await deleteMailboxes(client, [path]);
      return task?.total ?? 0;
    }
    if (!isDone) await client.mailboxRename(path, labelNameOf(to));
    return (await readCounts(client, labelNameOf(to))).messages;
  });
  sessionFeed(session).mailboxesMoved([path]);
  return { messages, left: [], task: task?.canUndo ? task : null, isMailbox: true };
}

/**
 * A renaming is turned around by another, and what nobody has by making its mailbox again: then there is none, and only
 * the wish is known.
 */
async function keepWayBack(session: ImapSession, id: string, from: Keyword, to: Keyword | null): Promise<void> {
  const found = to === null ? await labelled(session, from) : [];
  const step = (value: boolean) => (range: Found) => ({
    ...range,
    acts: [{ type: 'set-keyword', keyword: from, value } as const],
    unchangedSince: null,
  });
  keepDone(session, id, found.map(step(false)), found.map(step(true)));
}

/** Which messages have a label of Gmail's, each named once: all are in All Mail, but for spam and trash. */
async function labelled(session: ImapSession, keyword: Keyword): Promise<Found[]> {
  const mailboxes = (await listMailboxes(session)).filter(({ selectable }) => selectable);
  const holders = mailboxes.filter(({ role }) => role === 'all' || role === 'junk' || role === 'trash');
  // People may hide All Mail from mail programs: then each folder is asked.
  const asked = holders.some(({ role }) => role === 'all')
    ? holders
    : mailboxes.filter(({ path }) => path !== labelNameOf(keyword));
  const found: Found[] = [];
  for (const { path } of asked) {
    const { uids, uidValidity } = await find(session, path, keyword, null);
    if (uids.length > 0) found.push({ mailbox: path, uidValidity, uids });
  }
  return found;
}

interface Found {
  mailbox: string;
  uidValidity: number;
  uids: UidSet;
}

async function find(session: ImapSession, path: string, from: Keyword, to: Keyword | null) {
  return withMailbox(session.transfers, path, async ({ client, mailbox }) => {
    const uids = await searchUids(client, havingKeyword(client, from, true));
    if (uids.length > 0) {
      checkWritable(mailbox);
      if (to !== null && !keepsFlag(mailbox, to)) throw new MailError('keyword-refused');
    }
    return { uids, uidValidity: Number(mailbox.uidValidity) };
  });
}
