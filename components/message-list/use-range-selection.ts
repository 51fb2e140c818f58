import { useCallback, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { showToast } from '#lib/client/toasts.ts';
import type { MessageList } from '#lib/client/message-list.ts';
import type { Selection } from '#lib/client/use-selection.ts';

/** Rows a range may hold: what the browser holds at once. */
const maxRange = 1_000;

/**
 * Selects from the anchor to a message, both included. Rows that are not loaded yet are read and join, unless something
 * else was selected meanwhile.
 */
export function useRangeSelection(list: MessageList, selection: Selection): (toId: number) => void {
  const t = useTranslations('list');
  const waiting = useRef<{ anchor: number; toId: number; selected: number } | null>(null);
  const selectRange = useCallback(
    (toId: number, anchor: number) => {
      waiting.current = null;
      const from = list.indexOf(anchor);
      const to = list.indexOf(toId);
      if (from === null || to === null) return selection.select([toId], toId);
      const [first, last] = from < to ? [from, to] : [to, from];
      if (last - first >= maxRange) return showToast({ kind: 'info', text: t('rangeTooLong', { count: maxRange }) });
      const ids: number[] = [];
      for (let index = first; index <= last; index += 1) {
        const row = list.rowAt(index);
        if (row) ids.push(row.id);
      }
      selection.select(ids, anchor);
      if (ids.length === last - first + 1) return;
      waiting.current = { anchor, toId, selected: ids.length };
      list.show(first, last);
    },
    [list, selection, t],
  );

  useEffect(() => {
    const wanted = waiting.current;
    if (!wanted) return;
    if (selection.ids.size !== wanted.selected || selection.anchor !== wanted.anchor) waiting.current = null;
    else if (list.indexOf(wanted.toId) !== null && hasMore(list, wanted)) selectRange(wanted.toId, wanted.anchor);
  }, [list, selection, selectRange]);

  return useCallback(
    (toId) => selectRange(toId, selection.anchor ?? selection.focusId ?? toId),
    [selectRange, selection.anchor, selection.focusId],
  );
}

/** Whether more rows of the range are loaded than were selected. */
function hasMore(
  list: MessageList,
  { anchor, toId, selected }: { anchor: number; toId: number; selected: number },
): boolean {
  const from = list.indexOf(anchor);
  const to = list.indexOf(toId);
  if (from === null || to === null) return false;
  let loaded = 0;
  for (let index = Math.min(from, to); index <= Math.max(from, to); index += 1) if (list.rowAt(index)) loaded += 1;
  return loaded > selected;
}
