import 'server-only';
import { isMailError, MailError } from '#lib/errors.ts';
import { dayStart } from '#lib/mail/day-start.ts';
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
import { savedBefore as savedBeforeDay, searchUids } from '#server/imap/search-uids.ts';
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
  const selected: SelectedMessages = { messages: 0, bytes: 0, ranges: [], by: 'received' };
  for (const { path } of mailboxes) {
    try {
      const { uidValidity, uids, bytes, by } = await selectIn(session, path, selection, signal);
      selected.by = by;
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
): Promise<{ uidValidity: number; uids: UidSet; bytes: number; by: SelectedMessages['by'] }> {
  return withMailbox(
    session.search,
    path,
    async ({ client, mailbox }) => {
      await client.noop(); // What came since it was selected counts as well.
      const { from, savedBefore } = selection;
      const isSaved = savedBefore !== undefined && client.capabilities.has('SAVEDATE');
      const days = daysOf(selection, isSaved);
      const { charset, keys } = toSearchProgram(client, termOf({ ...selection, ...days.asked }) ?? true);
      if (isSaved) keys.push(...savedBeforeDay(savedBefore));
      const found = await searchUids(client, keys, charset);
      const sizes = new Map<number, number>();
      const wanted = from?.trim().toLowerCase();
      for (const piece of found.length > 0 ? pieces(found) : []) {
        const set = formatUidSet(piece);
        const isTheirs = new Set<number>();
        // SEARCH finds the text anywhere in the field: also in "joann@…", and in a name.
        if (wanted !== undefined)
          await readSenders(client, set, 'uid', ({ uid, from: field }) => {
            if (senderAddress(field) === wanted) isTheirs.add(uid);
          });
        await readSizes(client, set, 'uid', ({ uid, size, date }) => {
          if ((wanted === undefined || isTheirs.has(uid)) && days.hold(date)) sizes.set(uid, size);
        });
      }
      let bytes = 0;
      for (const size of sizes.values()) bytes += size;
      return {
        uidValidity: Number(mailbox.uidValidity),
        uids: toUidSet(sizes.keys()),
        bytes,
        by: isSaved ? 'saved' : 'received',
      };
    },
    { signal, timeoutMs },
  );
}

const dayMs = 24 * 3600_000;

/**
 * The days to ask the server for, which counts by its own clock, and whether an INTERNALDATE lies in those that are
 * meant: the person's own, each of which lies within three of the server's.
 */
function daysOf({ since, before, savedBefore, timeZone }: StorageSelection, isSaved: boolean) {
  const until = isSaved ? before : (savedBefore ?? before);
  const shifted = (day: string | undefined, days: number) =>
    day && new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
  if (timeZone === undefined) return { asked: { since, before: until }, hold: () => true };
  const from = since ? dayStart(since, timeZone) : -Infinity;
  const to = until ? dayStart(until, timeZone) : Infinity;
  return {
    asked: { since: shifted(since, -1), before: shifted(until, 1) },
    hold(date: string): boolean {
      const time = Date.parse(date.trim());
      return Number.isNaN(time) || (time >= from && time < to);
    },
  };
}

function termOf({ since, before, larger, from }: StorageSelection): SearchTerm | null {
  return together('and', [
    ...(since ? [{ type: 'after' as const, date: since }] : []),
    ...(before ? [{ type: 'before' as const, date: before }] : []),
    ...(larger ? [{ type: 'larger' as const, octets: larger }] : []),
    ...(from ? [{ type: 'text' as const, field: 'from' as const, value: from.trim() }] : []),
  ]);
}
