import 'server-only';
import { MailError } from '#lib/errors.ts';
import { isDeliverable } from '#lib/mail/address.ts';
import { longestSchedule } from '#lib/mail/outgoing.ts';
import type { SendRequest } from '#lib/mail/outgoing.ts';
import type { Identity } from '#lib/mail/identity.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { env } from '#server/env.ts';
import { readExtensions } from '#server/smtp/read-extensions.ts';
import { toWireAddress } from '#server/smtp/submit.ts';
import { findIdentity } from './identities.ts';

export interface CheckedMessage {
  identity: Identity;
  /** The envelope's recipients, each once: exactly those that the fields show. */
  recipients: string[];
  /** Unix milliseconds. */
  sendAt: number;
}

const day = 24 * 3600_000;

/**
 * Refuses what must not or cannot be sent, before anything of it is (checks 24, 25, 28, 75). Throws a
 * MailError with its field.
 */
export async function checkMessage(
  auth: AuthSession,
  { content, when }: SendRequest,
  now: number,
): Promise<CheckedMessage> {
  const { sending } = env();
  const identity = findIdentity(auth.account, content.identity);
  for (const field of ['to', 'cc', 'bcc', 'replyTo'] as const) {
    const hasOther = content[field].some(({ address }) => !isDeliverable(address));
    if (hasOther) throw new MailError('address-invalid', { field });
  }
  if (!isDeliverable(identity.address)) throw new MailError('sender-refused', { field: 'identity' });
  const named = [...content.to, ...content.cc, ...content.bcc].map(({ address }) => address);
  const recipients = [...new Map(named.map((address) => [toWireAddress(address).toLowerCase(), address])).values()];
  if (recipients.length === 0) throw new MailError('recipients-missing', { field: 'to' });
  if (recipients.length > sending.recipients) throw new MailError('too-many-recipients', { field: 'to' });
  const isWhole = content.attachments.length === 1 && content.attachments[0]?.mediaType === 'message/rfc822';
  if (content.resends && !isWhole) throw new MailError('invalid-input', { field: 'attachments' });
  if (content.attachments.length > sending.attachments)
    throw new MailError('too-many-attachments', { field: 'attachments' });
  const size = content.attachments.reduce((sum, attachment) => sum + attachment.size, 0);
  if (size > sending.size) throw new MailError('message-too-large', { field: 'attachments' });
  if ([identity.address, ...recipients].some((address) => /[^\0-\x7f]/.test(toWireAddress(address)))) {
    // Where the server cannot be asked now, it says so when it is sent.
    const extensions = await readExtensions().catch(() => null);
    if (extensions && !extensions.utf8) throw new MailError('utf8-refused', { field: 'to' });
  }
  if (when.kind === 'undoable') return { identity, recipients, sendAt: now + when.seconds * 1000 };
  if (auth.publicComputer) throw new MailError('schedule-refused');
  const sendAt = Date.parse(when.at);
  if (sendAt > now + longestSchedule * day) throw new MailError('invalid-input', { field: 'when' });
  return { identity, recipients, sendAt: Math.max(now, sendAt) };
}
