import 'server-only';
import type { ImapFlow } from 'imapflow';
import { MailError } from '#lib/errors.ts';

/** UIDs of the selected mailbox's messages whose header field holds a text, ascending; those marked \Deleted only when asked for. */
export async function findByHeader(
  client: ImapFlow,
  field: string,
  text: string,
  withDeleted = false,
): Promise<number[]> {
  const found = await client.search(
    { header: { [field]: text }, ...(withDeleted ? {} : { deleted: false }) },
    { uid: true },
  );
  if (!found) throw new MailError('server-unavailable');
  return found.sort((a, b) => a - b);
}
