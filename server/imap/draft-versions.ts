import 'server-only';
import type { ImapFlow } from 'imapflow';
import { MailError } from '#lib/errors.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { PartNode } from '#lib/mail/part-node.ts';
import { appendMessage, replaceMessage } from './append-message.ts';
import type { StoredContent } from './append-message.ts';
import { expungeVersions } from './expunge-uids.ts';
import { findByHeader } from './find-messages.ts';
import type { ImapSession } from './sessions.ts';
import { toIsoDate } from './to-iso-date.ts';
import { toPartTree } from './to-part-tree.ts';
import { withMailbox } from './with-mailbox.ts';

/** The header field that names a draft in all its versions. */
export const draftField = 'X-Pipit-Draft';
/** The one with what only we understand. */
export const settingsField = 'X-Pipit-Settings';

/** One stored version of a draft: what tells them apart, without its text. */
export interface DraftVersion {
  ref: MessageRef;
  /** ISO 8601. */
  savedAt: string;
  /** The two fields above, raw. */
  header: Buffer | null;
  structure: PartNode | null;
  /** Marked \Deleted, by somebody or by us before a crash: no longer there for anyone, but still to be taken away. */
  isDeleted: boolean;
}

const draftFlags = ['\\Draft', '\\Seen'];
/** A server that is as slow as this, in octets for each millisecond, is waited for. */
const slowest = 20;

/** All versions of a draft that stand in a mailbox, oldest first. */
export async function readDraftVersions(session: ImapSession, path: MailboxPath, id: string): Promise<DraftVersion[]> {
  return withMailbox(session.transfers, path, async ({ client }) => {
    await client.noop();
    return versionsOn(client, path, await findByHeader(client, draftField, id, true));
  });
}

/**
 * Stores a version in place of others: REPLACE where there is (RFC 8508), else APPEND, a look whether it stands there, and only then
 * UID EXPUNGE of those. At every instant one whole copy is there; what a crash leaves over, the next time takes away. `decide` sees
 * what is there and names the UIDs to be replaced, or null: then nothing is written. Throws a MailError.
 */
export async function storeDraftVersion(
  session: ImapSession,
  path: MailboxPath,
  id: string,
  base: MessageRef | null,
  content: StoredContent,
  decide: (versions: DraftVersion[], isBaseThere: boolean) => number[] | null,
): Promise<DraftVersion | null> {
  return withMailbox(
    session.transfers,
    path,
    async ({ client }) => {
      await client.noop();
      const before = await versionsOn(client, path, await findByHeader(client, draftField, id, true));
      const replaced = decide(before, base !== null && (await isThere(client, path, base)));
      if (!replaced) return null;
      const [only] = replaced;
      const canReplace = replaced.length === 1 && only !== undefined && client.capabilities.has('REPLACE');
      // Refused, because the old one went this very moment or for whatever reason: by the other way.
      const inPlace = canReplace
        ? await unlessRefused(replaceMessage(client, path, only, content, draftFlags))
        : 'refused';
      const appended = inPlace === 'refused' ? await appendMessage(client, path, content, draftFlags) : inPlace;
      await client.noop();
      const known = new Set(before.map(({ ref }) => ref.uid));
      const uid =
        appended?.uid ?? (await findByHeader(client, draftField, id)).filter((found) => !known.has(found)).at(-1);
      const [stored] = uid === undefined ? [] : await versionsOn(client, path, [uid]);
      if (!stored) throw new MailError('server-unavailable'); // Whatever it answered: the old ones stay.
      if (inPlace === 'refused' && replaced.length > 0) await expungeVersions(client, replaced);
      return stored;
    },
    { timeoutMs: 60_000 + content.size / slowest },
  );
}

/** Removes versions of a draft for good, and no others. */
export async function removeDraftVersions(
  session: ImapSession,
  path: MailboxPath,
  uids: readonly number[],
): Promise<void> {
  if (uids.length === 0) return;
  await withMailbox(session.transfers, path, ({ client }) => expungeVersions(client, uids));
}

/** A NO is an answer; a line that broke is none. */
async function unlessRefused<T>(command: Promise<T>): Promise<T | 'refused'> {
  try {
    return await command;
  } catch (error) {
    const isRefusal = error instanceof Error && 'responseStatus' in error && error.responseStatus === 'NO';
    if (!isRefusal) throw error;
    return 'refused';
  }
}

async function isThere(client: ImapFlow, path: MailboxPath, ref: MessageRef): Promise<boolean> {
  if (!client.mailbox || ref.mailbox !== path || client.mailbox.uidValidity !== BigInt(ref.uidValidity)) return false;
  const row = await client.fetchOne(`${ref.uid}`, { uid: true, flags: true }, { uid: true });
  return row !== false && !row.flags?.has('\\Deleted');
}

async function versionsOn(client: ImapFlow, path: MailboxPath, uids: number[]): Promise<DraftVersion[]> {
  if (uids.length === 0 || !client.mailbox) return [];
  const uidValidity = Number(client.mailbox.uidValidity);
  const query = {
    uid: true,
    flags: true,
    internalDate: true,
    bodyStructure: true,
    headers: [draftField, settingsField],
  };
  const rows = await client.fetchAll(uids.join(','), query, { uid: true });
  return rows
    .filter((row) => row.internalDate !== undefined)
    .sort((a, b) => a.uid - b.uid)
    .map((row) => ({
      ref: { mailbox: path, uidValidity, uid: row.uid },
      savedAt: toIsoDate(row.internalDate) ?? new Date(0).toISOString(),
      header: row.headers ?? null,
      structure: row.bodyStructure ? toPartTree(row.bodyStructure) : null,
      isDeleted: row.flags?.has('\\Deleted') ?? false,
    }));
}
