import { Menu as Base } from '@base-ui/react/menu';
import { useRef } from 'react';
import { MenuParts } from './menu-parts.ts';
import type { FloatingMenuProps } from './menu.tsx';

/** What an open menu draws; loaded when the first menu is wanted. */
export function MenuPopup({
  at,
  label,
  sideOffset = 2,
  isByKey = false,
  onClose,
  focusAfter,
  children,
}: FloatingMenuProps) {
  const popup = useRef<HTMLDivElement>(null);
  const isElement = at instanceof Element;
  const anchor = isElement ? at : { getBoundingClientRect: () => new DOMRect(at.x, at.y, 0, 0) };
  return (
    <MenuParts value={Base}>
      <Base.Root
        open
        modal={false}
        onOpenChangeComplete={(isOpen) => isOpen && isByKey && focusFirst(popup.current)}
        onOpenChange={(open, { reason, event }) => {
          // A press on what it belongs to closes it too: that is the business of what was pressed.
          const isOwn =
            reason === 'outside-press' && isElement && event.target instanceof Node && at.contains(event.target);
          if (!open && !isOwn) onClose();
        }}
      >
        <Base.Portal>
          <Base.Positioner anchor={anchor} sideOffset={sideOffset} align="start" className="z-50 outline-none">
            <Base.Popup
              ref={popup}
              aria-label={label}
              className="max-w-80 min-w-48 rounded-lg border border-line bg-raised p-1 shadow-float outline-none"
              finalFocus={focusAfter}
            >
              {children}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </MenuParts>
  );
}

function focusFirst(popup: HTMLElement | null): void {
  popup?.querySelector<HTMLElement>('[role^="menuitem"]:not([data-disabled])')?.focus();
}
