import { useTranslations } from 'use-intl';
import { MenuItem } from '#components/ui/menu.tsx';
import { usePreferences } from '#lib/client/use-preferences.ts';
import type { CommandContext } from './command.ts';
import { keysOf } from './key-sets.ts';
import { menuCommands } from './registry.ts';
import { runCommand } from './run-command.ts';

/** Everything that can be done with the messages the context is aimed at, as items of a menu; what can't be done says why. */
export function CommandMenuItems({ context }: { context: CommandContext }) {
  const t = useTranslations('commands');
  const whyNot = useTranslations('whyNot');
  const { keySet } = usePreferences().preferences;
  return menuCommands
    .filter((command) => command.isShown(context))
    .map((command) => {
      const reason = command.whyNot(context);
      const [key] = keysOf(command, keySet);
      const hint = reason ? whyNot(reason) : key;
      return (
        <MenuItem
          key={command.id}
          icon={command.icon}
          disabled={reason !== null}
          {...(hint ? { hint } : {})}
          onSelect={() => void runCommand(command, context)}
        >
          {t(command.id)}
        </MenuItem>
      );
    });
}
