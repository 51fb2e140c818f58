import { useEffect } from 'react';
import type { RefObject } from 'react';
import { canDrop } from '#lib/client/mailbox/can-drop.ts';
import { useDrag } from '#lib/client/drag.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { TreeNode } from './tree-nodes.ts';

/** Milliseconds that something is held over a folded mailbox until it opens. */
const unfoldMs = 700;
/** Pixels from the tree's upper and lower edge in which it scrolls, and how far in a frame. */
const edge = 36;
const step = 8;

/**
 * The tree while something is dragged over it: folded mailboxes open under the pointer, and it scrolls at its edges. Answers the mailbox
 * that would take what is dragged; null: none.
 */
export function useDrop(
  nodes: readonly TreeNode[],
  list: RefObject<HTMLElement | null>,
  unfold: (path: MailboxPath) => void,
): MailboxPath | null {
  const drag = useDrag();
  const over = drag?.over ?? null;
  const node = over === null ? undefined : nodes.find(({ mailbox }) => mailbox.path === over);
  const isFolded = node?.isParent === true && !node.isExpanded;

  useEffect(() => {
    if (over === null || !isFolded) return;
    const timer = setTimeout(() => unfold(over), unfoldMs);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `unfold` is another at every render; the time runs from when the pointer came
  }, [over, isFolded]);

  const isDragging = drag !== null;
  const y = drag?.y ?? 0;
  useEffect(() => {
    const scroller = list.current?.parentElement;
    if (!isDragging || !scroller) return;
    const { top, bottom } = scroller.getBoundingClientRect();
    const by = y > top && y < top + edge ? -step : y < bottom && y > bottom - edge ? step : 0;
    if (by === 0) return;
    const timer = setInterval(() => scroller.scrollBy(0, by), 16);
    return () => clearInterval(timer);
  }, [isDragging, y, list]);

  return drag && node && canDrop(drag.what, node.mailbox) ? node.mailbox.path : null;
}
