import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { MessageList } from '#lib/client/use-message-list.ts';
import type { useRowWindow } from './use-row-window.ts';

/**
 * Keeps what is looked at where it is: when rows come or go above, the content is scrolled by as much. At the very top new mail
 * slides in, unless the pointer or the focus is in the list. Answers how many arrived out of sight above.
 */
export function useAnchor(
  mailbox: string,
  list: MessageList,
  window: ReturnType<typeof useRowWindow>,
  isHeld: () => boolean,
) {
  const { rowHeight, currentOffset, scrollToOffset } = window;
  const anchor = useRef<{ mailbox: string; uid: number; within: number; messages: number } | null>(null);
  const [above, setAbove] = useState(0);

  useLayoutEffect(() => {
    const kept = anchor.current;
    if (!kept || kept.mailbox !== mailbox || list.status !== 'ready') return;
    const index = list.indexOf(kept.uid);
    if (index === null) return;
    const offset = (index - 1) * rowHeight + kept.within;
    const shift = offset - currentOffset();
    const mayStay = currentOffset() === 0 && shift > 0 && !isHeld();
    if (Math.abs(shift) < 1 || mayStay) return;
    scrollToOffset(offset);
    if (shift > 0) setAbove((count) => count + Math.max(0, list.messages - kept.messages));
  }, [list, mailbox, rowHeight, currentOffset, scrollToOffset, isHeld]);

  // Remembered after every render, that is after every scroll as well.
  useEffect(() => {
    const offset = currentOffset();
    const index = Math.floor(offset / rowHeight) + 1;
    const row = list.rowAt(index);
    anchor.current = row
      ? { mailbox, uid: row.uid, within: offset - (index - 1) * rowHeight, messages: list.messages }
      : null;
  });

  const isAtTop = window.drawn.first === 0 && currentOffset() < rowHeight;
  if (isAtTop && above > 0) setAbove(0);

  return above;
}
