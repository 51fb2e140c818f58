import { useCallback, useEffect, useRef } from 'react';
import type { PointerEvent } from 'react';
import type { CommandContext } from '#components/commands/command.ts';
import { changeTarget } from '#components/commands/change-target.ts';
import { leaveMailbox } from '#components/commands/leave-mailbox.ts';
import { targetOfListRows } from '#components/commands/target.ts';
import { canDrop } from '#lib/client/mailbox/can-drop.ts';
import { watchForDrag } from '#lib/client/drag.ts';
import type { ListRow } from '#lib/client/message-list/message-list.ts';

/** Rows dragged onto mailboxes: the whole selection where the row is part of it, else the row. Ctrl or Cmd copies. */
export function useGrab(context: CommandContext): (row: ListRow, event: PointerEvent) => void {
  const latest = useRef(context);
  useEffect(() => {
    latest.current = context;
  });
  return useCallback((row, event) => {
    // The box and the star of a row are pressed, not dragged.
    if (event.target instanceof Element && event.target.closest('button, input')) return;
    let dragged = targetOfListRows(latest.current.list, [row]);
    watchForDrag(
      event,
      () => {
        const { list, selection, target } = latest.current;
        if (list.idsOf(row.id).some((id) => selection.ids.has(id))) dragged = target;
        return { kind: 'messages', messages: dragged.messages };
      },
      ({ what, over, isCopy }) => {
        const to = latest.current.mailboxes.find(({ path }) => path === over);
        if (what.kind !== 'messages' || !to || !canDrop(what, to)) return;
        const context = { ...latest.current, target: dragged };
        const { path } = to;
        if (!isCopy) return leaveMailbox(context, (messages) => ({ type: 'move', messages, to: path }));
        changeTarget(context, (messages) => ({ type: 'copy', messages, to: path }));
      },
    );
  }, []);
}
