import 'server-only';
import { isMailError, MailError } from '#lib/errors.ts';
import type { UidSet } from '#lib/mail/event.ts';
import { isInArchive } from '#lib/mail/archive-by.ts';
import type { Mailbox, MailboxRole } from '#lib/mail/mailbox.ts';
import type { SearchTerm } from '#lib/mail/search-query.ts';
import { together } from '#lib/mail/search-query.ts';
import type { SelectedMessages, StorageSelection } from '#lib/mail/storage.ts';
import { countUids, formatUidSet, toUidSet } from '#lib/mail/uid-set.ts';
import { senderAddress } from '#server/content/sender-of.ts';
import { listOn } from '#server/imap/list-mailboxes.ts';
import { readSenders } from '#server/imap/read-senders.ts';
import { readSizes } from '#server/imap/read-sizes.ts';
import { toSearchProgram } from '#server/imap/search-program.ts';
import { searchUids } from '#server/imap/search-uids.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { withConnection, withMailbox } from '#server/imap/with-mailbox.ts';
import { readChosenRoles } from '#server/store/chosen-role-rows.ts';
import { pieces } from '#server/imap/pieces.ts';
import { storageSources } from './storage-sources.ts';

/** What is never meant by "all folders". */
const spared: Readonly<Record<StorageSelection['act'], readonly (MailboxRole | null)[]>> = {
  archive: ['archive', 'all', 'trash', 'junk', 'drafts'],
  delete: ['trash', 'drafts'],
};
/** A mailbox's answer is waited for. Milliseconds. */
const timeoutMs = 120_000;

/**
 * Which messages a selection has now, by mailbox, with their exact number and size: the server searches, and what is found is named
 * by UID, so that what is done later concerns these and no others. Throws a MailError; mailbox-missing.
 */
export async function selectMessages(
  session: ImapSession,
  selection: StorageSelection,
  signal: AbortSignal,
): Promise<SelectedMessages> {
  const mailboxes = await withConnection(
    session.search,
    async (client) => {
      const all = await listOn(client, readChosenRoles(session.accountKey));
      return choose(all, client.capabilities.has('X-GM-EXT-1'), selection);
    },
    { signal },
  );
  const selected: SelectedMessages = { messages: 0, bytes: 0, ranges: [] };
  for (const { path } of mailboxes) {
    try {
      const { uidValidity, uids, bytes } = await selectIn(session, path, selection, signal);
      if (uids.length === 0) continue;
      selected.ranges.push({ mailbox: path, uidValidity, uids: formatUidSet(uids) });
      selected.messages += countUids(uids);
      selected.bytes += bytes;
    } catch (error) {
      // One of all that refuses to be read holds nothing that could be acted on.
      const isSkipped = isMailError(error) && ['mailbox-missing', 'permission-denied'].includes(error.code);
      if (!isSkipped || selection.mailbox !== undefined) throw error;
    }
  }
  return selected;
}

function choose(all: readonly Mailbox[], areLabels: boolean, { mailbox, act }: StorageSelection): Mailbox[] {
  if (mailbox === undefined) {
    // What lies below the archive is archived already.
    const isSpared = ({ role, path }: Mailbox) =>
      spared[act].includes(role) || (act === 'archive' && isInArchive(all, path));
    return storageSources(all, areLabels).filter((one) => !isSpared(one));
  }
  const named = all.find(({ path, selectable }) => path === mailbox && selectable);
  if (!named) throw new MailError('mailbox-missing');
  return [named];
}

async function selectIn(
  session: ImapSession,
  path: string,
  selection: StorageSelection,
  signal: AbortSignal,
): Promise<{ uidValidity: number; uids: UidSet; bytes: number }> {
  return withMailbox(
    session.search,
    path,
    async ({ client, mailbox }) => {
      await client.noop(); // What came since it was selected counts as well.
      const { charset, keys } = toSearchProgram(client, termOf(selection) ?? true);
      const found = await searchUids(client, keys, charset);
      const sizes = new Map<number, number>();
      const { from } = selection;
      const wanted = from?.trim().toLowerCase();
      for (const piece of found.length > 0 ? pieces(found) : []) {
        const set = formatUidSet(piece);
        if (wanted === undefined) await readSizes(client, set, 'uid', ({ uid, size }) => void sizes.set(uid, size));
        else {
          // SEARCH finds the text anywhere in the field: also in "joann@…", and in a name.
          await readSenders(client, set, 'uid', ({ uid, size, from: field }) => {
            if (senderAddress(field) === wanted) sizes.set(uid, size);
          });
        }
      }
      let bytes = 0;
      for (const size of sizes.values()) bytes += size;
      return { uidValidity: Number(mailbox.uidValidity), uids: toUidSet(sizes.keys()), bytes };
    },
    { signal, timeoutMs },
  );
}

function termOf({ since, before, larger, from }: StorageSelection): SearchTerm | null {
  return together('and', [
    ...(since ? [{ type: 'after' as const, date: since }] : []),
    ...(before ? [{ type: 'before' as const, date: before }] : []),
    ...(larger ? [{ type: 'larger' as const, octets: larger }] : []),
    ...(from ? [{ type: 'text' as const, field: 'from' as const, value: from.trim() }] : []),
  ]);
}
