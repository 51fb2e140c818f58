import 'server-only';
import { randomUUID } from 'node:crypto';
import { MailError } from '#lib/errors.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { UidRanges } from '#lib/mail/task.ts';
import { countUids, formatUidSet } from '#lib/mail/uid-set.ts';
import { listMailboxes } from '#server/imap/list-mailboxes.ts';
import { checkWritable, keepsFlag } from '#server/imap/check-writable.ts';
import { havingKeyword, searchUids } from '#server/imap/search-uids.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { withMailbox } from '#server/imap/with-mailbox.ts';
import { startTask } from './tasks/tasks.ts';

/** Mailboxes in one task. */
const mailboxesPerTask = 50;

export interface Relabelled {
  /** Messages that had the label, in all mailboxes. */
  messages: number;
  /** Mailboxes that could not be looked into or take no such label: there it stays as it is. */
  left: string[];
}

/**
 * Gives every message of the account that has one keyword another instead, or none: as tasks, which go on when the tab closes, show their
 * progress, and can be cancelled and taken back. Answers when they have begun.
 */
export async function relabel(session: ImapSession, from: Keyword, to: Keyword | null): Promise<Relabelled> {
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
  for (let start = 0; start < found.length; start += mailboxesPerTask) {
    const chunk = found.slice(start, start + mailboxesPerTask);
    const remove = { type: 'set-keyword', keyword: from, value: false } as const;
    const add = to === null ? [] : [{ type: 'set-keyword', keyword: to, value: true } as const];
    startTask(session, { id: randomUUID(), acts: [...add, remove], messages: chunk, count: messages });
  }
  return { messages, left };
}

async function find(session: ImapSession, path: string, from: Keyword, to: Keyword | null) {
  return withMailbox(session.transfers, path, async ({ client, mailbox }) => {
    const uids = await searchUids(client, havingKeyword(from, true));
    if (uids.length > 0) {
      checkWritable(mailbox);
      if (to !== null && !keepsFlag(mailbox, to)) throw new MailError('keyword-refused');
    }
    return { uids, uidValidity: Number(mailbox.uidValidity) };
  });
}
