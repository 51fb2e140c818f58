import 'server-only';
import { MailError } from '#lib/errors.ts';
import type { UidSet } from '#lib/mail/event.ts';
import type { MailboxCounts, MailboxPath } from '#lib/mail/mailbox.ts';
import { countUids } from '#lib/mail/uid-set.ts';
import { readCounts } from './read-counts.ts';
import { everything, searchUids } from './search-uids.ts';
import type { ImapSession } from './sessions.ts';
import { withMailbox } from './with-mailbox.ts';

const attempts = 5;

/**
 * All UIDs of a mailbox with the state they were read at: as many as the counts say, so none is left out. Goes over the
 * connection of tasks, which is then open for what is done with them. Throws a MailError; server-unavailable when no
 * quiet moment comes.
 */
export async function readUids(
  session: ImapSession,
  path: MailboxPath,
  signal?: AbortSignal,
): Promise<{ counts: MailboxCounts; uids: UidSet }> {
  return withMailbox(
    session.tasks,
    path,
    async ({ client }) => {
      for (let attempt = 1; attempt <= attempts; attempt += 1) {
        const counts = await readCounts(client, path);
        const uids = await searchUids(client, everything);
        const highest = uids.at(-1)?.[1] ?? 0;
        // None came meanwhile, and as many as were told: then none went either.
        if (highest < counts.uidNext && countUids(uids) === counts.messages) return { counts, uids };
      }
      throw new MailError('server-unavailable');
    },
    { signal },
  );
}
