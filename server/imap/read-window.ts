import 'server-only';
import { MailError } from '#lib/errors.ts';
import type { MailboxCounts, MailboxPath } from '#lib/mail/mailbox.ts';
import { readCounts } from './read-counts.ts';
import { readRows } from './read-rows.ts';
import type { MessageRow } from './read-rows.ts';
import type { ImapSession } from './sessions.ts';
import { withMailbox } from './with-mailbox.ts';

/** Positions from the oldest, 1-based, inclusive; or the newest so many. */
export type WindowRange = { from: number; to: number } | { newest: number; withReferences?: boolean };

export interface ImapWindow {
  counts: MailboxCounts;
  firstPosition: number;
  rows: MessageRow[];
}

/** Tries to meet a quiet moment, so that rows and counts tell the same state. */
const attempts = 3;

/**
 * Reads a stretch of a mailbox by sequence numbers, together with the state it was read at. The counts are asked for
 * first and the rows after, and both again if a message came or went in between: then the positions are exact for the
 * token. An answer with fewer rows than asked for would shift all above the gap and look like messages that went: it is
 * read again, and after that refused. Throws a MailError; server-unavailable for an answer that stays short.
 */
export async function readImapWindow(
  session: ImapSession,
  path: MailboxPath,
  range: WindowRange,
  signal?: AbortSignal,
): Promise<ImapWindow> {
  return withMailbox(
    session.commands,
    path,
    async ({ client, mailbox }) => {
      const withReferences = 'newest' in range && range.withReferences === true;
      for (let attempt = 1; ; attempt += 1) {
        const counts = await readCounts(client, path);
        const { from, to } = resolve(range, counts.messages);
        const rows = from <= to ? await readRows(client, `${from}:${to}`, 'seq', { withReferences }) : [];
        const isWhole = rows.length === Math.max(0, to - from + 1);
        const isQuiet = mailbox.exists === counts.messages && mailbox.uidValidity === BigInt(counts.uidValidity);
        if (isWhole && (isQuiet || attempt === attempts)) return { counts, firstPosition: from, rows };
        if (attempt === attempts) throw new MailError('server-unavailable');
      }
    },
    { signal },
  );
}

function resolve(range: WindowRange, messages: number): { from: number; to: number } {
  if ('newest' in range) return { from: Math.max(1, messages - range.newest + 1), to: messages };
  return { from: Math.max(1, range.from), to: Math.min(range.to, messages) };
}
