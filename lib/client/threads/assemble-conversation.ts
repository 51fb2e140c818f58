import type { ConversationPlace } from '#lib/mail/conversation.ts';
import type { MessageRef, MessageSummary } from '#lib/mail/message.ts';

/** A message of an opened conversation. */
export interface ConversationMessage extends MessageSummary {
  ref: MessageRef;
  /** Whether it lies in the mailbox that is looked at. */
  isHere: boolean;
}

/**
 * The messages of a conversation, oldest to newest, each once: what lies `here` before its copies, then in the order of the places.
 * Two are the same where their Message-IDs are (RFC 5322 section 3.6.4); one without is nobody's copy.
 */
export function assembleConversation(
  here: readonly ConversationMessage[],
  places: readonly ConversationPlace[],
): ConversationMessage[] {
  const own = here[0]?.ref.mailbox;
  const elsewhere = places.flatMap(({ mailbox, uidValidity, rows }) =>
    mailbox === own ? [] : rows.map((row) => ({ ...row, ref: { mailbox, uidValidity, uid: row.uid }, isHere: false })),
  );
  const known = new Set<string>();
  const messages: ConversationMessage[] = [];
  for (const message of [...here, ...elsewhere]) {
    const { messageId, isHere } = message;
    // Two with one id in the mailbox itself both stay: each has a row of its own, and what is done is done to both.
    if (messageId !== null && !isHere && known.has(messageId)) continue;
    if (messageId !== null) known.add(messageId);
    messages.push(message);
  }
  const byAge = messages.sort(
    (a, b) =>
      a.receivedAt.localeCompare(b.receivedAt) || (a.sentAt ?? '').localeCompare(b.sentAt ?? '') || a.uid - b.uid,
  );
  return [...Map.groupBy(byAge, ({ receivedAt }) => receivedAt).values()].flatMap(answersLast);
}

/** Within one second an answer still follows what it answers; a circle stays as it is. */
function answersLast(moment: ConversationMessage[]): ConversationMessage[] {
  const left = [...moment];
  const ids = new Set(left.map(({ messageId }) => messageId));
  const ordered: ConversationMessage[] = [];
  while (left.length > 0) {
    const isFree = ({ answers = [], messageId }: ConversationMessage) =>
      !answers.some((id) => id !== messageId && ids.has(id));
    const [next] = left.splice(Math.max(0, left.findIndex(isFree)), 1);
    if (!next) break;
    ids.delete(next.messageId);
    ordered.push(next);
  }
  return ordered;
}

/** A message's name in one string. */
export function conversationKey({ mailbox, uidValidity, uid }: MessageRef): string {
  return `${uidValidity} ${uid} ${mailbox}`;
}
