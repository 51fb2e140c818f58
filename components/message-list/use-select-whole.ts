import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { showToast } from '#lib/client/toasts.ts';
import type { MessageList } from '#lib/client/message-list/message-list.ts';
import type { Selection } from '#lib/client/message-list/use-selection.ts';
import { isMailError } from '#lib/errors.ts';

/**
 * Once all loaded rows are selected and there are more: selects every message of the list, as many as there are at this moment.
 * `offer` is null while it is not to be offered.
 */
export function useSelectWhole(list: MessageList, selection: Selection): { offer: (() => void) | null } {
  const errors = useTranslations('errors');
  return useMemo(() => {
    const { ids } = selection;
    if (ids.size === 0 || ids.size >= list.total) return { offer: null };
    if (!list.loaded().every(({ id }) => list.idsOf(id).every((one) => ids.has(one)))) return { offer: null };
    return {
      offer() {
        list.idsBetween(1, list.messages).then(
          (ranges) => selection.selectRanges(ranges),
          (error: unknown) => {
            const code = isMailError(error) ? error.code : 'unexpected';
            showToast({ kind: 'error', text: errors('changeFailed', { reason: errors(code) }) });
          },
        );
      },
    };
  }, [list, selection, errors]);
}
