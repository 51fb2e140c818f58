import { Menu as Base } from '@base-ui/react/menu';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** A button that opens a menu. `trigger` is the button; the items stand inside. */
export function Menu({ trigger, children }: { trigger: ReactElement; children: ReactNode }) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50 outline-none">
          <Base.Popup className="min-w-48 rounded-lg border border-line bg-raised p-1 shadow-float outline-none">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

const itemLook =
  'flex min-h-8 items-center gap-2.5 rounded-md px-2.5 text-meta text-ink outline-none data-highlighted:bg-hover pointer-coarse:min-h-11';

export function MenuItem({
  icon,
  children,
  onSelect,
}: {
  icon?: LucideIcon;
  children: ReactNode;
  onSelect: () => void;
}) {
  return (
    <Base.Item className={itemLook} onClick={onSelect}>
      {icon ? <Icon of={icon} size={16} className="text-muted" /> : null}
      {children}
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
