import 'server-only';
import { isMailError } from '#lib/errors.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { createMailbox } from '#server/imap/change-mailbox.ts';
import { findMailbox, removeEmptyMailboxes } from '#server/imap/mailbox-place.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { withConnection } from '#server/imap/with-mailbox.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';

/**
 * Makes a mailbox and those above it that are missing, as mailboxes that take messages; answers which, deepest first.
 * Throws a MailError.
 */
export async function makeMailboxes(session: ImapSession, path: MailboxPath): Promise<MailboxPath[]> {
  const made = await withConnection(session.commands, async (client) => {
    const missing = [path];
    for (const above of ancestors(path, client.namespace?.delimiter ?? null)) {
      if (await findMailbox(client, above)) break;
      missing.push(above);
    }
    const own: MailboxPath[] = [];
    for (const one of missing.reverse()) {
      try {
        own.unshift(await createMailbox(client, one));
      } catch (error) {
        if (!isMailError(error) || error.code !== 'mailbox-exists') throw error; // Another device was quicker.
      }
    }
    return own;
  });
  sessionFeed(session).mailboxesMoved([]);
  return made;
}

/** Removes what was made for messages that are gone from it again; what can't be removed stays. */
export async function tidyMailboxes(session: ImapSession, paths: readonly MailboxPath[]): Promise<void> {
  const removed = await withConnection(session.commands, (client) => removeEmptyMailboxes(client, paths)).catch(
    (): MailboxPath[] => [],
  );
  if (removed.length > 0) sessionFeed(session).mailboxesMoved(removed);
}

/** Those of `made` that hold a path or are it, deepest first. */
export function madeFor(path: MailboxPath, made: Iterable<MailboxPath>): MailboxPath[] {
  return [...new Set(made)]
    .filter((one) => path === one || (path.startsWith(one) && !/[\p{L}\p{N}]/u.test(path.charAt(one.length))))
    .sort((a, b) => b.length - a.length)
    .slice(0, 4);
}

/** From the nearest on. */
function ancestors(path: MailboxPath, delimiter: string | null): MailboxPath[] {
  if (!delimiter) return [];
  const names = path.split(delimiter);
  return names.slice(1).map((_, index) => names.slice(0, names.length - 1 - index).join(delimiter));
}
