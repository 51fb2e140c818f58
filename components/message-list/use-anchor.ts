import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ListRow, MessageList } from '#lib/client/message-list/message-list.ts';
import type { useRowWindow } from './use-row-window.ts';

interface Anchor {
  mailbox: string;
  messages: number;
  rowHeight: number;
  /** Rows in sight and where each stood; the first that is still there decides. */
  rows: (Pick<ListRow, 'id' | 'ref'> & { index: number })[];
}

/**
 * Keeps what is looked at where it is: when rows come or go above, the content is scrolled by as much. The focused row decides when
 * it is in sight, else the topmost that stayed. At the very top new mail slides in, unless the pointer or the focus is in the
 * list. Answers how many arrived out of sight above.
 */
export function useAnchor(
  mailbox: string,
  list: MessageList,
  focusId: number | null,
  window: ReturnType<typeof useRowWindow>,
  isHeld: () => boolean,
) {
  const { rowHeight, shown, currentOffset, scrollToOffset } = window;
  const anchor = useRef<Anchor | null>(null);
  const [above, setAbove] = useState(0);

  useLayoutEffect(() => {
    const kept = anchor.current;
    if (!kept || kept.mailbox !== mailbox || list.status !== 'ready') return;
    const shift = shiftOf(kept, list);
    // In rows, so that it holds when the rows became higher or lower. A scroll on its way is kept: only what moved is added.
    const before = currentOffset();
    const offset = (before / kept.rowHeight + shift) * rowHeight;
    const mayStay = before === 0 && shift > 0 && !isHeld();
    if (Math.abs(offset - before) < 1 || mayStay) return;
    scrollToOffset(offset);
    anchor.current = null;
    if (shift > 0) setAbove((count) => count + Math.max(0, list.messages - kept.messages));
  }, [list, mailbox, rowHeight, currentOffset, scrollToOffset, isHeld]);

  // Remembered after every render, that is after every scroll as well.
  useEffect(() => {
    const rows: Anchor['rows'] = [];
    for (let index = shown.first + 1; index <= shown.last + 1; index += 1) {
      const row = list.rowAt(index);
      if (!row) continue;
      const { id, ref } = row;
      if (id === focusId) rows.unshift({ id, ref, index });
      else rows.push({ id, ref, index });
    }
    anchor.current = { mailbox, messages: list.messages, rowHeight, rows };
  });

  const isAtTop = window.drawn.first === 0 && currentOffset() < rowHeight;
  if (isAtTop && above > 0) setAbove(0);

  return above;
}

/** By how many rows the content moved down. */
function shiftOf(kept: Anchor, list: MessageList): number {
  for (const row of kept.rows) {
    const now = list.placeOf(row);
    if (now !== null) return now - row.index;
  }
  return 0;
}
