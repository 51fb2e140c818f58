import 'server-only';
import type { Address } from '#lib/mail/address.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { ImapSession } from './sessions.ts';
import { toAddresses } from './to-address.ts';
import { toIsoDate } from './to-iso-date.ts';
import { withMailbox } from './with-mailbox.ts';

/** Who wrote and who was written to, of one message. */
export interface Correspondents {
  from: Address[];
  to: Address[];
  /** ISO 8601. */
  at: string | null;
}

/** Of one message: a list of thousands is a list, and nobody's correspondents. */
const maxAddresses = 50;

/** The envelopes of the newest messages of a mailbox, in one bounded window; newest last. */
export async function readCorrespondents(
  session: ImapSession,
  path: MailboxPath,
  newest: number,
  signal?: AbortSignal,
): Promise<Correspondents[]> {
  return withMailbox(
    session.transfers,
    path,
    async ({ client, mailbox }) => {
      if (mailbox.exists === 0) return [];
      const rows = await client.fetchAll(`${Math.max(1, mailbox.exists - newest + 1)}:*`, {
        uid: true,
        envelope: true,
      });
      return rows.flatMap(({ envelope }) => {
        if (!envelope) return [];
        const to = [envelope.to, envelope.cc, envelope.bcc].flatMap((list) => toAddresses(list, maxAddresses));
        return [{ from: toAddresses(envelope.from, 1), to, at: toIsoDate(envelope.date) }];
      });
    },
    { signal },
  );
}
