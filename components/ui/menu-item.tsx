import { Check } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { useMenuParts } from './menu-parts.ts';

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
  const Parts = useMenuParts();
  return (
    <Parts.Item
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
    </Parts.Item>
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
  const Parts = useMenuParts();
  return (
    <Parts.Item className={itemLook} render={<a href={href} download={download} />}>
      {icon ? <Icon of={icon} size={16} className="text-muted" /> : null}
      {children}
    </Parts.Item>
  );
}

export function MenuSeparator() {
  const Parts = useMenuParts();
  return <Parts.Separator className="my-1 h-px bg-line" />;
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
  const Parts = useMenuParts();
  return (
    <Parts.CheckboxItem className={itemLook} checked={isOn} onCheckedChange={onChange}>
      <span className="flex size-4 items-center justify-center text-accent">
        <Parts.CheckboxItemIndicator>
          <Icon of={Check} size={16} />
        </Parts.CheckboxItemIndicator>
      </span>
      {children}
    </Parts.CheckboxItem>
  );
}
