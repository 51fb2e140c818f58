import 'server-only';
import { isMailError } from '#lib/errors.ts';
import type { Conversation, ConversationPlace, OlderMessages } from '#lib/mail/conversation.ts';
import type { Mailbox, MailboxPath } from '#lib/mail/mailbox.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { findConversation, findElsewhere, findOlder, mayBeOlder } from '#server/imap/find-conversation.ts';
import type { FoundMessages } from '#server/imap/find-conversation.ts';
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
  const own = toPlace(ref.mailbox, here);
  if (!elsewhere) return { places: [own], looked: [], isWhole: !here.isCut, mayBeOlder: false };
  const { found, looked, isWhole } = await lookThrough(
    session,
    ref.mailbox,
    end,
    (lane, path) => findElsewhere(lane, path, here.name, signal),
    signal,
  );
  return {
    places: [own, ...placesOf(found, looked)],
    looked,
    isWhole: isWhole && !here.isCut,
    mayBeOlder: mayBeOlder(here.name, [here, ...found.values()]),
  };
}

/** What of a message's conversation lies elsewhere and came a year before all that is in its mailbox. Throws a MailError. */
export async function olderOf(session: ImapSession, ref: MessageRef, signal?: AbortSignal): Promise<OlderMessages> {
  const end = Date.now() + budgetMs;
  const { name } = await findConversation(session.search, ref, signal);
  const { found, looked, isWhole } = await lookThrough(
    session,
    ref.mailbox,
    end,
    (lane, path) => findOlder(lane, path, name, end, signal),
    signal,
  );
  return { places: placesOf(found, looked), isWhole };
}

interface Look {
  found: Map<string, FoundMessages>;
  looked: MailboxPath[];
  /** False where not all could be looked through, or not all is told. */
  isWhole: boolean;
}

/** Looks into each mailbox but the message's own, side by side. */
async function lookThrough(
  session: ImapSession,
  own: MailboxPath,
  end: number,
  look: (lane: Lane, path: MailboxPath) => Promise<FoundMessages>,
  signal?: AbortSignal,
): Promise<Look> {
  const others = mailboxesToLookAt(await listMailboxes(session, signal), own);
  const looked = others.slice(0, mostMailboxes).map(({ path }) => path);
  const waiting = others.slice(0, mostMailboxes).filter(({ counts }) => counts?.messages !== 0);
  const found = new Map<string, FoundMessages>();
  let isWhole = others.length <= mostMailboxes;

  async function work(lane: Lane, index: number): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (Date.now() > end) {
        isWhole = false;
        return;
      }
      try {
        const there = await look(lane, next.path);
        if (there.isCut) isWhole = false;
        if (there.rows.length > 0) found.set(next.path, there);
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
  await Promise.all(session.searchLanes(waiting.length).map(work));
  return { found, looked, isWhole };
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

function placesOf(found: ReadonlyMap<string, FoundMessages>, order: readonly MailboxPath[]): ConversationPlace[] {
  return order.flatMap((path) => {
    const there = found.get(path);
    return there ? toPlace(path, there) : [];
  });
}

function toPlace(mailbox: string, { uidValidity, rows }: FoundMessages): ConversationPlace {
  return { mailbox, uidValidity, rows: rows.map(toSummary) };
}
