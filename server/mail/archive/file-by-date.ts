import 'server-only';
import { MailError } from '#lib/errors.ts';
import { archiveNames, filingTime } from '#lib/mail/archive-by.ts';
import type { ArchiveBy } from '#lib/mail/archive-by.ts';
import type { ChoosableRole } from '#lib/mail/choosable-roles.ts';
import type { UidSet } from '#lib/mail/event.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { formatUidSet, toUidSet } from '#lib/mail/uid-set.ts';
import { checkUidValidity } from '#server/imap/check-uid-validity.ts';
import type { Lane } from '#server/imap/lane.ts';
import { findMailbox } from '#server/imap/mailbox-place.ts';
import { pieces } from '#server/imap/pieces.ts';
import { readDates } from '#server/imap/read-dates.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { withConnection, withMailbox } from '#server/imap/with-mailbox.ts';
import { makeMailboxFor } from '#server/mail/make-mailbox-for.ts';

/** A server that reads ten thousand headers for the first time may need it. Milliseconds. */
const timeoutMs = 120_000;

/**
 * Messages of one mailbox by where they are to be filed below `to`, the oldest first; what is no longer there is in none. `to` is made
 * where it is missing and `as` says for what use; where nothing can be below it, all go into it. Throws target-missing, mailbox-changed.
 */
export async function fileByDate(
  session: ImapSession,
  lane: Lane,
  source: { mailbox: MailboxPath; uidValidity: number },
  uids: UidSet,
  { to, as, by }: { to: MailboxPath; as?: ChoosableRole | undefined; by: ArchiveBy },
): Promise<Map<MailboxPath, UidSet>> {
  const place = await placeOf(session, lane, to, as);
  const filed = new Map<string, number[]>();
  await withMailbox(
    lane,
    source.mailbox,
    async ({ client, mailbox }) => {
      checkUidValidity(mailbox, source.uidValidity);
      filed.clear(); // A lost connection brings us here a second time.
      for (const piece of uids.length > 0 ? pieces(uids) : [])
        await readDates(client, formatUidSet(piece), ({ uid, sent, received }) => {
          const names = place.below === null ? [] : archiveNames(filingTime(sent, received), by);
          const path = [place.path, ...names].join(place.below ?? '');
          const own = filed.get(path);
          if (own) own.push(uid);
          else filed.set(path, [uid]);
        });
    },
    { timeoutMs },
  );
  return new Map([...filed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, own]) => [path, toUidSet(own)]));
}

async function placeOf(
  session: ImapSession,
  lane: Lane,
  path: MailboxPath,
  as: ChoosableRole | undefined,
): Promise<{ path: MailboxPath; below: string | null }> {
  const look = (one: MailboxPath) => withConnection(lane, (client) => findMailbox(client, one));
  const found = await look(path);
  if (found) return { path, below: found.below };
  if (!as) throw new MailError('target-missing');
  const made = await makeMailboxFor(session, as, path);
  return { path: made, below: (await look(made))?.below ?? null };
}
