import 'server-only';
import { MailError } from '#lib/errors.ts';
import { longestSchedule } from '#lib/mail/outgoing.ts';
import type { OutboxAction, OutgoingMessage } from '#lib/mail/outgoing.ts';
import { accountKey } from '#server/auth/account.ts';
import type { Account } from '#server/auth/account.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { changeIdleRow, findOutboxRow, findRowOfDraft, listOutboxRows } from '#server/store/outbox-rows.ts';
import type { OutboxRow } from '#server/store/outbox-rows.ts';
import { openRow, sealedFields, toOutgoing, withoutSecrets } from './outbox-job.ts';
import type { OutboxJob } from './outbox-job.ts';
import { wakeOutbox } from './run-outbox.ts';
import { openSpooled } from './spool.ts';

const day = 24 * 3600_000;

/** What of an account waits, is sent, failed, or may have been sent; soonest first. */
export function listOutbox(account: Account): OutgoingMessage[] {
  return listOutboxRows(accountKey(account)).flatMap((row) => toOutgoing(row) ?? []);
}

/** The job that is sending a draft, or null. */
export function outgoingOfDraft(account: Account, draft: string): OutgoingMessage | null {
  const row = findRowOfDraft(accountKey(account), draft);
  return row && toOutgoing(row);
}

/** Does one thing to one message of the outbox. Throws message-missing, too-late when it is on its way, schedule-refused. */
export async function actOnOutbox(auth: AuthSession, id: string, act: OutboxAction): Promise<OutgoingMessage> {
  const key = accountKey(auth.account);
  const row = findOutboxRow(id);
  const job = row && row.account_key === key ? openRow(row) : null;
  if (!row || !job) throw new MailError('message-missing');
  if (!change(auth, row, job, act)) throw new MailError('too-late');
  const isOver = act.action === 'cancel' || act.action === 'dismiss';
  if (isOver) await openSpooled(id, Buffer.alloc(32)).remove();
  wakeOutbox();
  const after = findOutboxRow(id);
  const message = after && toOutgoing(after);
  if (!message) throw new MailError('message-missing');
  return message;
}

function change({ password, publicComputer }: AuthSession, row: OutboxRow, job: OutboxJob, act: OutboxAction): boolean {
  const { id, account_key: key } = row;
  switch (act.action) {
    case 'cancel':
      if (row.state === 'cancelled') return true; // Asked twice.
      return changeIdleRow(key, id, ['waiting'], { state: 'cancelled', ...sealedFields(withoutSecrets(job), id) });
    case 'dismiss':
      if (row.state === 'cancelled') return true;
      return changeIdleRow(key, id, ['failed', 'unsure'], {
        state: 'cancelled',
        ...sealedFields(withoutSecrets(job), id),
      });
    case 'send-now': {
      if (job.fileKey === null) return false; // It was refused: the draft is written anew.
      const isPartlySent = row.state === 'unsure' || job.accepted.length > 0;
      // The password may be another by now; the person is here and proved theirs.
      const renewed = { ...job, password, date: isPartlySent ? job.date : null };
      const now = {
        state: 'waiting' as const,
        phase: 'queued' as const,
        send_at: Date.now(),
        reason: null,
        ...sealedFields(renewed, id),
      };
      return changeIdleRow(key, id, ['waiting', 'failed', 'unsure'], now);
    }
    case 'reschedule': {
      if (publicComputer) throw new MailError('schedule-refused');
      const at = Date.parse(act.at);
      if (at > Date.now() + longestSchedule * day) throw new MailError('invalid-input', { field: 'at' });
      const later = { ...job, password, date: null };
      return changeIdleRow(key, id, ['waiting'], {
        send_at: Math.max(Date.now(), at),
        reason: null,
        ...sealedFields(later, id),
      });
    }
  }
}
