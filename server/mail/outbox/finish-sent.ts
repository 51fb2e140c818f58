import 'server-only';
import { isMailError } from '#lib/errors.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { fileOnce, isInMailbox } from '#server/imap/file-once.ts';
import { forgetRoleMailbox, roleMailbox } from '#server/mail/role-mailbox.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { log } from '#server/log.ts';
import type { OutboxRow } from '#server/store/outbox-rows.ts';
import { accountAddress } from '#server/mail/compose/identities.ts';
import { removeSentDraft } from '#server/mail/compose/discard-draft.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { jobSession } from './job-session.ts';
import type { FiledCopy } from './job-session.ts';
import { headOf, nameOf } from './outbox-job.ts';
import type { OutboxJob } from './outbox-job.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';
import { openSpooled } from './spool.ts';

/** Whether a message of unknown fate turned up: filed by the provider itself, or delivered to its own sender. */
export async function isFiled(row: OutboxRow, job: OutboxJob): Promise<boolean> {
  const { session, end } = jobSession(row, job);
  try {
    if (await isInMailbox(session, await sentMailbox(session, job), nameOf(job))) return true;
    const own = [job.from, accountAddress(job.account)].map((address) => address.toLowerCase());
    const isToSelf = job.pending.some((address) => own.includes(address.toLowerCase()));
    return isToSelf && (await isInMailbox(session, 'INBOX', nameOf(job)));
  } finally {
    await end();
  }
}

/**
 * What follows on a message being sent, each step harmless when done again: one copy in Sent, \Answered and $Forwarded on what it
 * answers and forwards, and the end of its draft. `onFiled` records that the copy stands. Answers the copy made here. Throws a MailError.
 */
export async function finishSent(
  session: ImapSession,
  row: OutboxRow,
  job: OutboxJob,
  onFiled: (path: MailboxPath) => void,
): Promise<FiledCopy | null> {
  const isThere = row.phase === 'filed' || job.filedIn !== null; // Filed for those who got it in an attempt before.
  const path = job.filedIn ?? (await sentMailbox(session, job));
  const copy = isThere ? null : await file(session, row, job, path);
  if (!isThere) onFiled(path);
  for (const { how, message } of job.related) {
    const keyword = how === 'answers' ? '$answered' : '$forwarded';
    try {
      await executeChange(session, { type: 'set-keyword', messages: [message], keyword, value: true });
    } catch (error) {
      // It was moved or deleted, or its mailbox was: nothing to mark.
      if (isMailError(error) && error.retryable) throw error;
      log.debug('related-gone', { code: isMailError(error) ? error.code : 'unexpected' });
    }
  }
  await removeSentDraft(session, row.draft, job.version);
  return copy;
}

async function file(
  session: ImapSession,
  row: OutboxRow,
  job: OutboxJob,
  path: MailboxPath,
): Promise<FiledCopy | null> {
  if (job.fileKey === null) return null;
  const head = headOf(job, new Date(job.date ?? Date.now()), true);
  const { open } = openSpooled(row.id, Buffer.from(job.fileKey, 'base64'));
  const content = {
    size: head.length + job.size,
    open: async function* copy() {
      yield head;
      yield* open();
    },
  };
  try {
    const uid = await fileOnce(session, path, nameOf(job), content);
    await sessionFeed(session)
      .pull(path)
      .catch(() => {}); // The watch brings it otherwise.
    return uid === null ? null : { path, uid };
  } catch (error) {
    if (isMailError(error) && error.code === 'mailbox-missing') forgetRoleMailbox(session, 'sent');
    throw error;
  }
}

async function sentMailbox(session: ImapSession, job: OutboxJob): Promise<MailboxPath> {
  return job.sentMailbox ?? (await roleMailbox(session, 'sent'));
}
