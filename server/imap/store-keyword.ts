import 'server-only';
import type { ImapFlow } from 'imapflow';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { KeywordsOfMessage, UidSet } from '#lib/mail/event.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { formatUidSet, hasUid, parseUidSet, toUidSet } from '#lib/mail/uid-set.ts';
import { checkUidValidity } from './check-uid-validity.ts';
import { toFlag, toKeywords } from './keywords.ts';
import { answerOfRefusal, atom, execCommand, responseCodeOf, sequence } from './protocol.ts';
import type { Token } from './protocol.ts';
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
    const set = toUidSet(uids);
    await execCommand(client, 'UID STORE', [sequence(formatUidSet(set)), ...operation(keyword, value)]);
    return readKeywords(client, set);
  });
}

/**
 * The same, but only on messages that nothing happened to since `modseq` (UID STORE with UNCHANGEDSINCE, RFC 7162 section 3.1.3).
 * `modified` are those that something did happen to: they are as before. Without CONDSTORE, and for messages of
 * modseq 0, nobody can tell, and the keyword is stored. imapflow's own STORE answers true where the server skipped messages.
 */
export async function storeKeywordIfUnchanged(
  session: ImapSession,
  mailboxPath: MailboxPath,
  uidValidity: number,
  messages: { uid: number; modseq: string }[],
  keyword: Keyword,
  value: boolean,
): Promise<{ changes: KeywordsOfMessage[]; modified: number[] }> {
  return withMailbox(session.commands, mailboxPath, async ({ client, mailbox }) => {
    checkUidValidity(mailbox, uidValidity);
    const canTell = client.enabled.has('CONDSTORE') && !mailbox.noModseq; // RFC 7162 section 3.1.2.2: it would be a BAD.
    const modified: number[] = [];
    for (const [modseq, group] of Map.groupBy(messages, (message) => (canTell ? message.modseq : '0'))) {
      const uids = group.map(({ uid }) => uid);
      const since = modseq === '0' ? [] : [[atom('UNCHANGEDSINCE'), atom(modseq)]];
      const command = [sequence(formatUidSet(toUidSet(uids))), ...since, ...operation(keyword, value)];
      const skipped = await storeAndTellModified(client, command);
      modified.push(...uids.filter((uid) => hasUid(skipped, uid)));
    }
    const changes = await readKeywords(client, toUidSet(messages.map(({ uid }) => uid)));
    const there = new Set(changes.map(({ uid }) => uid)); // Dovecot counts one that is gone as modified.
    return { changes, modified: modified.filter((uid) => there.has(uid)) };
  });
}

/** MODIFIED comes with the OK, and with a NO where messages are gone besides (RFC 7162 section 3.1.3, example 12). */
async function storeAndTellModified(client: ImapFlow, command: Token[]): Promise<UidSet> {
  const answer = await execCommand(client, 'UID STORE', command).catch((error: unknown) => {
    const refusal = answerOfRefusal(error);
    if (!refusal || responseCodeOf(refusal)?.code !== 'MODIFIED') throw error;
    return refusal;
  });
  const responseCode = responseCodeOf(answer);
  return responseCode?.code === 'MODIFIED' ? parseUidSet(responseCode.value) : [];
}

function operation(keyword: Keyword, value: boolean): Token[] {
  return [atom(value ? '+FLAGS.SILENT' : '-FLAGS.SILENT'), [atom(toFlag(keyword))]];
}

async function readKeywords(client: ImapFlow, set: UidSet): Promise<KeywordsOfMessage[]> {
  const rows = await client.fetchAll(formatUidSet(set), { uid: true, flags: true }, { uid: true });
  return rows.map((row) => ({
    uid: row.uid,
    modseq: (row.modseq ?? 0n).toString(),
    keywords: toKeywords(row.flags ?? []),
  }));
}
