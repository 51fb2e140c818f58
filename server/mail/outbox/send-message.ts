import 'server-only';
import { MailError } from '#lib/errors.ts';
import type { OutgoingMessage, SendAnswer, SendRequest } from '#lib/mail/outgoing.ts';
import { accountKey } from '#server/auth/account.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { asciiDomain, composeMessage } from '#server/smtp/compose-message.ts';
import { resentMessage } from '#server/smtp/resent-message.ts';
import { changeLeasedRow, deleteOutboxRow, findOutboxRow } from '#server/store/outbox-rows.ts';
import type { OutboxRow } from '#server/store/outbox-rows.ts';
import { checkMessage } from '#server/mail/compose/check-message.ts';
import type { CheckedMessage } from '#server/mail/compose/check-message.ts';
import { planFiles } from '#server/mail/compose/draft-files.ts';
import { planMessage } from '#server/mail/compose/draft-plan.ts';
import { newJob, sealedFields, toOutgoing } from './outbox-job.ts';
import type { OutboxJob } from './outbox-job.ts';
import { oneAtATime } from '#server/mail/one-at-a-time.ts';
import { reserveJob } from './reserve-job.ts';
import { wakeOutbox } from './run-outbox.ts';
import { saveDraft } from '#server/mail/compose/save-draft.ts';
import { maxEncodedSize } from './sending-limits.ts';
import { spool } from './spool.ts';

/** A process that dies while it prepares a message holds its draft for no longer than this, in milliseconds. */
const prepareWithin = 10 * 60_000;

/**
 * Queues a message: reserves its key, saves its draft, writes the message down, and leaves it to the outbox. The same key again is
 * the same message, whatever became of it. Throws a MailError; sending-limit with the seconds to wait, already-sending.
 */
export async function sendMessage(auth: AuthSession, request: SendRequest): Promise<SendAnswer> {
  const key = accountKey(auth.account);
  return oneAtATime(`send ${key}`, async () => {
    const known = findOutboxRow(request.key);
    if (known && known.state !== 'preparing') return knownAnswer(known, key);
    const now = Date.now();
    const checked = await checkMessage(auth, request, now);
    const messageId = `<${request.key}@${asciiDomain(checked.identity.address)}>`;
    const empty = toJob(auth, request, checked, messageId);
    const place = reserveJob(empty, {
      id: request.key,
      draft: request.id,
      sendAt: checked.sendAt,
      isScheduled: request.when.kind === 'scheduled',
      recipients: checked.recipients.length,
      now,
      prepareWithin,
    });
    if ('known' in place) return knownAnswer(place.known, key);
    if ('taken' in place) throw new MailError('already-sending');
    try {
      return await prepare(auth, request, checked, empty, place.lease);
    } finally {
      deleteOutboxRow(request.key, place.lease); // Does nothing to one that was queued.
    }
  });
}

async function prepare(
  auth: AuthSession,
  request: SendRequest,
  checked: CheckedMessage,
  empty: OutboxJob,
  lease: string,
): Promise<SendAnswer> {
  const { key, content } = request;
  const { answer: saved, stored } = await saveDraft(auth, request);
  if (!saved.saved) return { queued: false, conflict: saved.conflict };
  const files = await planFiles(auth, content.attachments, stored, false);
  const plan = planMessage(content, checked.identity, empty.messageId, files);
  const [attached] = files;
  const octets = content.resends && attached ? resentMessage({ ...plan, open: attached.open }) : composeMessage(plan);
  const written = await spool(octets, maxEncodedSize(), key);
  const job = { ...empty, version: saved.version, size: written.size, fileKey: written.key.toString('base64') };
  // The moments of undoing begin when the person is told, not while a large message was written down.
  const sendAt = request.when.kind === 'undoable' ? Date.now() + request.when.seconds * 1000 : checked.sendAt;
  const change = { state: 'waiting' as const, send_at: sendAt, ...sealedFields(job, key) };
  if (!changeLeasedRow(key, lease, change, false)) {
    await written.remove();
    throw new MailError('already-sending');
  }
  wakeOutbox();
  const row = findOutboxRow(key);
  if (!row) throw new TypeError('A queued message has a row');
  return knownAnswer(row, row.account_key);
}

function toJob(
  auth: AuthSession,
  { content, base }: SendRequest,
  { identity, recipients }: CheckedMessage,
  messageId: string,
): OutboxJob {
  return newJob(auth, {
    messageId,
    from: identity.address,
    pending: recipients,
    subject: content.subject,
    to: content.to,
    bcc: content.bcc,
    version: base ?? { mailbox: 'Drafts', uidValidity: 1, uid: 1 }, // Until it is saved.
    related: content.related,
    sentMailbox: identity.sentMailbox,
    wantsDeliveryNotice: content.wantsDeliveryNotice,
    // A draft saved before holds the message as a part of its own.
    has8Bit: content.attachments.some(({ mediaType }) => mediaType === 'message/rfc822'),
    ...(content.resends ? { isResent: true } : {}),
  });
}

function knownAnswer(row: OutboxRow, key: string): SendAnswer {
  // A key is a random uuid; one that belongs to somebody else was not made by our browser.
  const message: OutgoingMessage | null = row.account_key === key ? toOutgoing(row) : null;
  if (!message) throw new MailError('already-sending');
  return { queued: true, message };
}
