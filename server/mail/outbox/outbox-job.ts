import 'server-only';
import { isMailErrorCode } from '#lib/errors.ts';
import type { Address } from '#lib/mail/address.ts';
import type { DraftContent } from '#lib/mail/draft.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { OutgoingMessage, Refusal } from '#lib/mail/outgoing.ts';
import type { Account } from '#server/auth/account.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { openJob, sealJob } from '#server/auth/job-seal.ts';
import { env } from '#server/env.ts';
import type { SentName } from '#server/imap/file-once.ts';
import { addressField, dateField } from '#server/smtp/compose-message.ts';
import type { OutboxRow } from '#server/store/outbox-rows.ts';

/** What a row of the outbox keeps sealed. */
export interface OutboxJob {
  account: Account;
  /** Null once it is over, and while only the person can send it again. */
  password: string | null;
  publicComputer: boolean;
  /** Opens the message written down under the job's id (spool.ts), base64; null once it is over. */
  fileKey: string | null;
  /** Octets of the message without its Date field. */
  size: number;
  /** Of the message; of one that is sent on, that of its Resent-Message-ID. */
  messageId: string;
  /** Its octets are another's message; ours are the Resent fields before it. */
  isResent?: boolean;
  /** ISO 8601; the same in every attempt. Null before the first. */
  date: string | null;
  from: string;
  /** Recipients it has not been taken for yet. */
  pending: string[];
  accepted: string[];
  refusals: Refusal[];
  subject: string;
  to: Address[];
  /** Stands in our own copy only. */
  bcc: Address[];
  version: MessageRef;
  related: DraftContent['related'];
  sentMailbox: MailboxPath | null;
  wantsDeliveryNotice: boolean;
  has8Bit: boolean;
  /**
   * It is a receipt (queue-receipt.ts): `version` is the message that it is about. While `hasNullSender`, its envelope
   * names nobody (RFC 8098 section 3).
   */
  receipt?: { hasNullSender: boolean };
  filedIn: MailboxPath | null;
}

/** What a job is when nothing of it is written down or sent yet. */
type Begun =
  'account' | 'password' | 'publicComputer' | 'fileKey' | 'size' | 'date' | 'accepted' | 'refusals' | 'filedIn';

/** A job of this session at its beginning. */
export function newJob(auth: AuthSession, message: Omit<OutboxJob, Begun>): OutboxJob {
  const { account, password, publicComputer } = auth;
  const nothingYet = { fileKey: null, size: 0, date: null, accepted: [], refusals: [], filedIn: null };
  return { account, password, publicComputer, ...nothingYet, ...message };
}

export function sealedFields(job: OutboxJob, id: string): Pick<OutboxRow, 'key_id' | 'nonce' | 'sealed'> {
  const { keyId, nonce, sealed } = sealJob(job, id, env().secrets[0] ?? '');
  return { key_id: keyId, nonce, sealed };
}

/** Null when the server's secret was taken out of use meanwhile. */
export function openRow(row: OutboxRow): OutboxJob | null {
  const sealed = { keyId: row.key_id, nonce: Buffer.from(row.nonce), sealed: Buffer.from(row.sealed) };
  // Nobody else can have made what opens: it is an OutboxJob.
  return openJob(sealed, row.id, env().secrets) as OutboxJob | null;
}

/** How the message is found in a mailbox. */
export function nameOf({ messageId, isResent }: Pick<OutboxJob, 'messageId' | 'isResent'>): SentName {
  return { field: isResent ? 'Resent-Message-ID' : 'Message-ID', id: messageId };
}

/** The fields that are made when it is sent: its date, and in our own copy whom nobody else sees. */
export function headOf(job: Pick<OutboxJob, 'isResent' | 'bcc'>, date: Date, isCopy: boolean): Buffer {
  const bcc = isCopy ? addressField('Bcc', job.bcc) : Buffer.alloc(0);
  const fields = [dateField(date), bcc].filter(({ length }) => length > 0);
  return Buffer.concat(job.isResent ? fields.flatMap((field) => [Buffer.from('Resent-'), field]) : fields);
}

/** The job without what could send it. */
export function withoutSecrets(job: OutboxJob, keepsMessage = false): OutboxJob {
  return { ...job, password: null, fileKey: keepsMessage ? job.fileKey : null };
}

/** As the browser sees it; null where it cannot be opened any more. */
export function toOutgoing(row: OutboxRow): OutgoingMessage | null {
  const job = openRow(row);
  if (!job || row.state === 'preparing') return null;
  const isPastSending = row.state === 'waiting' && row.phase !== 'queued';
  return {
    id: row.id,
    draft: row.draft,
    version: job.version,
    subject: job.subject,
    to: job.to,
    state: isPastSending ? 'sending' : row.state,
    sendAt: new Date(row.send_at).toISOString(),
    isScheduled: row.scheduled === 1,
    reason: isMailErrorCode(row.reason) ? row.reason : null,
    attempts: row.attempts,
    acceptedFor: job.accepted,
    refusals: job.refusals,
    filedIn: job.filedIn,
    ...(job.receipt ? { isReceipt: true } : {}),
  };
}
