import 'server-only';
import type { MailChange } from '#lib/mail/change.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { mutedPlaces } from '#lib/mail/muted.ts';
import { findConversation, findElsewhere } from '#server/imap/find-conversation.ts';
import type { FoundMessages } from '#server/imap/find-conversation.ts';
import { listMailboxes } from '#server/imap/list-mailboxes.ts';
import type { ImapSession } from '#server/imap/sessions.ts';

/** Conversations looked for at most; what is of more is acted on as it was chosen. */
const mostLookedFor = 10;
/** Messages of one change. */
const mostMessages = 1_000;

/**
 * A change that is meant for whole conversations, with all their messages: where one moves those of its mailbox, where a keyword is set
 * also those in the other mailboxes where muted conversations lie. `below` bounds the
 * former and leaves out the latter. What can't be found stays as it was chosen.
 */
export async function withConversations(session: ImapSession, change: MailChange): Promise<MailChange> {
  if (!('conversations' in change) || !change.conversations) return change;
  const messages = new Map(change.messages.map((ref) => [nameOf(ref), ref]));
  const looked = new Set<string>();
  const places =
    change.type === 'set-keyword' && change.conversations === true
      ? await listMailboxes(session).then(mutedPlaces, () => [])
      : [];
  const below = change.conversations === true ? Infinity : change.conversations.below;
  let lookups = 0;
  for (const ref of change.messages) {
    if (looked.has(nameOf(ref))) continue; // It belongs to one that was found.
    if ((lookups += 1) > mostLookedFor) break;
    for (const found of await findRefs(session, ref, places)) {
      looked.add(nameOf(found));
      if (found.uid < below && !messages.has(nameOf(found))) messages.set(nameOf(found), found);
    }
  }
  return { ...change, messages: [...messages.values()].slice(0, mostMessages) };
}

async function findRefs(session: ImapSession, ref: MessageRef, places: readonly MailboxPath[]): Promise<MessageRef[]> {
  const here = await findConversation(session.search, ref).catch(() => null);
  if (!here) return [];
  const refs = refsOf(ref.mailbox, here);
  for (const path of places) {
    if (path === ref.mailbox) continue;
    const found = await findElsewhere(session.search, path, here.name).catch(() => null);
    if (found) refs.push(...refsOf(path, found));
  }
  return refs;
}

function refsOf(mailbox: MailboxPath, { uidValidity, rows }: FoundMessages): MessageRef[] {
  return rows.map(({ summary }) => ({ mailbox, uidValidity, uid: summary.uid }));
}

function nameOf({ mailbox, uidValidity, uid }: MessageRef): string {
  return `${uid} ${uidValidity} ${mailbox}`;
}
