import { useEffect, useRef } from 'react';
import { isFocusFree } from '#lib/client/is-focus-free.ts';
import type { Selection } from '#lib/client/message-list/use-selection.ts';

/** Where the message took the list's place, coming back to the list is coming back to that message's row. */
export function useReturnFocus(openId: number | null, selection: Selection): void {
  const last = useRef(openId);
  useEffect(() => {
    const closed = openId === null ? last.current : null;
    last.current = openId;
    if (closed !== null && isFocusFree()) selection.setFocus(closed, true);
  }, [openId, selection]);
}
