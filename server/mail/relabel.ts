import 'server-only';
import { randomUUID } from 'node:crypto';
import { MailError } from '#lib/errors.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { UidSet } from '#lib/mail/event.ts';
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
import { sessionFeed } from './session-feed.ts';
import { keepDone, startTask } from './tasks/tasks.ts';

export interface Relabelled {
  /** Messages that had the label, in all mailboxes. */
  messages: number;
  /** Mailboxes that could not be looked into or take no such label: there it stays as it is. */
  left: string[];
  /** What carries it out and takes it back; null where no message has it, and where a mailbox was renamed for it. */
  task: string | null;
  /** The label is a mailbox (Gmail): what is done to it is done to that, and turned around by the opposite. */
  isMailbox: boolean;
}

/**
 * Gives every message of the account that has one keyword another instead, or none: as a task, which goes on when the tab closes, shows its
 * progress, and can be cancelled and taken back. Answers when it has begun.
 */
export async function relabel(session: ImapSession, from: Keyword, to: Keyword | null): Promise<Relabelled> {
  const ofGmail = await relabelGmail(session, from, to);
  if (ofGmail) return ofGmail;
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
  const { id } = startTask(session, { id: randomUUID(), acts: [...add, remove], messages: found, count: messages });
  return { messages, left, task: id, isMailbox: false };
}

/**
 * Gmail's label is a mailbox, and is renamed or deleted as one: its messages stay where they are. Which had it is kept before it goes, as
 * the way back of a task that is over. Null where labels are keywords.
 */
async function relabelGmail(session: ImapSession, from: Keyword, to: Keyword | null): Promise<Relabelled | null> {
  const path = labelNameOf(from);
  const isGmail = await withConnection(session.commands, async (client) => isGmailLabel(client, from));
  if (!isGmail) return null;
  const found = to === null ? await labelled(session, from) : [];
  const acts = [{ type: 'set-keyword', keyword: from, value: false } as const];
  const back = [{ type: 'set-keyword', keyword: from, value: true } as const];
  const task =
    found.length === 0
      ? null
      : keepDone(
          session,
          found.map((range) => ({ ...range, acts, unchangedSince: null })),
          found.map((range) => ({ ...range, acts: back, unchangedSince: null })),
        );
  const messages = await withConnection(session.commands, async (client) => {
    const counts = await readCounts(client, path);
    if (to === null) await deleteMailboxes(client, [path]);
    else await client.mailboxRename(path, labelNameOf(to));
    return counts.messages;
  });
  sessionFeed(session).mailboxesMoved([path]);
  return { messages, left: [], task, isMailbox: true };
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
