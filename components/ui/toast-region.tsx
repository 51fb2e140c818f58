import { X } from 'lucide-react';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';

export interface ShownToast {
  id: number;
  kind: 'info' | 'error';
  text: string;
  action?: { label: string; run: () => void };
  link?: { label: string; href: string };
}

/** Short words about what just happened, read out when they appear; never in the way of what is being done. */
export function ToastRegion({
  toasts,
  label,
  closeLabel,
  onDismiss,
}: {
  toasts: readonly ShownToast[];
  label: string;
  closeLabel: string;
  onDismiss: (id: number) => void;
}) {
  return (
    <section
      aria-label={label}
      // There from the beginning: a region that comes with its words is not read out everywhere.
      aria-live="polite"
      className="no-print pointer-events-none fixed inset-x-0 bottom-4 max-two:bottom-18 z-50 flex flex-col items-center gap-2 px-3 pb-[env(safe-area-inset-bottom)]"
    >
      {toasts.map(({ id, kind, text, action, link }) => (
        <div
          key={id}
          role="status"
          className={`pointer-events-auto flex max-w-[560px] items-center gap-3 rounded-lg border border-line bg-raised py-1.5 ps-4 pe-2 text-meta shadow-float ${kind === 'error' ? 'border-s-4 border-s-danger' : ''}`}
        >
          <span className="min-w-0 flex-1 py-1">{text}</span>
          {link ? (
            <a
              href={link.href}
              className="flex min-h-8 shrink-0 items-center px-2 font-medium text-accent underline pointer-coarse:min-h-11"
            >
              {link.label}
            </a>
          ) : null}
          {action ? (
            <Button
              look="quiet"
              className="font-medium text-accent"
              onClick={() => {
                onDismiss(id);
                action.run();
              }}
            >
              {action.label}
            </Button>
          ) : null}
          <IconButton icon={X} label={closeLabel} onClick={() => onDismiss(id)} />
        </div>
      ))}
    </section>
  );
}
