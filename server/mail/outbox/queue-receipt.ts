import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import type { Locale } from '#lib/i18n/locales.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import type { ReceiptRequest } from '#lib/mail/receipt-request.ts';
import { accountKey } from '#server/auth/account.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import type { Header } from '#server/content/headers.ts';
import { valuesOf } from '#server/content/headers.ts';
import { asciiDomain } from '#server/smtp/compose-message.ts';
import { composeReceipt } from '#server/smtp/compose-receipt.ts';
import { changeLeasedRow, deleteOutboxRow, findOutboxRow } from '#server/store/outbox-rows.ts';
import { identityOf } from '#server/mail/compose/identity-of.ts';
import { oneAtATime } from '#server/mail/one-at-a-time.ts';
import { newJob, sealedFields } from './outbox-job.ts';
import { reserveJob } from './reserve-job.ts';
import { wakeOutbox } from './run-outbox.ts';
import { maxEncodedSize } from './sending-limits.ts';
import { spool } from './spool.ts';

type ReadMessage = Pick<MessageDetail, 'ref' | 'to' | 'cc' | 'subject' | 'sentAt' | 'receivedAt' | 'messageId'>;

/** A process that dies while it writes a receipt down holds its place for no longer than this, in milliseconds. */
const prepareWithin = 60_000;

/**
 * Writes a receipt down and leaves it to the outbox, once for each message: false when that was done before. It has no
 * draft, no copy in Sent, and no sender whom an error could be told (RFC 8098 section 3). Throws a MailError;
 * sending-limit with the seconds to wait.
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
    const readAt = new Date();
    const receipt = composeReceipt({
      from,
      to,
      messageId,
      original: { ...message, recipient: valuesOf(fields, 'original-recipient')[0] ?? null },
      readAt,
      language,
    });
    const job = newJob(auth, {
      messageId,
      from: identity.address,
      pending: [request.address],
      subject: receipt.subject,
      to: [to],
      bcc: [],
      version: message.ref,
      related: [],
      sentMailbox: null,
      wantsDeliveryNotice: false,
      has8Bit: false,
      receipt: { hasNullSender: true },
    });
    const now = readAt.getTime();
    const place = reserveJob(job, {
      id,
      draft: id,
      sendAt: now,
      isScheduled: false,
      recipients: 1,
      now,
      prepareWithin,
    });
    if (!('lease' in place)) return false; // Another server process does.
    const { lease } = place;
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

/**
 * The same whoever asks, from whichever device: a message is its Message-ID, or its place where it has none. As a UUID
 * (RFC 9562 section 5.8).
 */
function nameOf(account: string, { ref, messageId }: ReadMessage, { address }: ReceiptRequest): string {
  const message = messageId ?? [ref.mailbox, ref.uidValidity, ref.uid];
  const hash = createHash('sha256').update(JSON.stringify(['receipt', account, message, address]));
  return hash.digest('hex').replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');
}
