import { useCallback, useLayoutEffect, useRef } from 'react';
import type { MessageList } from '#lib/client/message-list/message-list.ts';
import type { Selection } from '#lib/client/message-list/use-selection.ts';
import type { useRowWindow } from './use-row-window.ts';

/**
 * Moves the browser's focus to rows: to one asked for by its index (also one that is still to be loaded), to one a command asked
 * for, and on to the neighbour when the focused row goes. Answers the function that asks by index, 1 being the newest.
 */
export function useRowFocus(list: MessageList, selection: Selection, window: ReturnType<typeof useRowWindow>) {
  const { scroller, revealRow } = window;
  const wanted = useRef<number | null>(null);
  const lastIndex = useRef<number | null>(null);
  const handled = useRef(selection.focusRequests);
  const hadFocus = useRef(false);

  // Before the frame is drawn: the focus is never seen to be nowhere.
  useLayoutEffect(() => {
    const grid = scroller.current;
    if (!grid || list.status !== 'ready') return;
    const { focusId } = selection;
    const index = focusId === null ? null : list.indexOf(focusId);
    const isLost = focusId !== null && index === null && lastIndex.current !== null;
    if (isLost && hadFocus.current && list.messages > 0 && wanted.current === null) {
      wanted.current = Math.min(lastIndex.current ?? 1, list.messages);
    }
    if (index !== null) lastIndex.current = index;
    if (wanted.current !== null) {
      const row = list.rowAt(wanted.current);
      if (row && index !== wanted.current) return selection.setFocus(row.id, true);
      if (row) wanted.current = null;
    }
    if (handled.current !== selection.focusRequests && index !== null) {
      revealRow(index - 1);
      const element = grid.querySelector<HTMLElement>(`[data-id="${list.rowAt(index)?.id ?? focusId}"]`);
      if (!element) return; // Drawn in the next render: the focused row always is.
      handled.current = selection.focusRequests;
      element.focus({ preventScroll: true });
    }
    // A row's menu is the row's as well.
    hadFocus.current = document.activeElement?.closest('#messages, [role=menu]') != null;
  });

  return useCallback(
    (rowIndex: number) => {
      wanted.current = rowIndex;
      revealRow(rowIndex - 1);
      const row = list.rowAt(rowIndex);
      if (row) selection.setFocus(row.id, true);
    },
    [list, selection, revealRow],
  );
}
