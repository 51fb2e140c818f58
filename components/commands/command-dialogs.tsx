import { lazyPart } from '#components/ui/lazy-part.tsx';
import { Palette } from './lazy-palette.ts';

export type CommandDialog = 'shortcuts' | 'palette';

const dialogs = {
  shortcuts: lazyPart(async () => (await import('./shortcuts-dialog.tsx')).ShortcutsDialog),
  palette: Palette,
};

/** What commands open over the page; loaded when it is asked for. */
export function CommandDialogs({ shown, onClose }: { shown: CommandDialog | null; onClose: () => void }) {
  if (!shown) return null;
  const Shown = dialogs[shown];
  return <Shown onClose={onClose} />;
}
