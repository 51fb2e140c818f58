import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import type { DialogProps } from './dialog.tsx';
import { IconButton } from './icon-button.tsx';

/** What `Dialog` draws; loaded when the first dialog is wanted. */
export function DialogWindow({
  title,
  closeLabel,
  onClose,
  wide = false,
  narrow = false,
  covers = false,
  actions,
  focusAfter,
  children,
}: DialogProps) {
  const givenTo = useRef<HTMLElement>(null);
  const back = () => focusAfter?.() ?? (givenTo.current?.isConnected ? givenTo.current : null);
  return (
    <Base.Root open onOpenChange={(open) => open || onClose()}>
      <Base.Portal>
        <Base.Backdrop className={`fixed inset-0 z-40 ${covers ? 'bg-canvas' : 'bg-scrim'}`} />
        <Base.Popup
          className={`fixed inset-x-0 top-[4dvh] z-50 mx-auto flex max-h-[92dvh] w-[calc(100vw-24px)] flex-col rounded-lg border border-line bg-raised shadow-float outline-none ${wide ? 'max-w-[1040px]' : narrow ? 'max-w-[420px] top-[14dvh]' : 'max-w-[560px]'}`}
          finalFocus={back}
        >
          <header className="flex items-center gap-2 border-b border-line py-2 ps-4 pe-2">
            <Base.Title className="min-w-0 flex-1 truncate text-title font-semibold" dir="auto">
              {title}
            </Base.Title>
            {actions}
            {covers ? null : <IconButton icon={X} label={closeLabel} onClick={onClose} />}
          </header>
          <div className="min-h-0 flex-1 overflow-auto p-4">{children}</div>
          <KeepFocus onGiven={(element) => (givenTo.current = element)} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/**
 * A menu whose item opened the dialog goes in the same moment, and gives the focus back only after a field of the dialog took it. The
 * field gets it again; `onGiven` hears who had it, which is where it belongs afterwards.
 */
function KeepFocus({ onGiven }: { onGiven: (element: HTMLElement) => void }) {
  const place = useRef<HTMLSpanElement>(null);
  const given = useRef(onGiven);
  useLayoutEffect(() => {
    const popup = place.current?.parentElement;
    const field = document.activeElement;
    if (!popup || !(field instanceof HTMLElement) || !popup.contains(field)) return;
    queueMicrotask(() => {
      const now = document.activeElement;
      if (!(now instanceof HTMLElement) || popup.contains(now)) return;
      if (now !== document.body) given.current(now);
      field.focus();
    });
  }, []);
  return <span ref={place} hidden />;
}
