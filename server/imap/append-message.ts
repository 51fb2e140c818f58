import 'server-only';
import type { ImapFlow } from 'imapflow';
import { MailError } from '#lib/errors.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { execLiteral, mailboxText, textOf } from './protocol.ts';
import type { ParsedNode, Untagged } from './protocol.ts';

/** A message to be stored; it may be read more than once. */
export interface StoredContent {
  /** Octets. */
  size: number;
  open(): AsyncIterable<Uint8Array>;
}

/** Where the server put it (APPENDUID, RFC 4315 section 3); null where it does not tell. */
export type AppendedUid = { uidValidity: number; uid: number } | null;

/**
 * APPEND (RFC 9051 section 6.3.12), streamed; `receivedAt` becomes its INTERNALDATE. Throws message-too-large where the
 * server says it takes no such size (RFC 7889).
 */
export async function appendMessage(
  client: ImapFlow,
  path: MailboxPath,
  content: StoredContent,
  flags: readonly string[],
  receivedAt: Date | null = null,
): Promise<AppendedUid> {
  const limit = client.capabilities.get('APPENDLIMIT');
  if (typeof limit === 'number' && content.size > limit) throw new MailError('message-too-large');
  const date = receivedAt ? ` "${toDateTime(receivedAt)}"` : '';
  const head = `APPEND ${mailboxText(client, path)} (${flags.join(' ')})${date}`;
  return appendedUid(await execLiteral(client, head, content.size, content.open));
}

/** UID REPLACE (RFC 8508): the new message stands and the old one is gone in one step, in the selected mailbox. */
export async function replaceMessage(
  client: ImapFlow,
  path: MailboxPath,
  uid: number,
  content: StoredContent,
  flags: readonly string[],
): Promise<AppendedUid> {
  let appended: AppendedUid = null;
  const head = `UID REPLACE ${uid} ${mailboxText(client, path)} (${flags.join(' ')})`;
  // APPENDUID comes untagged before the old message goes (section 4.2), or in the tagged answer.
  const answer = await execLiteral(client, head, content.size, content.open, {
    OK: (untagged) => {
      appended = appendedUid(untagged) ?? appended;
    },
  });
  return appendedUid(answer) ?? appended;
}

function appendedUid({ attributes }: Untagged): AppendedUid {
  const [first] = attributes ?? [];
  const section: ParsedNode[] = (first && !Array.isArray(first) && first.section) || [];
  const [code, uidValidity, uid] = section.map((node) => textOf(node));
  const found = { uidValidity: Number(uidValidity), uid: Number(uid) };
  if (code?.toUpperCase() !== 'APPENDUID' || !(found.uidValidity > 0) || !(found.uid > 0)) return null;
  return found;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** date-time (RFC 9051 section 9). */
function toDateTime(date: Date): string {
  const two = (value: number) => `${value}`.padStart(2, '0');
  const day = `${two(date.getUTCDate())}-${months[date.getUTCMonth()] ?? 'Jan'}-${date.getUTCFullYear()}`;
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${day} ${time} +0000`;
}
