import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** A button that opens a menu. `trigger` is the button, to which the focus goes back unless `finalFocus` says where; the items stand inside. */
export function Menu({
  trigger,
  finalFocus,
  children,
}: {
  trigger: ReactElement;
  finalFocus?: () => HTMLElement | null;
  children: ReactNode;
}) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50 outline-none">
          <Base.Popup
            finalFocus={finalFocus}
            className="min-w-48 rounded-lg border border-line bg-raised p-1 shadow-float outline-none"
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** A menu without a button of its own, open as long as it is rendered: at a point of the window, or at an element. */
export function FloatingMenu({
  at,
  label,
  onClose,
  focusAfter,
  children,
}: {
  at: MenuPlace;
  label: string;
  onClose: () => void;
  focusAfter?: () => HTMLElement | false | null;
  children: ReactNode;
}) {
  const anchor = at instanceof Element ? at : { getBoundingClientRect: () => new DOMRect(at.x, at.y, 0, 0) };
  return (
    <Base.Root open modal={false} onOpenChange={(open) => open || onClose()}>
      <Base.Portal>
        <Base.Positioner anchor={anchor} sideOffset={2} align="start" className="z-50 outline-none">
          <Base.Popup
            aria-label={label}
            className="max-w-80 min-w-48 rounded-lg border border-line bg-raised p-1 shadow-float outline-none"
            finalFocus={focusAfter}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export type MenuPlace = Element | { x: number; y: number };

const itemLook =
  'flex min-h-8 items-center gap-2.5 rounded-md px-2.5 text-meta text-ink outline-none data-highlighted:bg-hover pointer-coarse:min-h-11';

/** `hint` stands at its end: the key for it, or why it can't be done when it is disabled. */
export function MenuItem({
  icon,
  children,
  disabled = false,
  hint,
  onSelect,
}: {
  icon?: LucideIcon;
  children: ReactNode;
  disabled?: boolean;
  hint?: string;
  onSelect: () => void;
}) {
  return (
    <Base.Item
      className={`${itemLook} data-disabled:text-muted`}
      disabled={disabled}
      title={disabled ? hint : undefined}
      onClick={onSelect}
    >
      {icon ? <Icon of={icon} size={16} className="shrink-0 text-muted" /> : null}
      <span className="flex-1">{children}</span>
      {hint ? (
        <span className={disabled ? 'sr-only' : 'ps-4 text-small text-muted'} aria-hidden={!disabled}>
          {hint}
        </span>
      ) : null}
    </Base.Item>
  );
}

/** An item that leads somewhere or downloads. */
export function MenuLink({
  icon,
  href,
  download,
  children,
}: {
  icon?: LucideIcon;
  href: string;
  download?: boolean;
  children: ReactNode;
}) {
  return (
    <Base.Item className={itemLook} render={<a href={href} download={download} />}>
      {icon ? <Icon of={icon} size={16} className="text-muted" /> : null}
      {children}
    </Base.Item>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="my-1 h-px bg-line" />;
}

/** An item that is on or off. */
export function MenuToggle({
  isOn,
  children,
  onChange,
}: {
  isOn: boolean;
  children: ReactNode;
  onChange: (isOn: boolean) => void;
}) {
  return (
    <Base.CheckboxItem className={itemLook} checked={isOn} onCheckedChange={onChange}>
      <span className="flex size-4 items-center justify-center text-accent">
        <Base.CheckboxItemIndicator>
          <Icon of={Check} size={16} />
        </Base.CheckboxItemIndicator>
      </span>
      {children}
    </Base.CheckboxItem>
  );
}
