import 'server-only';
import type { FetchMessageObject, ImapFlow } from 'imapflow';
import type { MessageSummary } from '#lib/mail/message.ts';
import type { PartNode } from '#lib/mail/part-node.ts';
import { fetchCarefully } from './fetch-carefully.ts';
import { toKeywords } from './keywords.ts';
import { messageIdsIn, referencesIn } from './message-ids.ts';
import { toAddresses } from './to-address.ts';
import { toIsoDate } from './to-iso-date.ts';
import { toPartTree } from './to-part-tree.ts';

/** A row as IMAP tells it; `structure` says whether there is an attachment, which is for server/mail to judge. */
export interface MessageRow {
  seq: number;
  summary: Omit<MessageSummary, 'hasAttachment'>;
  structure: PartNode | null;
}

/** Recipients shown in a row; the rest is read with the message. */
const maxRecipients = 5;
const maxSubject = 1_000;

/** All that is told of a message without looking into its body. */
export const rowFields = {
  uid: true,
  flags: true,
  envelope: true,
  internalDate: true,
  size: true,
  bodyStructure: true,
  labels: true,
};

/**
 * Reads the rows of a range, ascending by sequence number: flags, envelope, size, date and structure, no body. An
 * unsolicited flag change that slips in between comes out of imapflow as a row of its own and is merged by UID here.
 * `withReferences`: for a list of conversations.
 */
export async function readRows(
  client: ImapFlow,
  range: string,
  by: 'seq' | 'uid',
  { withReferences = false } = {},
): Promise<MessageRow[]> {
  const query = withReferences ? { ...rowFields, headers: ['References'] } : rowFields;
  const fetched = await fetchCarefully(client, range, query, by);
  const byUid = new Map<number, FetchMessageObject>();
  for (const row of fetched) if (row.uid) byUid.set(row.uid, { ...byUid.get(row.uid), ...row });
  return [...byUid.values()]
    .filter((row) => row.internalDate !== undefined) // A bare flag change of a message outside the range.
    .sort((a, b) => a.seq - b.seq)
    .map(toRow);
}

function toRow(row: FetchMessageObject): MessageRow {
  const { envelope } = row;
  return {
    seq: row.seq,
    structure: row.bodyStructure ? toPartTree(row.bodyStructure) : null,
    summary: {
      uid: row.uid,
      modseq: (row.modseq ?? 0n).toString(),
      keywords: toKeywords(row.flags ?? [], row.labels),
      from: toAddresses(envelope?.from, maxRecipients),
      to: toAddresses(envelope?.to, maxRecipients),
      subject: (envelope?.subject ?? '').slice(0, maxSubject),
      sentAt: toIsoDate(envelope?.date),
      receivedAt: toIsoDate(row.internalDate) ?? new Date(0).toISOString(),
      size: row.size ?? 0,
      messageId: envelope?.messageId ?? null,
      ...answersOf(envelope?.inReplyTo ?? '', row.headers),
      ...(row.emailId ? { emailId: row.emailId } : {}),
      preview: null,
    },
  };
}

/** The first of References is where the conversation began, the last are nearest. */
function answersOf(inReplyTo: string, headers: Buffer | undefined): { answers?: string[] } {
  const references = referencesIn(headers);
  const ids = new Set([...messageIdsIn(inReplyTo).slice(0, 1), ...references.slice(0, 1), ...references.slice(-3)]);
  return ids.size > 0 ? { answers: [...ids] } : {};
}
