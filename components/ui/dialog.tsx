import { useState } from 'react';
import type { ReactNode } from 'react';
import { PartWaits } from './lazy-part.tsx';
import { loadOnce, useLoaded } from './load-once.ts';
import { useLayer } from './use-layer.ts';

export const dialogWindow = loadOnce(async () => (await import('./dialog-window.tsx')).DialogWindow);

export interface DialogProps {
  title: string;
  closeLabel: string;
  onClose: () => void;
  wide?: boolean;
  narrow?: boolean;
  /** Nothing of the page shows behind it, and it has no close button. */
  covers?: boolean;
  actions?: ReactNode;
  focusAfter?: () => HTMLElement | false | null;
  children: ReactNode;
}

/**
 * A dialog that is open as long as it is rendered. `wide` is for things to look at, `narrow` for a question or a short form;
 * `focusAfter` says where the focus goes if what had it before may be gone by then; false: nowhere yet.
 */
export function Dialog({ focusAfter, ...props }: DialogProps) {
  const Window = useLoaded(dialogWindow);
  // Seen before a field inside takes the focus: the library looks later, and would give it back to that field.
  const [opener] = useState(() => document.activeElement);
  const toOpener = () =>
    opener instanceof HTMLElement && opener.isConnected && opener !== document.body ? opener : null;
  useLayer(true, props.onClose);
  return Window ? <Window {...props} focusAfter={focusAfter ?? toOpener} /> : <PartWaits onClose={props.onClose} />;
}
