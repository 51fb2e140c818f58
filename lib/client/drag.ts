import type { Mailbox, MailboxPath } from '#lib/mail/mailbox.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { makeStore, useStore } from './external-store.ts';

/** What is being dragged by the mouse: messages, or a mailbox with all below it. */
export type Dragged = { kind: 'messages'; messages: readonly MessageRef[] } | { kind: 'mailbox'; mailbox: Mailbox };

export interface Drag {
  what: Dragged;
  /** The pointer, in CSS pixels of the window. */
  x: number;
  y: number;
  /** The mailbox under the pointer; null: the tree's free space, which is the top; undefined: no place to drop. */
  over: MailboxPath | null | undefined;
  /** Ctrl or Cmd is held: what is dropped stays where it was as well. */
  isCopy: boolean;
}

/** Pixels a pressed mouse moves before it is a drag and no click. */
const threshold = 6;

const drag = makeStore<Drag | null>(null);

export function useDrag(): Drag | null {
  return useStore(drag, null);
}

/**
 * Begins to watch a mouse button that went down: moved far enough it drags `what()` until the button is let go, which drops it, or Esc
 * is pressed. Touch is not dragged: there it scrolls. What can take something carries `data-mailbox`, free space `data-mailbox-top`.
 */
export function watchForDrag(
  down: { button: number; pointerType: string; clientX: number; clientY: number },
  what: () => Dragged | null,
  onDrop: (drag: Drag) => void,
): void {
  if (down.button !== 0 || down.pointerType === 'touch') return;
  const listening = new AbortController();
  const { signal } = listening;

  function end(): void {
    listening.abort();
    drag.set(null);
    document.documentElement.style.removeProperty('cursor');
  }

  window.addEventListener(
    'pointermove',
    (event) => {
      const { clientX: x, clientY: y } = event;
      const dragged = drag.get()?.what ?? (isFar(event, down) ? what() : null);
      if (!dragged) return;
      event.preventDefault();
      document.documentElement.style.setProperty('cursor', 'grabbing');
      drag.set({ what: dragged, x, y, over: mailboxAt(x, y), isCopy: isCopying(event, dragged) });
    },
    { signal },
  );
  window.addEventListener(
    'pointerup',
    () => {
      const dropped = drag.get();
      end();
      if (!dropped) return;
      swallowClick();
      if (dropped.over !== undefined) onDrop(dropped);
    },
    { signal },
  );
  window.addEventListener('pointercancel', end, { signal });
  window.addEventListener('blur', end, { signal });
  for (const kind of ['keydown', 'keyup'] as const)
    window.addEventListener(
      kind,
      (event) => {
        const now = drag.get();
        if (!now) return;
        if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          window.addEventListener('pointerup', swallowClick, { capture: true, once: true });
          end();
        } else drag.set({ ...now, isCopy: isCopying(event, now.what) });
      },
      { signal, capture: true },
    );
}

function isFar(event: PointerEvent, down: { clientX: number; clientY: number }): boolean {
  return Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > threshold;
}

/** A mailbox can't be copied by IMAP. */
function isCopying(event: { ctrlKey: boolean; metaKey: boolean }, what: Dragged): boolean {
  return what.kind === 'messages' && (event.ctrlKey || event.metaKey);
}

function mailboxAt(x: number, y: number): MailboxPath | null | undefined {
  const place = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-mailbox], [data-mailbox-top]');
  return place ? (place.dataset.mailbox ?? null) : undefined;
}

/** Letting go over what the drag began at would be a click on it. The click comes with the release or never. */
function swallowClick(): void {
  const listening = new AbortController();
  const swallow = (event: MouseEvent) => {
    event.stopPropagation();
    event.preventDefault();
  };
  window.addEventListener('click', swallow, { capture: true, signal: listening.signal });
  setTimeout(() => listening.abort());
}
