import 'server-only';
import type { MessageEnvelopeObject } from 'imapflow';
import type { Envelope } from '#lib/mail/envelope.ts';
import { toAddresses } from './to-address.ts';
import { toIsoDate } from './to-iso-date.ts';

/** imapflow's ENVELOPE (RFC 9051 section 7.5.2) as ours; an empty one where the server gave none. */
export function toEnvelope(envelope: MessageEnvelopeObject | undefined): Envelope {
  return {
    subject: envelope?.subject ?? '',
    from: toAddresses(envelope?.from),
    sender: toAddresses(envelope?.sender),
    replyTo: toAddresses(envelope?.replyTo),
    to: toAddresses(envelope?.to),
    cc: toAddresses(envelope?.cc),
    bcc: toAddresses(envelope?.bcc),
    sentAt: toIsoDate(envelope?.date),
    messageId: envelope?.messageId ?? null,
    inReplyTo: envelope?.inReplyTo ?? null,
  };
}
