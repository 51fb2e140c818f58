import 'server-only';
import type { ImapFlow } from 'imapflow';
import { formatUidSet, hasUid, toUidSet } from '#lib/mail/uid-set.ts';
import { atom, execCommand, sequence } from './protocol.ts';
import { has } from './transfer.ts';

/**
 * Removes messages of the selected mailbox for good: marks them \Deleted and takes out these and no others (UID EXPUNGE,
 * RFC 4315 section 2.1). Without UIDPLUS there is only EXPUNGE, which takes everything marked: it is said only when all that is
 * marked is ours, else they stay marked, and the list shows them as deleted.
 */
export async function expungeUids(client: ImapFlow, uids: readonly number[]): Promise<void> {
  const set = toUidSet(uids);
  const range = formatUidSet(set);
  await execCommand(client, 'UID STORE', [sequence(range), atom('+FLAGS.SILENT'), [atom('\\Deleted')]]);
  if (has(client, 'UIDPLUS')) {
    await execCommand(client, 'UID EXPUNGE', [sequence(range)]);
    return;
  }
  const marked = await client.search({ deleted: true }, { uid: true });
  if (marked && marked.every((uid) => hasUid(set, uid))) await execCommand(client, 'EXPUNGE');
}
