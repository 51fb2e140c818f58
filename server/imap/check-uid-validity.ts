import 'server-only';
import type { MailboxObject } from 'imapflow';
import { MailError } from '#lib/errors.ts';

/** A UID of another uidValidity names another message (RFC 9051 section 2.3.1.1): refuse before anything is read or written. */
export function checkUidValidity(mailbox: MailboxObject, uidValidity: number): void {
  if (mailbox.uidValidity !== BigInt(uidValidity)) throw new MailError('mailbox-changed');
}
