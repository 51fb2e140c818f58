import 'server-only';
import { isMailError } from '#lib/errors.ts';
import { isDeliverable } from '#lib/mail/address.ts';
import { isInArchive } from '#lib/mail/archive-by.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { listMailboxes } from '#server/imap/list-mailboxes.ts';
import { hasCorrespondence, readSender } from '#server/imap/read-sender.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { readIdentities } from '#server/mail/compose/identities.ts';
import { withRole } from '#server/mail/role-mailbox.ts';

/** Milliseconds after which a server that is still searching is left alone: nothing is said then. */
const patience = 8_000;
/** Of an archive of more mailboxes than this, one for each month perhaps, nobody waits until all were asked. */
const maxArchives = 24;

/**
 * Whether the person never wrote to this message's sender nor heard from them before, as far as Sent, the inbox, the
 * archive with what is below it, and the message's own mailbox tell. False for lists, for one's own organization, in
 * Spam, and where nobody knows. Throws a MailError.
 */
export async function isFirstMessage(auth: AuthSession, ref: MessageRef, signal: AbortSignal): Promise<boolean> {
  const session = imapSession(auth);
  const limited = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  try {
    const mailboxes = await listMailboxes(session);
    const place = mailboxes.find(({ path }) => path === ref.mailbox)?.role ?? null;
    if (place !== null && place !== 'inbox' && place !== 'archive') return false;
    const { address, isBulk } = await readSender(session, ref, limited);
    if (address === null || isBulk || !isDeliverable(address) || !/^[\x20-\x7e]+$/.test(address)) return false;
    const domainOf = (one: string) => one.split('@').at(-1)?.toLowerCase();
    const own = readIdentities(auth.account).identities.map((identity) => domainOf(identity.address));
    if (own.includes(domainOf(address))) return false;
    const has = (path: string, how: 'from' | 'to') => hasCorrespondence(session, path, how, address, ref, limited);
    const sent = withRole(mailboxes, 'sent')?.path;
    if (sent && (await has(sent, 'to'))) return false;
    const archives = mailboxes.filter(({ path, selectable }) => selectable && isInArchive(mailboxes, path));
    const newest = archives.map(({ path }) => path).sort((a, b) => (a < b ? 1 : -1));
    for (const path of new Set(['INBOX', ref.mailbox, ...newest.slice(0, maxArchives)]))
      if (await has(path, 'from')) return false;
    return newest.length <= maxArchives;
  } catch (error) {
    if (limited.aborted || (isMailError(error) && error.retryable)) return false;
    throw error;
  }
}
