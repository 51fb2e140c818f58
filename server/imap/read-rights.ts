import 'server-only';
import type { ImapFlow } from 'imapflow';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { execCommand, mailboxName, textOf } from './protocol.ts';
import type { ImapSession } from './sessions.ts';
import { withConnection } from './with-mailbox.ts';

/**
 * What may be done in a mailbox (MYRIGHTS, RFC 4314 section 3.5), in the letters of its section 2.1. Null where the server does not tell.
 * Throws a MailError.
 */
export async function readRights(
  session: ImapSession,
  path: MailboxPath,
  signal?: AbortSignal,
): Promise<string | null> {
  return withConnection(
    session.commands,
    async (client) => {
      if (!client.capabilities.has('ACL')) return null;
      const told: string[] = [];
      await execCommand(client, 'MYRIGHTS', [mailboxName(client, path)], {
        MYRIGHTS: ({ attributes = [] }) => void told.push(textOf(attributes[1]) ?? ''),
      });
      const rights = told[0]?.toLowerCase() ?? '';
      if (!/^[a-z0-9]{1,40}$/.test(rights)) return null;
      return isOfOldForm(client) && rights.includes('d') ? `${rights}te` : rights;
    },
    { signal },
  );
}

/** RFC 2086 had one right to delete for what are three now; a server of RFC 4314 names the new ones. */
function isOfOldForm({ capabilities }: ImapFlow): boolean {
  return ![...capabilities.keys()].some((name) => name.startsWith('RIGHTS='));
}
