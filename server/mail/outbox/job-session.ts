import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { MailError } from '#lib/errors.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { closeImapSession, imapSession, jobSessionPrefix } from '#server/imap/sessions.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { removeSecondCopy } from '#server/imap/file-once.ts';
import type { OutboxRow } from '#server/store/outbox-rows.ts';
import { nameOf } from './outbox-job.ts';
import type { OutboxJob } from './outbox-job.ts';
import { outboxTiming } from './outbox-timing.ts';
import { endSessionFeed } from '#server/mail/feed/session-feed.ts';

/** IMAP connections of a job: its person may have gone. Counted by the governor like every other of the account. */
export interface JobSession {
  session: ImapSession;
  end(): Promise<void>;
  /** After a last look whether the provider filed the message beside our copy. */
  endLater(copy: FiledCopy | null): Promise<void>;
}

/** The copy that we put into Sent ourselves. */
export interface FiledCopy {
  path: MailboxPath;
  uid: number;
}

export function jobSession(row: OutboxRow, job: OutboxJob): JobSession {
  if (job.password === null) throw new MailError('wrong-credentials');
  const id = `${jobSessionPrefix}${row.id}-${randomUUID().slice(0, 8)}`;
  const { account, password, publicComputer } = job;
  const session = imapSession({ id, account, password, publicComputer });
  const end = async () => {
    endSessionFeed(id);
    await closeImapSession(id);
  };
  return {
    session,
    end,
    async endLater(copy) {
      try {
        if (!copy) return;
        await delay(outboxTiming.filedTwiceMs, undefined, { ref: false });
        await removeSecondCopy(session, copy.path, nameOf(job), copy.uid);
      } catch {
        // Two copies are a blemish, and nothing else depends on it.
      } finally {
        await end();
      }
    },
  };
}
