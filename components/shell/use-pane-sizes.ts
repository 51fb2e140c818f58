import { useState } from 'react';
import { usePreferences } from '#lib/client/use-preferences.ts';
import type { Preferences } from '#lib/mail/preferences.ts';

type PaneSizes = Preferences['panes'];

/** Sizes of the panes in CSS pixels: as they are drawn while a hand moves them, kept in the preferences when it lets go. */
export function usePaneSizes() {
  const { preferences, set } = usePreferences();
  const kept = preferences.panes;
  const [moved, setMoved] = useState<{ from: PaneSizes; sizes: PaneSizes } | null>(null);
  // Another device, or the save itself, brought newer ones.
  if (moved && moved.from !== kept) setMoved(null);
  const sizes = moved?.from === kept ? moved.sizes : kept;
  return {
    sizes,
    resize: (changed: Partial<PaneSizes>) => setMoved({ from: kept, sizes: { ...sizes, ...changed } }),
    keep: () => void (moved && set({ panes: moved.sizes })),
  };
}
