import { useEffect, useRef, useState } from 'react';
import type { MouseEvent, ReactNode } from 'react';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { aimedAtRows } from '#components/commands/run-command.ts';
import { lazyPart } from '#components/ui/lazy-part.tsx';
import type { MenuPlace } from '#components/ui/menu.tsx';
import type { ListRow } from '#lib/client/message-list/message-list.ts';

const RowMenu = lazyPart(async () => (await import('./row-menu.tsx')).RowMenu);

interface RowMenus {
  openMenu(row: ListRow, at: MenuPlace): void;
  onContextMenu(row: ListRow, event: MouseEvent<HTMLElement>): void;
  /** The menu, while it is open. */
  menu: ReactNode;
}

/** The context menu of rows. In the selection it belongs to all that is selected, elsewhere to its row, which then has the focus. */
export function useRowMenu(): RowMenus {
  const context = useMailContext();
  const [open, setOpen] = useState<{ row: ListRow; at: MenuPlace } | null>(null);
  const latest = useRef(context);
  useEffect(() => {
    latest.current = context;
  });
  const [openers] = useState(() => {
    const openMenu = (row: ListRow, at: MenuPlace) => {
      latest.current.selection.setFocus(row.id, true);
      setOpen({ row, at });
    };
    return {
      openMenu,
      onContextMenu(row: ListRow, event: MouseEvent<HTMLElement>) {
        event.preventDefault();
        // A finger held down selects; its verbs stand in the toolbar then.
        if ('pointerType' in event.nativeEvent && event.nativeEvent.pointerType === 'touch') return;
        openMenu(row, { x: event.clientX, y: event.clientY });
      },
    };
  });
  const isOfSelection = open !== null && context.list.idsOf(open.row.id).some((id) => context.selection.ids.has(id));
  const now = open && (context.list.rowAt(context.list.indexOf(open.row.id) ?? 0) ?? open.row);
  return {
    ...openers,
    menu: open ? (
      <RowMenu
        context={now && !isOfSelection ? aimedAtRows(context, [now]) : context}
        at={open.at}
        onClose={() => setOpen(null)}
      />
    ) : null,
  };
}
