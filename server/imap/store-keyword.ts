import 'server-only';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { KeywordsOfMessage } from '#lib/mail/event.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { formatUidSet, toUidSet } from '#lib/mail/uid-set.ts';
import { checkUidValidity } from './check-uid-validity.ts';
import { toFlag, toKeywords } from './keywords.ts';
import { atom, execCommand, sequence } from './protocol.ts';
import type { ImapSession } from './sessions.ts';
import { withMailbox } from './with-mailbox.ts';

/**
 * Adds or removes one keyword (UID STORE +FLAGS or -FLAGS, RFC 9051 section 6.4.6): these commute, so two devices never
 * overwrite each other. Answers the keywords the messages have now; one that is gone has no entry, and is no error.
 */
export async function storeKeyword(
  session: ImapSession,
  mailboxPath: MailboxPath,
  uidValidity: number,
  uids: number[],
  keyword: Keyword,
  value: boolean,
): Promise<KeywordsOfMessage[]> {
  return withMailbox(session.commands, mailboxPath, async ({ client, mailbox }) => {
    checkUidValidity(mailbox, uidValidity);
    const set = formatUidSet(toUidSet(uids));
    const operation = value ? '+FLAGS.SILENT' : '-FLAGS.SILENT';
    await execCommand(client, 'UID STORE', [sequence(set), atom(operation), [atom(toFlag(keyword))]]);
    const rows = await client.fetchAll(set, { uid: true, flags: true }, { uid: true });
    return rows.map((row) => ({
      uid: row.uid,
      modseq: (row.modseq ?? 0n).toString(),
      keywords: toKeywords(row.flags ?? []),
    }));
  });
}
