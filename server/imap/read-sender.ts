import 'server-only';
import { MailError } from '#lib/errors.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { checkUidValidity } from './check-uid-validity.ts';
import { atom, quoted } from './protocol.ts';
import type { Token } from './protocol.ts';
import { searchUids } from './search-uids.ts';
import type { ImapSession } from './sessions.ts';
import { withMailbox } from './with-mailbox.ts';

export interface SenderOfMessage {
  /** The From address; null where there is none, or not just one. */
  address: string | null;
  /** It came through a mailing list, or says that it was sent to many (RFC 2369, RFC 2919, RFC 3834). */
  isBulk: boolean;
}

/** Who wrote a message. Throws a MailError; message-missing. */
export async function readSender(session: ImapSession, ref: MessageRef, signal: AbortSignal): Promise<SenderOfMessage> {
  return withMailbox(
    session.commands,
    ref.mailbox,
    async ({ client, mailbox }) => {
      checkUidValidity(mailbox, ref.uidValidity);
      const headers = ['list-id', 'list-unsubscribe', 'precedence'];
      const found = await client.fetchOne(`${ref.uid}`, { uid: true, envelope: true, headers }, { uid: true });
      if (!found) throw new MailError('message-missing');
      const from = found.envelope?.from ?? [];
      const isBulk = /^[a-z-]+:/im.test(found.headers?.toString('latin1') ?? '');
      return { address: from.length === 1 ? (from[0]?.address ?? null) : null, isBulk };
    },
    { signal },
  );
}

/** Whether a mailbox has a message from, or to, an address, besides the one named. Throws a MailError. */
export async function hasCorrespondence(
  session: ImapSession,
  mailbox: MailboxPath,
  how: 'from' | 'to',
  address: string,
  besides: MessageRef,
  signal: AbortSignal,
): Promise<boolean> {
  const named = quoted(address);
  const to: Token[] = [atom('OR'), atom('TO'), named, atom('CC'), named];
  return withMailbox(
    session.search,
    mailbox,
    async ({ client }) => {
      const found = await searchUids(client, how === 'from' ? [atom('FROM'), named] : to);
      return found.some(
        ([first, last]) => mailbox !== besides.mailbox || first !== besides.uid || last !== besides.uid,
      );
    },
    { signal },
  );
}
