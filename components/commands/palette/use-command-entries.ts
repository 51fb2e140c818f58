import { useTranslations } from 'use-intl';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { keysOf } from '../key-sets.ts';
import { useMailContext } from '../mail-context.tsx';
import { commands } from '../registry.ts';
import { runCommand } from '../run-command.ts';
import type { PaletteEntry } from './palette-entry.ts';

/** Every command that concerns this place, the impossible ones with the reason. */
export function useCommandEntries(): PaletteEntry[] {
  const context = useMailContext();
  const t = useTranslations('commands');
  const whyNot = useTranslations('whyNot');
  const { keySet } = usePreferences().preferences;
  return commands
    .filter((command) => command.isShown(context) && command.id !== 'show-palette')
    .map((command) => {
      const reason = command.whyNot(context);
      const [keys] = keysOf(command, keySet);
      return {
        id: `command ${command.id}`,
        group: 'commands',
        icon: command.icon,
        text: t(command.id),
        ...(keys ? { keys } : {}),
        ...(reason ? { whyNot: whyNot(reason) } : {}),
        run: () => void runCommand(command, context),
      };
    });
}
