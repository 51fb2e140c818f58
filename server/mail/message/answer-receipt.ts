import 'server-only';
import { isMailError, MailError } from '#lib/errors.ts';
import type { MailboxRole } from '#lib/mail/mailbox.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { answeredKeyword, isReceiptAnswered } from '#lib/mail/receipt-answered.ts';
import type { AnswerReceipt, ReceiptAnswer } from '#lib/mail/receipt-request.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { splitHeaders } from '#server/content/headers.ts';
import { listMailboxes } from '#server/imap/list-mailboxes.ts';
import { readImapMessage } from '#server/imap/read-message.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { queueReceipt } from '#server/mail/outbox/queue-receipt.ts';
import { receiptRequestOf } from './receipt-request-of.ts';

/** Where nothing lies that somebody else sent, or that should be answered. */
const silent: readonly (MailboxRole | null)[] = ['drafts', 'sent', 'junk'];

/**
 * Sends the receipt that a message asks for, or lets it be; either way the message says from then on that it was
 * answered (RFC 3503), so that no device asks again. The receipt is written down before the keyword is stored: what a
 * crash leaves out between the two is asked again, and then the outbox knows that it was sent. Throws a MailError;
 * invalid-input where nobody asks.
 */
export async function answerReceipt(
  auth: AuthSession,
  ref: MessageRef,
  { answer, language }: AnswerReceipt,
): Promise<ReceiptAnswer> {
  const session = imapSession(auth);
  const message = await readImapMessage(session, ref, () => [], 0);
  if (isReceiptAnswered(message.head.keywords)) return { outcome: 'before', isKept: true };
  const fields = splitHeaders(message.fields ?? Buffer.alloc(0));
  const request = receiptRequestOf(auth.account, message, fields);
  const role = (await listMailboxes(session)).find(({ path }) => path === ref.mailbox)?.role ?? null;
  if (!request || silent.includes(role)) throw new MailError('invalid-input');
  const isSent = answer === 'send' && (await queueReceipt(auth, message.head, fields, request, language));
  const outcome = answer === 'decline' ? 'declined' : isSent ? 'sent' : 'before';
  try {
    await executeChange(session, { type: 'set-keyword', messages: [ref], keyword: answeredKeyword, value: true });
    return { outcome, isKept: true };
  } catch (error) {
    if (!isMailError(error)) throw error;
    const isImpossible = error.code === 'keyword-refused' || error.code === 'permission-denied';
    if (answer === 'decline' && !isImpossible) throw error;
    return { outcome, isKept: false };
  }
}
