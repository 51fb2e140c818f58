import 'server-only';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { SearchTerm } from '#lib/mail/search-query.ts';
import { parseUidSet } from '#lib/mail/uid-set.ts';
import type { Lane } from './lane.ts';
import { atom, execCommand, listOf, mailboxName, mailboxNameOf, textOf, valueAfter } from './protocol.ts';
import { toSearchProgram } from './search-program.ts';
import { withConnection } from './with-mailbox.ts';

/** What one command found in a mailbox. */
export interface FoundTogether {
  uidValidity: number;
  /** Newest first. */
  uids: number[];
}

/** The server may look through everything for it. Milliseconds. */
const timeoutMs = 5 * 60_000;
/** Results held at most, over all mailboxes. */
const maxFound = 2_000_000;

/**
 * Searches several mailboxes by one command, where the server has it (MULTISEARCH, RFC 7377): a mailbox without a match is not even
 * opened. Null where it has not, or does not want to: then they are searched one by one. Throws a MailError.
 */
export async function searchTogether(
  lane: Lane,
  paths: readonly MailboxPath[],
  term: SearchTerm | true,
  signal: AbortSignal,
): Promise<Map<MailboxPath, FoundTogether> | null> {
  return withConnection(
    lane,
    async (client) => {
      if (!client.capabilities.has('MULTISEARCH')) return null;
      const { charset, keys } = toSearchProgram(client, term);
      const names = paths.map((path) => mailboxName(client, path));
      const found = new Map<MailboxPath, FoundTogether>();
      let left = maxFound;
      const command = [atom('IN'), [atom('mailboxes'), names], atom('RETURN'), [atom('ALL')], ...charset, ...keys];
      try {
        await execCommand(client, 'ESEARCH', command, {
          ESEARCH: ({ attributes = [] }) => {
            const correlator = listOf(attributes[0]);
            const path = mailboxNameOf(client, valueAfter(correlator, 'MAILBOX'));
            const uidValidity = Number(textOf(valueAfter(correlator, 'UIDVALIDITY')));
            if (path === null || !(uidValidity > 0)) return;
            const uids: number[] = [];
            for (const [first, last] of parseUidSet(textOf(valueAfter(attributes, 'ALL')) ?? '')) {
              for (let uid = first; uid <= last && left > 0; uid += 1, left -= 1) uids.push(uid);
            }
            found.set(path, { uidValidity, uids: uids.reverse() });
          },
        });
      } catch (error) {
        if (client.usable && !signal.aborted) return null; // Refused: one by one it may do.
        throw error;
      }
      return found;
    },
    { signal, timeoutMs },
  );
}
