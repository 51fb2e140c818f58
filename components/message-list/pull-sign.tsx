import { RefreshCw } from 'lucide-react';
import { Icon } from '#components/ui/icon.tsx';

/** Comes down with the finger that pulls the list; in the accent's colour when letting go refreshes. */
export function PullSign({ pulled }: { pulled: number }) {
  return (
    <div
      aria-hidden="true"
      className={`pointer-events-none absolute start-1/2 top-0 z-10 -ms-5 flex size-10 items-center justify-center rounded-full border border-line bg-raised shadow-float ${pulled >= 1 ? 'text-accent' : 'text-muted'}`}
      style={{
        transform: `translateY(${pulled * 56 - 40}px) rotate(${pulled * 270}deg)`,
        opacity: Math.min(1, pulled * 1.4),
      }}
    >
      <Icon of={RefreshCw} size={18} />
    </div>
  );
}
