import type { LucideIcon } from 'lucide-react';
import { memo } from 'react';

/**
 * One size and stroke for all icons; never alone without a name, hence hidden from screen readers. Drawn once: a click
 * draws some fifty places anew.
 */
export const Icon = memo(function Icon({
  of: Shape,
  size = 18,
  className,
}: {
  of: LucideIcon;
  size?: number;
  className?: string;
}) {
  return <Shape size={size} strokeWidth={1.75} aria-hidden="true" className={className} />;
});
