import 'server-only';
import type { MessageRef } from '#lib/mail/message.ts';
import { checkUidValidity } from './check-uid-validity.ts';
import { atom, execCommand, listOf, sequence, textOf, valueAfter } from './protocol.ts';
import type { ImapSession } from './sessions.ts';
import { toIsoDate } from './to-iso-date.ts';
import { withMailbox } from './with-mailbox.ts';

/**
 * When a message was put into the mailbox it is in (SAVEDATE, RFC 8514), ISO 8601; null where the server does not tell.
 * Throws a MailError.
 */
export async function readSaveDate(session: ImapSession, ref: MessageRef, signal: AbortSignal): Promise<string | null> {
  return withMailbox(
    session.commands,
    ref.mailbox,
    async ({ client, mailbox }) => {
      checkUidValidity(mailbox, ref.uidValidity);
      if (!client.capabilities.has('SAVEDATE')) return null;
      let told: string | null = null;
      await execCommand(client, 'UID FETCH', [sequence(`${ref.uid}`), [atom('UID'), atom('SAVEDATE')]], {
        FETCH({ attributes = [] }) {
          const items = listOf(attributes[1]);
          if (Number(textOf(valueAfter(items, 'UID'))) === ref.uid)
            told = textOf(valueAfter(items, 'SAVEDATE')) ?? told;
        },
      });
      return toIsoDate((told as string | null)?.trim());
    },
    { signal },
  );
}
