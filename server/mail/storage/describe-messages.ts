import 'server-only';
import type { MessageSummary } from '#lib/mail/message.ts';
import type { LargeMessage } from '#lib/mail/storage.ts';
import { checkUidValidity } from '#server/imap/check-uid-validity.ts';
import { readRows } from '#server/imap/read-rows.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { withMailbox } from '#server/imap/with-mailbox.ts';
import type { SizedMessage } from './largest-attachments.ts';

type Told = Pick<MessageSummary, 'subject' | 'from' | 'receivedAt'>;

/** A few messages in words, in the same order; without those that are gone. */
export async function describeMessages(
  session: ImapSession,
  messages: readonly SizedMessage[],
  signal: AbortSignal,
): Promise<LargeMessage[]> {
  const told = new Map<string, Told>();
  const nameOf = ({ mailbox, uid }: { mailbox: string; uid: number }) => `${uid} ${mailbox}`;
  for (const [path, own] of Map.groupBy(messages, ({ ref }) => ref.mailbox)) {
    const uids = own.map(({ ref }) => ref.uid).join(',');
    const uidValidity = own[0]?.ref.uidValidity ?? 0;
    const rows = await withMailbox(
      session.storage,
      path,
      ({ client, mailbox }) => {
        checkUidValidity(mailbox, uidValidity);
        return readRows(client, uids, 'uid');
      },
      { signal },
    );
    for (const { summary } of rows) told.set(nameOf({ mailbox: path, uid: summary.uid }), summary);
  }
  return messages.flatMap(({ ref, size }) => {
    const row = told.get(nameOf(ref));
    if (!row) return [];
    return [{ ref, size, subject: row.subject, from: row.from[0] ?? null, receivedAt: row.receivedAt }];
  });
}
