import { useTranslations } from 'use-intl';
import type { CommandContext } from '#components/commands/command.ts';
import { keysOf } from '#components/commands/key-sets.ts';
import { menuCommands } from '#components/commands/registry.ts';
import { runCommand } from '#components/commands/run-command.ts';
import { FloatingMenu, MenuItem } from '#components/ui/menu.tsx';
import type { MenuPlace } from '#components/ui/menu.tsx';
import { usePreferences } from '#lib/client/use-preferences.ts';

/** What can be done with a row, or with all that is selected when the row is among it. Loaded when it is asked for. */
export function RowMenu({
  context,
  at,
  onClose,
}: {
  /** Aimed at the messages the menu belongs to. */
  context: CommandContext;
  at: MenuPlace;
  onClose: () => void;
}) {
  const t = useTranslations('commands');
  const whyNot = useTranslations('whyNot');
  const shortcuts = useTranslations('shortcuts');
  const { keySet } = usePreferences().preferences;
  return (
    <FloatingMenu
      at={at}
      label={shortcuts('menu', { count: context.target.count })}
      onClose={onClose}
      focusAfter={() => document.querySelector<HTMLElement>('#messages [role=row][tabindex="0"]')}
    >
      {menuCommands
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
        })}
    </FloatingMenu>
  );
}
