import { useCallback, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { showToast } from '#lib/client/toasts.ts';
import type { MessageList } from '#lib/client/message-list/message-list.ts';
import type { Selection } from '#lib/client/message-list/use-selection.ts';
import { isMailError } from '#lib/errors.ts';

/**
 * Selects from the anchor to a row (1 is the newest), both included, at any length. Which messages lie in between is asked of
 * the server where they are not loaded; they join, unless something else was selected meanwhile.
 */
export function useRangeSelection(list: MessageList, selection: Selection): (toRowIndex: number) => void {
  const errors = useTranslations('errors');
  const latest = useRef({ list, selection });
  useEffect(() => {
    latest.current = { list, selection };
  });
  return useCallback(
    (toRowIndex) => {
      const { list: now, selection: held } = latest.current;
      const anchor = held.anchor ?? held.focusId;
      const from = anchor === null ? toRowIndex : now.indexOf(anchor);
      const start = from ?? toRowIndex; // An anchor that is no longer there begins anew.
      const [first, last] = start < toRowIndex ? [start, toRowIndex] : [toRowIndex, start];
      const ids: number[] = [];
      let isWhole = true;
      for (let index = first; index <= last && isWhole; index += 1) {
        const row = now.rowAt(index);
        if (row) ids.push(...now.idsOf(row.id));
        else isWhole = false;
      }
      const anchorId = anchor !== null && from !== null ? anchor : now.rowAt(toRowIndex)?.id;
      if (isWhole) return held.select(ids, anchorId);
      if (anchorId === undefined) return;
      now.idsBetween(first, last).then(
        (ranges) => {
          const isOther = latest.current.selection.anchor !== held.anchor;
          if (!isOther) latest.current.selection.selectRanges(ranges, anchorId);
        },
        (error: unknown) => {
          const code = isMailError(error) ? error.code : 'unexpected';
          showToast({ kind: 'error', text: errors('changeFailed', { reason: errors(code) }) });
        },
      );
    },
    [errors],
  );
}
