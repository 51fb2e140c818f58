import { useCallback, useEffect, useRef } from 'react';
import type { PointerEvent } from 'react';
import type { CommandContext } from '#components/commands/command.ts';
import { canDrop } from '#lib/client/can-drop.ts';
import { watchForDrag } from '#lib/client/drag.ts';
import type { ListRow } from '#lib/client/message-list.ts';

const atOnce = 1000;

/** Rows dragged onto mailboxes: the whole selection where the row is part of it, else the row. Ctrl or Cmd copies. */
export function useGrab(context: CommandContext): (row: ListRow, event: PointerEvent) => void {
  const latest = useRef(context);
  useEffect(() => {
    latest.current = context;
  });
  return useCallback((row, event) => {
    // The box and the star of a row are pressed, not dragged.
    if (event.target instanceof Element && event.target.closest('button, input')) return;
    watchForDrag(
      event,
      () => {
        const { selection, target } = latest.current;
        return { kind: 'messages', messages: selection.ids.has(row.id) ? target.messages : [row.ref] };
      },
      ({ what, over, isCopy }) => {
        const { mailboxes, change } = latest.current;
        const to = mailboxes.find(({ path }) => path === over);
        if (what.kind !== 'messages' || !to || !canDrop(what, to)) return;
        for (let start = 0; start < what.messages.length; start += atOnce) {
          const messages = what.messages.slice(start, start + atOnce);
          change({ type: isCopy ? 'copy' : 'move', messages, to: to.path });
        }
      },
    );
  }, []);
}
