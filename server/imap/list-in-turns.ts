import 'server-only';
import type { ImapFlow } from 'imapflow';
import type { Mailbox, MailboxPath } from '#lib/mail/mailbox.ts';
import { listOn } from './list-mailboxes.ts';
import { readCounts } from './read-counts.ts';

/** STATUS commands in one go: each is a round trip. */
const perTurn = 25;

/**
 * How a watch without NOTIFY looks at all mailboxes. With LIST-STATUS (RFC 5819) the list has their counts; without it a few
 * at a time are asked for theirs, those first that were asked longest ago. The function answers all mailboxes, with
 * counts where they were counted just now. Not for a connection with NOTIFY: imapflow takes any STATUS for the answer.
 */
export function listInTurns(client: ImapFlow): () => Promise<Mailbox[]> {
  /** By path, when it was counted last, as a running number. */
  let turns = new Map<MailboxPath, number>();
  let turn = 0;

  async function count(mailbox: Mailbox): Promise<Mailbox> {
    turns.set(mailbox.path, turn);
    try {
      return { ...mailbox, counts: await readCounts(client, mailbox.path) };
    } catch (error) {
      if (!client.usable) throw error;
      return mailbox; // One that refuses STATUS does not hide the others.
    }
  }

  return async () => {
    turn += 1;
    const mailboxes = await listOn(client);
    const uncounted = mailboxes.filter(({ selectable, counts }) => selectable && !counts);
    turns = new Map(uncounted.map(({ path }) => [path, turns.get(path) ?? 0]));
    const due = uncounted.toSorted((a, b) => (turns.get(a.path) ?? 0) - (turns.get(b.path) ?? 0)).slice(0, perTurn);
    const counted = new Map<MailboxPath, Mailbox>();
    for (const mailbox of due) counted.set(mailbox.path, await count(mailbox));
    return mailboxes.map((mailbox) => counted.get(mailbox.path) ?? mailbox);
  };
}
