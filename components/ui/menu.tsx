import { cloneElement, useRef, useState } from 'react';
import type { ComponentProps, KeyboardEvent, MouseEvent, ReactElement, ReactNode } from 'react';
import { PartWaits } from './lazy-part.tsx';
import { loadOnce, useLoaded } from './load-once.ts';
import { useLayer } from './use-layer.ts';

export { MenuItem, MenuLink, MenuSeparator, MenuToggle } from './menu-item.tsx';

export const menuPopup = loadOnce(async () => (await import('./menu-popup.tsx')).MenuPopup);

export type MenuPlace = Element | { x: number; y: number };

export interface FloatingMenuProps {
  at: MenuPlace;
  label: string;
  /** Between the place and the menu, in CSS pixels. */
  sideOffset?: number;
  /** Opened by a key: the first item has the focus. */
  isByKey?: boolean;
  onClose: () => void;
  focusAfter?: () => HTMLElement | false | null;
  children: ReactNode;
}

/** A menu without a button of its own, open as long as it is rendered: at a point of the window, or at an element. */
export function FloatingMenu(props: FloatingMenuProps) {
  const Popup = useLoaded(menuPopup);
  useLayer(true, props.onClose);
  return Popup ? <Popup {...props} /> : <PartWaits onClose={props.onClose} />;
}

/**
 * A button that opens a menu. `trigger` is the button, to which the focus goes back unless `finalFocus` says where; the
 * items stand inside.
 */
export function Menu({
  trigger,
  finalFocus,
  children,
}: {
  trigger: ReactElement<ComponentProps<'button'>>;
  finalFocus?: () => HTMLElement | null;
  children: ReactNode;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState<{ at: HTMLButtonElement; isByKey: boolean } | null>(null);
  const preload = () => void menuPopup.load().catch(() => {}); // Opening it tries again.
  return (
    <>
      {cloneElement(trigger, {
        ref: button,
        'aria-haspopup': 'menu',
        'aria-expanded': open !== null,
        onPointerEnter: preload,
        onFocus: preload,
        // A click without a place was made by Enter or Space.
        onClick: ({ currentTarget: at, detail }: MouseEvent<HTMLButtonElement>) =>
          setOpen(open ? null : { at, isByKey: detail === 0 }),
        onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpen({ at: event.currentTarget, isByKey: true });
        },
      })}
      {open ? (
        <FloatingMenu
          {...open}
          label={nameOf(open.at)}
          sideOffset={4}
          onClose={() => setOpen(null)}
          focusAfter={finalFocus ?? (() => button.current)}
        >
          {children}
        </FloatingMenu>
      ) : null}
    </>
  );
}

function nameOf(element: Element): string {
  return element.getAttribute('aria-label') ?? element.textContent;
}
