import 'server-only';
import { randomUUID } from 'node:crypto';
import { MailError } from '#lib/errors.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
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
import { startTask } from './tasks/tasks.ts';

export interface Relabelled {
  /** Messages that had the label, in all mailboxes. */
  messages: number;
  /** Mailboxes that could not be looked into or take no such label: there it stays as it is. */
  left: string[];
  /** What carries it out and takes it back; null where no message has it, and where labels are mailboxes. */
  task: string | null;
  /** The label is a mailbox (Gmail): renamed it is renamed back, removed it is gone. */
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

/** Gmail's label is a mailbox, and is renamed or deleted as one: its messages stay where they are. Null where labels are keywords. */
async function relabelGmail(session: ImapSession, from: Keyword, to: Keyword | null): Promise<Relabelled | null> {
  const path = labelNameOf(from);
  const done = await withConnection(session.commands, async (client) => {
    if (!isGmailLabel(client, from)) return null;
    const { messages } = await readCounts(client, path);
    if (to === null) await deleteMailboxes(client, [path]);
    else await client.mailboxRename(path, labelNameOf(to));
    return { messages, left: [], task: null, isMailbox: true };
  });
  if (done) sessionFeed(session).mailboxesMoved([path]);
  return done;
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
