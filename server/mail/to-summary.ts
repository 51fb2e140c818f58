import 'server-only';
import type { MessageSummary } from '#lib/mail/message.ts';
import { hasAttachment } from '#server/content/choose-parts.ts';
import type { MessageRow } from '#server/imap/read-rows.ts';

/** A row for the list: IMAP's facts and the judgement whether there is something attached. */
export function toSummary(row: MessageRow): MessageSummary {
  return { ...row.summary, hasAttachment: row.structure ? hasAttachment(row.structure) : false };
}
