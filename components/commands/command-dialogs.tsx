import { lazy, Suspense } from 'react';
import { loadPalette } from './load-palette.ts';

export type CommandDialog = 'shortcuts' | 'palette';

const dialogs = {
  shortcuts: lazy(async () => ({ default: (await import('./shortcuts-dialog.tsx')).ShortcutsDialog })),
  palette: lazy(async () => ({ default: (await loadPalette()).Palette })),
};

/** What commands open over the page; loaded when it is asked for. */
export function CommandDialogs({ shown, onClose }: { shown: CommandDialog | null; onClose: () => void }) {
  if (!shown) return null;
  const Shown = dialogs[shown];
  return (
    <Suspense fallback={null}>
      <Shown onClose={onClose} />
    </Suspense>
  );
}
