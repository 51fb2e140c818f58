/**
 * Which messages of an opened conversation are folded to one line. A choice lasts: what was shown whole stays so when it was read, and what
 * the person folded stays folded.
 */
export type Folding = ReadonlyMap<string, boolean>;

interface Message {
  key: string;
  isUnread: boolean;
}

/** Messages that unfold by themselves at once, at most: the newest of them. */
const most = 8;

/** Decides for messages that were not there before, oldest first: what is unread is shown, and so is the newest, and what was asked for. */
export function withArrived(folding: Folding, messages: readonly Message[], asked: string): Folding {
  const arrived = messages.filter(({ key }) => !folding.has(key));
  if (arrived.length === 0) return folding;
  const newest = messages.at(-1)?.key;
  const next = new Map(folding);
  let left = most;
  for (const { key, isUnread } of arrived.toReversed()) {
    const isShown = key === newest || key === asked || (isUnread && left > 0);
    if (isShown) left -= 1;
    next.set(key, isShown);
  }
  return next;
}

/** The message to bring into sight at first: the newest unread, else the newest. */
export function firstInView(messages: readonly Message[]): string | null {
  return (messages.findLast(({ isUnread }) => isUnread) ?? messages.at(-1))?.key ?? null;
}
