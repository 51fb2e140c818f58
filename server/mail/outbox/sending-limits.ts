import 'server-only';
import type { SendingLimits } from '#lib/mail/outgoing.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { env } from '#server/env.ts';
import { readExtensions } from '#server/smtp/read-extensions.ts';

/** Octets for headers, text and the lines between; what base64 in lines of 76 makes of three octets (RFC 2045 section 6.8). */
const besides = 3 * 1024 * 1024;
const encoded = 78 / 57;

/** Octets of a whole message that the administrator allows. */
export function maxEncodedSize(): number {
  return Math.ceil(env().sending.size * encoded) + besides;
}

/** What the mail server and the administrator allow. Where the server cannot be asked the administrator's word stands alone. */
export async function readSendingLimits(auth: AuthSession): Promise<SendingLimits> {
  const server = await readExtensions().catch(() => null);
  return {
    maxMessageSize: Math.min(maxEncodedSize(), server?.maxSize ?? Infinity),
    maxRecipients: env().sending.recipients,
    maxAttachments: env().sending.attachments,
    canSendUtf8: server?.utf8 ?? false,
    canNotifyDelivery: server?.dsn ?? false,
    canSchedule: !auth.publicComputer,
  };
}
