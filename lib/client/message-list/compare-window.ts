import type { MessageSummary, MessageWindow } from '#lib/mail/message.ts';
import type { ListState } from './list-state.ts';

/** Messages of a window that the state holds otherwise: another keyword, another place, missing, or there and gone. */
export function countDifferences(state: ListState, window: MessageWindow): number {
  const last = window.firstPosition + window.rows.length - 1;
  const there = new Map(window.rows.map((row, index) => [row.uid, { row, position: window.firstPosition + index }]));
  let different = 0;
  for (const { uid, position } of state.entries) {
    const found = there.get(uid);
    there.delete(uid);
    if (found) {
      const keywords = state.rows.get(uid)?.keywords ?? [];
      const isSame =
        keywords.length === found.row.keywords.length && keywords.every((one) => found.row.keywords.includes(one));
      if (position !== found.position || !isSame) different += 1;
    } else if (position >= window.firstPosition && position <= last) different += 1;
  }
  // Rows the state had not loaded are no repair, rows it lacks in between are; the counts tell which.
  const counts = state.messages !== window.messages || state.unseen !== window.unseen;
  return different + (different === 0 && counts ? 1 : 0);
}

/** Which message of the old state is which of the new, after a mailbox was made again: by the server's name for it, else by Message-ID. */
export function pairMessages(old: ListState, fresh: ListState): Map<number, number> {
  const byName = new Map([...fresh.rows.values()].flatMap((row) => namesOf(row).map((name) => [name, row.uid])));
  const pairs = new Map<number, number>();
  for (const row of old.rows.values()) {
    const now = namesOf(row)
      .map((name) => byName.get(name))
      .find((uid) => uid !== undefined);
    if (now !== undefined) pairs.set(row.uid, now);
  }
  return pairs;
}

/** The surest first; no EMAILID looks like a Message-ID. */
function namesOf({ emailId, messageId }: MessageSummary): string[] {
  return [...(emailId ? [`emailid ${emailId}`] : []), ...(messageId ? [messageId] : [])];
}
