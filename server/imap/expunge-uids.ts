import 'server-only';
import type { ImapFlow } from 'imapflow';
import { formatUidSet, hasUid, toUidSet } from '#lib/mail/uid-set.ts';
import { atom, execCommand, sequence } from './protocol.ts';
import { has } from './transfer.ts';

/**
 * Removes messages of the selected mailbox for good: marks them \Deleted and takes out these and no others (UID EXPUNGE,
 * RFC 4315 section 2.1). Without UIDPLUS there is only EXPUNGE, which takes whatever is marked at that moment, and nothing keeps another
 * program from marking its own just before: they stay marked, as lists show them, until a person has all that is marked removed.
 */
export async function expungeUids(client: ImapFlow, uids: readonly number[]): Promise<void> {
  const range = formatUidSet(toUidSet(uids));
  await execCommand(client, 'UID STORE', [sequence(range), atom('+FLAGS.SILENT'), [atom('\\Deleted')]]);
  if (has(client, 'UIDPLUS')) await execCommand(client, 'UID EXPUNGE', [sequence(range)]);
}

/**
 * The same for old versions of a draft, which come every few seconds: without UIDPLUS they would fill the account, so EXPUNGE is said where
 * nothing else of the drafts is marked.
 */
export async function expungeVersions(client: ImapFlow, uids: readonly number[]): Promise<void> {
  await expungeUids(client, uids);
  if (has(client, 'UIDPLUS')) return;
  const ours = toUidSet(uids);
  const marked = await client.search({ deleted: true }, { uid: true });
  if (marked && marked.every((uid) => hasUid(ours, uid))) await execCommand(client, 'EXPUNGE');
}
