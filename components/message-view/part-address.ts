import { query } from '#lib/client/fetch-json.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';

/** The address of something below a message: "source", "headers", "attachments.zip", "parts/2", "cid/…". */
export function partAddress(
  { ref, section }: Pick<MessageDetail, 'ref' | 'section'>,
  what: string,
  more: Record<string, string> = {},
): string {
  const needsSection = what.startsWith('cid/') || what === 'headers';
  const search = query({
    mailbox: ref.mailbox,
    uidValidity: ref.uidValidity,
    section: needsSection ? section : null,
    ...more,
  });
  return `/api/messages/${ref.uid}/${what}?${search}`;
}
