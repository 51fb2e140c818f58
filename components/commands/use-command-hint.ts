import { useTranslations } from 'use-intl';
import { usePreferences } from '#lib/client/use-preferences.ts';
import type { Command, CommandContext } from './command.ts';
import { keysOf } from './key-sets.ts';

/** What a command's tooltip says: its name and key, or why it can't be done. */
export function useCommandHint(): (command: Command, context: CommandContext) => string {
  const t = useTranslations('commands');
  const whyNot = useTranslations('whyNot');
  const { keySet } = usePreferences().preferences;
  return (command, context) => {
    const reason = command.whyNot(context);
    if (reason) return `${t(command.id)}: ${whyNot(reason)}`;
    const [key] = keysOf(command, keySet);
    return key ? `${t(command.id)} (${key})` : t(command.id);
  };
}
