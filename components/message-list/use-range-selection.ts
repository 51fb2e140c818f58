import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { showToast } from '#lib/client/toasts.ts';
import type { MessageList } from '#lib/client/use-message-list.ts';
import type { Selection } from '#lib/client/use-selection.ts';

/** Rows a range may hold: what the browser holds at once. */
const maxRange = 1_000;

/** Selects from the anchor to a message, both included. Rows that are not loaded are read, but not part of it. */
export function useRangeSelection(list: MessageList, selection: Selection): (toUid: number) => void {
  const t = useTranslations('list');
  return useCallback(
    (toUid) => {
      const anchor = selection.anchor ?? selection.focusUid ?? toUid;
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
      if (uids.length < last - first + 1) list.show(first, last);
      selection.select(uids, anchor);
    },
    [list, selection, t],
  );
}
