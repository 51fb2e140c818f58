import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { MailError } from '#lib/errors.ts';
import type { Locale } from '#lib/i18n/locales.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import type { ReceiptRequest } from '#lib/mail/receipt-request.ts';
import { accountKey } from '#server/auth/account.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import type { Header } from '#server/content/headers.ts';
import { valuesOf } from '#server/content/headers.ts';
import { env } from '#server/env.ts';
import { asciiDomain } from '#server/smtp/compose-message.ts';
import { composeReceipt } from '#server/smtp/compose-receipt.ts';
import { changeLeasedRow, deleteOutboxRow, findOutboxRow, reserveOutboxRow } from '#server/store/outbox-rows.ts';
import { identityOf } from './identity-of.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { sealedFields } from './outbox-job.ts';
import type { OutboxJob } from './outbox-job.ts';
import { wakeOutbox } from './run-outbox.ts';
import { maxEncodedSize } from './sending-limits.ts';
import { spool } from './spool.ts';

type ReadMessage = Pick<MessageDetail, 'ref' | 'to' | 'cc' | 'subject' | 'sentAt' | 'receivedAt' | 'messageId'>;

/** A process that dies while it writes a receipt down holds its place for no longer than this, in milliseconds. */
const prepareWithin = 60_000;

/**
 * Writes a receipt down and leaves it to the outbox, once for each message: false when that was done before. It has no draft, no copy in Sent,
 * and no sender whom an error could be told (RFC 8098 section 3). Throws a MailError; sending-limit with the seconds to wait.
 */
export async function queueReceipt(
  auth: AuthSession,
  message: ReadMessage,
  fields: readonly Header[],
  request: ReceiptRequest,
  language: Locale,
): Promise<boolean> {
  const account = accountKey(auth.account);
  return oneAtATime(`send ${account}`, async () => {
    const name = nameOf(account, message, request);
    const before = findOutboxRow(name);
    const isOpen = before?.state === 'failed' || before?.state === 'cancelled';
    if (before && before.state !== 'preparing' && !isOpen) return false;
    const id = isOpen ? randomUUID() : name;
    const identity = identityOf(auth.account, fields, message);
    const from = { name: identity.name || null, address: identity.address };
    const to = { name: request.name, address: request.address };
    const messageId = `<${id}@${asciiDomain(identity.address)}>`;
    const now = new Date();
    const receipt = composeReceipt({
      from,
      to,
      messageId,
      original: { ...message, recipient: valuesOf(fields, 'original-recipient')[0] ?? null },
      readAt: now,
      language,
    });
    const job: OutboxJob = {
      account: auth.account,
      password: auth.password,
      publicComputer: auth.publicComputer,
      fileKey: null,
      size: 0,
      messageId,
      date: null,
      from: identity.address,
      pending: [request.address],
      accepted: [],
      refusals: [],
      subject: receipt.subject,
      to: [to],
      bcc: [],
      version: message.ref,
      related: [],
      sentMailbox: null,
      wantsDeliveryNotice: false,
      has8Bit: false,
      receipt: { hasNullSender: true },
      filedIn: null,
    };
    const lease = randomUUID();
    const refused = reserveOutboxRow(
      {
        id,
        account_key: account,
        draft: id,
        state: 'preparing',
        phase: 'queued',
        send_at: now.getTime(),
        scheduled: 0,
        attempts: 0,
        reason: null,
        recipients: 1,
        lease,
        lease_until: now.getTime() + prepareWithin,
        created_at: now.getTime(),
        ...sealedFields(job, id),
      },
      env().sending,
    );
    if (refused && 'limited' in refused) throw new MailError('sending-limit', { retryAfter: refused.limited });
    if (refused) return false; // Another server process does.
    try {
      const written = await spool(receipt.octets, maxEncodedSize(), id);
      const whole = { ...job, size: written.size, fileKey: written.key.toString('base64') };
      if (!changeLeasedRow(id, lease, { state: 'waiting', ...sealedFields(whole, id) }, false)) return false;
      wakeOutbox();
      return true;
    } finally {
      deleteOutboxRow(id, lease); // Does nothing to one that was queued.
    }
  });
}

/** The same whoever asks, from whichever device: a message is its Message-ID, or its place where it has none. As a UUID (RFC 9562 section 5.8). */
function nameOf(account: string, { ref, messageId }: ReadMessage, { address }: ReceiptRequest): string {
  const message = messageId ?? [ref.mailbox, ref.uidValidity, ref.uid];
  const hash = createHash('sha256').update(JSON.stringify(['receipt', account, message, address]));
  return hash.digest('hex').replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');
}
