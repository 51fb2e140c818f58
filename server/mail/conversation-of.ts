import 'server-only';
import { isMailError } from '#lib/errors.ts';
import type { Conversation, ConversationPlace } from '#lib/mail/conversation.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { findConversation, findElsewhere } from '#server/imap/find-conversation.ts';
import type { ConversationName, FoundMessages } from '#server/imap/find-conversation.ts';
import type { Lane } from '#server/imap/lane.ts';
import { listMailboxes } from '#server/imap/list-mailboxes.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { toSummary } from './to-summary.ts';

/** Mailboxes looked through besides the message's own, at most. */
const mostMailboxes = 200;
/** Nothing further is begun after so long. Milliseconds. */
const budgetMs = 8_000;
/** Where a person's own answers and what they filed lie; the first are looked through first. */
const order = ['sent', 'inbox', 'all', 'archive'];
const leftOut = ['drafts', 'junk', 'trash', 'flagged', 'important'];

/**
 * A message's conversation: what lies in its mailbox, and the person's own answers and copies in the others. `elsewhere` false: only its
 * own mailbox is looked at. Throws a MailError: message-missing, mailbox-changed, mailbox-missing.
 */
export async function conversationOf(
  session: ImapSession,
  ref: MessageRef,
  { elsewhere = true, signal }: { elsewhere?: boolean; signal?: AbortSignal } = {},
): Promise<Conversation> {
  const end = Date.now() + budgetMs;
  const here = await findConversation(session.search, ref, signal);
  const places = [toPlace(ref.mailbox, here)];
  if (!elsewhere) return { places, looked: [], isWhole: !here.isCut };
  const others = mailboxesToLookAt(await listMailboxes(session, signal), ref.mailbox);
  const looked = others.slice(0, mostMailboxes).map(({ path }) => path);
  const waiting = others.slice(0, mostMailboxes).filter(({ counts }) => counts?.messages !== 0);
  const found = new Map<string, ConversationPlace>();
  let isWhole = !here.isCut && others.length <= mostMailboxes;

  async function work(lane: Lane, index: number, name: ConversationName): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (Date.now() > end) {
        isWhole = false;
        return;
      }
      try {
        const there = await findElsewhere(lane, next.path, name, signal);
        if (there.isCut) isWhole = false;
        if (there.rows.length > 0) found.set(next.path, toPlace(next.path, there));
      } catch (error) {
        if (signal?.aborted || !isMailError(error)) throw error;
        if (index > 0 && error.code === 'too-many-connections') {
          waiting.unshift(next); // Somebody needs the place; the first lane goes on alone.
          return;
        }
        isWhole = false; // What the others hold is still worth showing.
      }
    }
  }
  await Promise.all(session.searchLanes(waiting.length).map((lane, index) => work(lane, index, here.name)));
  return { places: [...places, ...looked.flatMap((path) => found.get(path) ?? [])], looked, isWhole };
}

/** Where a server has one mailbox of everything, that is enough. */
function mailboxesToLookAt(mailboxes: readonly Mailbox[], own: string): Mailbox[] {
  const place = ({ role }: Mailbox) => (role && order.includes(role) ? order.indexOf(role) : order.length);
  const chosen = mailboxes
    .filter(({ path, selectable, role }) => selectable && path !== own && !leftOut.includes(role ?? ''))
    .sort((a, b) => place(a) - place(b));
  const all = chosen.filter(({ role }) => role === 'all');
  return all.length > 0 ? all : chosen;
}

function toPlace(mailbox: string, { uidValidity, rows }: FoundMessages): ConversationPlace {
  return { mailbox, uidValidity, rows: rows.map(toSummary) };
}
