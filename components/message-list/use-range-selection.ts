import { useCallback, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { showToast } from '#lib/client/toasts.ts';
import type { MessageList } from '#lib/client/use-message-list.ts';
import type { Selection } from '#lib/client/use-selection.ts';

/** Rows a range may hold: what the browser holds at once. */
const maxRange = 1_000;

/**
 * Selects from the anchor to a message, both included. Rows that are not loaded yet are read and join, unless something
 * else was selected meanwhile.
 */
export function useRangeSelection(list: MessageList, selection: Selection): (toUid: number) => void {
  const t = useTranslations('list');
  const waiting = useRef<{ anchor: number; toUid: number; selected: number } | null>(null);
  const selectRange = useCallback(
    (toUid: number, anchor: number) => {
      waiting.current = null;
      const from = list.indexOf(anchor);
      const to = list.indexOf(toUid);
      if (from === null || to === null) return selection.select([toUid], toUid);
      const [first, last] = from < to ? [from, to] : [to, from];
      if (last - first >= maxRange) return showToast({ kind: 'info', text: t('rangeTooLong', { count: maxRange }) });
      const uids: number[] = [];
      for (let index = first; index <= last; index += 1) {
        const row = list.rowAt(index);
        if (row) uids.push(row.uid);
      }
      selection.select(uids, anchor);
      if (uids.length === last - first + 1) return;
      waiting.current = { anchor, toUid, selected: uids.length };
      list.show(first, last);
    },
    [list, selection, t],
  );

  useEffect(() => {
    const wanted = waiting.current;
    if (!wanted) return;
    if (selection.uids.size !== wanted.selected || selection.anchor !== wanted.anchor) waiting.current = null;
    else if (list.indexOf(wanted.toUid) !== null && hasMore(list, wanted)) selectRange(wanted.toUid, wanted.anchor);
  }, [list, selection, selectRange]);

  return useCallback(
    (toUid) => selectRange(toUid, selection.anchor ?? selection.focusUid ?? toUid),
    [selectRange, selection.anchor, selection.focusUid],
  );
}

/** Whether more rows of the range are loaded than were selected. */
function hasMore(
  list: MessageList,
  { anchor, toUid, selected }: { anchor: number; toUid: number; selected: number },
): boolean {
  const from = list.indexOf(anchor);
  const to = list.indexOf(toUid);
  if (from === null || to === null) return false;
  let loaded = 0;
  for (let index = Math.min(from, to); index <= Math.max(from, to); index += 1) if (list.rowAt(index)) loaded += 1;
  return loaded > selected;
}
