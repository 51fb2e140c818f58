import 'server-only';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { formatGroups, rootOf } from '#lib/mail/thread-groups.ts';
import type { MailboxThreads, ThreadGroups } from '#lib/mail/thread-groups.ts';
import { readImapThreads } from '#server/imap/read-threads.ts';
import type { ImapSession } from '#server/imap/sessions.ts';

/**
 * Which of a mailbox's `newest` messages belong together; `fromUid`: only the threads that hold a message with this UID or a greater
 * one, that is what arrived since. Nothing of it is kept here: the browser keeps it. Throws a MailError.
 */
export async function readThreads(
  session: ImapSession,
  mailbox: MailboxPath,
  look: { newest: number; fromUid: number | null },
  signal?: AbortSignal,
): Promise<MailboxThreads> {
  const { counts, firstUid, groups } = await readImapThreads(session.search, mailbox, look, signal);
  const told = look.fromUid === null ? groups : groupsFrom(groups, look.fromUid);
  return { uidValidity: counts.uidValidity, uidNext: counts.uidNext, firstUid, groups: formatGroups(told) };
}

function groupsFrom(groups: ThreadGroups, fromUid: number): ThreadGroups {
  const wanted = new Set<number>();
  for (const uid of groups.uids) if (uid >= fromUid) wanted.add(rootOf(groups, uid));
  const isWanted = (_: number, index: number) => wanted.has(groups.roots[index] ?? 0);
  return { uids: groups.uids.filter(isWanted), roots: groups.roots.filter(isWanted) };
}
