import type { KeyboardEvent } from 'react';
import { rowRefOf } from '#lib/client/message-list/message-list.ts';
import type { ListRow, MessageList } from '#lib/client/message-list/message-list.ts';
import type { Selection } from '#lib/client/message-list/use-selection.ts';
import type { MessageRef } from '#lib/mail/message.ts';

interface GridKeys {
  list: MessageList;
  selection: Selection;
  /** Rows that fit on the screen. */
  page: number;
  /** Brings a row (1 is the newest) into sight and the focus into it, also one that is still to be loaded. */
  goTo(rowIndex: number): void;
  selectRange(toRowIndex: number): void;
  /** Selects also what is not loaded; null while not all that is loaded is selected. */
  selectWhole: (() => void) | null;
  openMenu(row: ListRow, at: Element): void;
  open(message: MessageRef): void;
}

/** The keyboard of ARIA's grid pattern inside the list; letters are commands (components/commands). */
export function useGridKeys({ list, selection, page, goTo, selectRange, selectWhole, openMenu, open }: GridKeys) {
  return (event: KeyboardEvent<HTMLElement>): void => {
    const index = selection.focusId === null ? 1 : (list.indexOf(selection.focusId) ?? 1);
    const focused = selection.focusId === null ? null : rowRefOf(list, selection.focusId);
    const isCommand = event.ctrlKey || event.metaKey;
    // The box and the star of a row have keys of their own.
    const isControl = event.target instanceof Element && event.target.closest('button, input') !== null;
    if (event.altKey || (isControl && (event.key === ' ' || event.key === 'Enter'))) return;
    if (isCommand && event.key.toLowerCase() === 'a') {
      if (selectWhole) selectWhole();
      else selection.select(list.loaded().flatMap(({ id }) => list.idsOf(id)));
      event.preventDefault();
      return;
    }
    const element = event.target instanceof Element ? event.target.closest('[role=row]') : null;
    if (element && (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) {
      const row = list.rowAt(index);
      if (row) openMenu(row, element);
      event.preventDefault();
      return;
    }
    const target = targetOf(event.key, index, list.messages, page);
    if (target !== null) {
      const row = Math.min(Math.max(1, target), list.messages);
      if (event.shiftKey) {
        if (selection.anchor === null && selection.focusId !== null) selection.select([], selection.focusId);
        selectRange(row);
      }
      if (list.messages > 0) goTo(row);
    } else if (event.key === 'Enter' && focused) open(focused);
    else if (event.key === ' ' && selection.focusId !== null)
      selection.toggle(selection.focusId, list.idsOf(selection.focusId));
    else return;
    event.preventDefault();
  };
}

function targetOf(key: string, index: number, messages: number, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return index + 1;
    case 'ArrowUp':
      return index - 1;
    case 'PageDown':
      return index + page;
    case 'PageUp':
      return index - page;
    case 'Home':
      return 1;
    case 'End':
      return messages;
    default:
      return null;
  }
}
