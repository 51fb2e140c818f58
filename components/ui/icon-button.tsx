import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Icon } from './icon.tsx';

/** A button that shows an icon and is named by `label`, which is also its tooltip. 32 px, 44 px where fingers point. */
export function IconButton({
  icon,
  label,
  className = '',
  ...rest
}: ComponentProps<'button'> & { icon: LucideIcon; label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink active:bg-pressed disabled:opacity-40 aria-disabled:opacity-40 pointer-coarse:size-11 ${className}`}
      {...rest}
    >
      <Icon of={icon} />
    </button>
  );
}
